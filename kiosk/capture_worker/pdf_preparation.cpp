#include "capture_worker/pdf_preparation.h"

#include <algorithm>
#include <cctype>
#include <new>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>
#include <string_view>

#include "capture_worker/allowance.h"
#include "capture_worker/pdf_fields.h"
#include "capture_worker/pdf_fonts.h"

namespace bangwu::capture_worker {
namespace {

using domain::PageFault;
using Handle = QPDFObjectHandle;
using Box = QPDFObjectHandle::Rectangle;

constexpr double kMostImageBytes = 1e9;                ///< of one picture, unpacked
constexpr double kShortestSide = 36;                   ///< points: half an inch
constexpr double kLongestSide = 14'400;                ///< points: ISO 32000-1, annex C
constexpr double kMostSlender = 20;                    ///< long side to short side
constexpr std::chrono::milliseconds kMostTime{3'000};  ///< an honest file takes a fraction of that
/// Of a page that has none: A4 and Letter together (MediaBox is required, ISO 32000-1, 7.7.3.3).
const Box kUsualBox(0, 0, 612, 842);

std::string_view text_of(std::span<const std::uint8_t> file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// "12 0 obj" (7.3.10).
bool holds_an_object(std::string_view text) {
  constexpr std::string_view kWord = " obj";
  for (std::size_t at = text.find(kWord); at != std::string_view::npos; at = text.find(kWord, at + 1)) {
    if (at >= 3 && std::isdigit(static_cast<unsigned char>(text[at - 1])) != 0 && text[at - 2] == ' ' &&
        std::isdigit(static_cast<unsigned char>(text[at - 3])) != 0) {
      return true;
    }
  }
  return false;
}

/// The part of a file that was cut off shows as objects behind the last end, or as no end at all.
bool is_whole(std::string_view text) {
  const std::size_t end = text.rfind("%%EOF");
  return end != std::string_view::npos && !holds_an_object(text.substr(end));
}

/// XFA forms that only their own viewer can lay out; those with fields in the file itself have pages as well.
bool is_dynamic_form(Handle root) {
  Handle form = root.getKey("/AcroForm");
  if (!form.isDictionary() || !form.hasKey("/XFA")) {
    return false;
  }
  Handle rendering = root.getKey("/NeedsRendering");
  Handle fields = form.getKey("/Fields");
  return (rendering.isBool() && rendering.getBoolValue()) || !fields.isArray() || fields.getArrayNItems() == 0;
}

PageFault fault_of_kind(QPDF& pdf, std::string_view text) {
  Handle root = pdf.getRoot();
  if (is_dynamic_form(root)) {
    return PageFault::pdf_form;
  }
  if (root.getKey("/Collection").isDictionary()) {
    return PageFault::pdf_portfolio;
  }
  // Repaired without the trailer that named its encryption: what can be read of it is noise.
  const bool lost_its_encryption = pdf.anyWarnings() && !pdf.isEncrypted() && text.find("/Encrypt") != text.npos;
  return lost_its_encryption ? PageFault::file_protected : PageFault::none;
}

/// Whether the tree of pages (7.7.3) has more leaves than that. It is not gone through any further.
bool has_more_pages_than(int most, Handle root, const Allowance& allowance) {
  std::vector<Handle> nodes{root.getKey("/Pages")};
  std::set<QPDFObjGen> seen;
  for (int leaves = 0; !nodes.empty();) {
    allowance.check();
    Handle node = nodes.back();
    nodes.pop_back();
    Handle kids = node.isDictionary() ? node.getKey("/Kids") : Handle::newNull();
    leaves += node.isDictionary() && !kids.isArray() ? 1 : 0;
    if (leaves > most) return true;
    if (!kids.isArray() || (node.isIndirect() && !seen.insert(node.getObjGen()).second)) continue;
    for (int i = 0; i < kids.getArrayNItems(); ++i) nodes.push_back(kids.getArrayItem(i));
  }
  return false;
}

double width_of(const Box& box) { return box.urx - box.llx; }
double height_of(const Box& box) { return box.ury - box.lly; }
bool is_area(const Box& box) { return width_of(box) > 0 && height_of(box) > 0; }

Box box_of(Handle object) { return object.isRectangle() ? object.getArrayAsRectangle() : Box(); }

Box common_part(const Box& a, const Box& b) {
  return {std::max(a.llx, b.llx), std::max(a.lly, b.lly), std::min(a.urx, b.urx), std::min(a.ury, b.ury)};
}

/// Looks at one page and gives it a size where it has none.
class PageLook {
 public:
  PageLook(QPDFPageObjectHelper& page, const Allowance& allowance) : page_(page), allowance_(allowance) {}

  PageFault run() {
    const Box box = seen_box();
    const double longest = std::max(width_of(box), height_of(box));
    const double shortest = std::min(width_of(box), height_of(box));
    if (shortest < kShortestSide || longest > kLongestSide || longest > shortest * kMostSlender) {
      return PageFault::page_shape;
    }
    if (has_a_giant_picture()) {
      throw TooMuch();
    }
    try {
      Counter counter(allowance_);
      page_.pipeContents(&counter);
    } catch (const std::exception&) {
      return PageFault::page_damaged;
    }
    return PageFault::none;
  }

  [[nodiscard]] bool had_no_size() const { return had_no_size_; }
  [[nodiscard]] bool was_changed() const { return was_changed_; }

 private:
  /// The crop box inside the media box (14.11.2). One that leaves nothing is passed over.
  Box seen_box() {
    Box media = box_of(page_.getMediaBox());
    if (!is_area(media)) {
      media = kUsualBox;
      had_no_size_ = true;
      set("/MediaBox", media);
    }
    const Box seen = common_part(media, box_of(page_.getCropBox()));
    if (is_area(seen)) {
      return seen;
    }
    set("/CropBox", media);
    return media;
  }

  void set(const char* key, const Box& box) {
    page_.getObjectHandle().replaceKey(key, Handle::newArray(box));
    was_changed_ = true;
  }

  bool has_a_giant_picture() {
    bool found = false;
    page_.forEachImage(true, [&](Handle& picture, Handle&, const std::string&) {
      allowance_.check();
      Handle dictionary = picture.getDict();
      Handle bits = dictionary.getKey("/BitsPerComponent");
      const double per_pixel = bits.isInteger() ? static_cast<double>(bits.getIntValue()) * 3 : 1;
      const double pixels =
          dictionary.getKey("/Width").getNumericValue() * dictionary.getKey("/Height").getNumericValue();
      found = found || pixels * per_pixel / 8 > kMostImageBytes;
    });
    return found;
  }

  QPDFPageObjectHelper& page_;
  const Allowance& allowance_;
  bool had_no_size_ = false;
  bool was_changed_ = false;
};

base::Bytes written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setPreserveEncryption(false);
  writer.setDecodeLevel(qpdf_dl_none);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {buffer->getBuffer(), buffer->getBuffer() + buffer->getSize()};
}

tl::expected<PreparedPdf, PageFault> prepare(std::span<const std::uint8_t> file, int max_pages) {
  const Allowance allowance(kMostTime);
  const std::string_view text = text_of(file);
  if (!is_whole(text)) {
    return tl::unexpected(PageFault::file_damaged);
  }
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("file", text.data(), text.size());  // tries the empty password
  if (const PageFault fault = fault_of_kind(pdf, text); fault != PageFault::none) {
    return tl::unexpected(fault);
  }
  if (has_more_pages_than(max_pages, pdf.getRoot(), allowance)) {
    return tl::unexpected(PageFault::too_many_pages);
  }
  PreparedPdf prepared;
  bool was_changed = false;
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    allowance.check();
    PageLook look(page, allowance);
    prepared.page_faults.push_back(look.run());
    prepared.sizeless.push_back(look.had_no_size());
    was_changed = was_changed || look.was_changed();
  }
  if (prepared.page_faults.empty()) {
    return tl::unexpected(PageFault::file_damaged);
  }
  const int mended = mend_chinese_fonts(pdf, allowance) + draw_fields_and_notes(pdf, allowance);
  if (was_changed || mended > 0 || pdf.anyWarnings() || pdf.isEncrypted()) {
    prepared.rewritten = written(pdf);
  }
  return prepared;
}

}  // namespace

tl::expected<PreparedPdf, PageFault> prepare_pdf(std::span<const std::uint8_t> file, int max_pages) {
  try {
    return prepare(file, max_pages);
  } catch (const TooMuch&) {
    return tl::unexpected(PageFault::file_too_complex);
  } catch (const QPDFExc& error) {
    return tl::unexpected(error.getErrorCode() == qpdf_e_password ? PageFault::file_protected
                                                                  : PageFault::file_damaged);
  } catch (const std::bad_alloc&) {
    return tl::unexpected(PageFault::file_too_complex);
  } catch (const std::exception&) {
    return tl::unexpected(PageFault::file_damaged);
  }
}

}  // namespace bangwu::capture_worker
