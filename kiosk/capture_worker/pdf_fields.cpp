#include "capture_worker/pdf_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <optional>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFAnnotationObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <sstream>
#include <string>
#include <vector>

#include "capture_worker/pdf_text.h"

namespace bangwu::capture_worker {
namespace {

using Handle = QPDFObjectHandle;
using Annotation = QPDFAnnotationObjectHelper;
using Field = QPDFFormFieldObjectHelper;

constexpr int kHidden = 1 << 1;      // ISO 32000-1, table 165
constexpr int kMultiline = 1 << 12;  // table 228
constexpr int kPassword = 1 << 13;
constexpr int kComb = 1 << 24;
constexpr double kNoteSize = 10;        ///< points, of a note that does not say
constexpr double kLargestSize = 1'000;  ///< points

/// What a default appearance asks for (12.7.3.3): size and colour of the type.
void apply_default_appearance(const std::string& appearance, TextBox& box) {
  std::istringstream words(appearance);
  std::vector<std::string> operands;
  // strtod() reads "inf" and "nan" too.
  const auto share = [](double level) { return level >= 0 && level <= 1 ? level : 0.0; };
  for (std::string word; words >> word;) {
    const auto number = [&](std::size_t back) {
      return operands.size() >= back ? std::strtod(operands[operands.size() - back].c_str(), nullptr) : 0;
    };
    if (word == "Tf") {
      box.size = number(1) > 0 && number(1) <= kLargestSize ? number(1) : 0;  // else as large as fits
    } else if (word == "g") {
      box.red = box.green = box.blue = share(number(1));
    } else if (word == "rg") {
      box.red = share(number(3));
      box.green = share(number(2));
      box.blue = share(number(1));
    } else if (word == "k") {
      box.red = 1 - share(std::min(1.0, number(4) + number(1)));
      box.green = 1 - share(std::min(1.0, number(3) + number(1)));
      box.blue = 1 - share(std::min(1.0, number(2) + number(1)));
    }
    operands.push_back(word);
  }
}

TextAlign align_of(int quadding) {
  return quadding == 1 ? TextAlign::centre : quadding == 2 ? TextAlign::right : TextAlign::left;
}

/// One value, or the chosen ones of a list.
std::string value_of(Field& field) {
  Handle value = field.getValue();
  if (value.isString()) {
    return value.getUTF8Value();
  }
  std::string all;
  for (int i = 0; value.isArray() && i < value.getArrayNItems(); ++i) {
    Handle one = value.getArrayItem(i);
    all += one.isString() ? (all.empty() ? "" : "\n") + one.getUTF8Value() : "";
  }
  return all;
}

/// Whether a stream shows text, and with fonts it can find.
bool shows_its_text(Handle appearance, const Allowance& allowance) {
  std::string orders;
  Pl_String kept("kept", nullptr, orders);
  Counter counter(allowance, &kept);
  if (!appearance.pipeStreamData(&counter, 0, qpdf_dl_generalized)) {
    return false;
  }
  std::istringstream words(std::move(orders));
  Handle resources = appearance.getDict().getKey("/Resources");
  Handle fonts = resources.isDictionary() ? resources.getKey("/Font") : Handle::newNull();
  std::string name;
  bool shows = false;
  std::array<std::string, 2> before;
  for (std::string word; words >> word; before = {before[1], word}) {
    if (word == "Tf" && before[0].starts_with("/")) {
      if (!fonts.isDictionary() || !fonts.getKey(before[0]).isDictionary()) {
        return false;
      }
    }
    // The operators that show text may touch the string before them.
    shows =
        shows || word.ends_with("Tj") || word.ends_with("TJ") || word == "'" || word == "\"" || word.ends_with("Do");
  }
  return shows;
}

bool shows_its_text_or_fails(Handle appearance, const Allowance& allowance) {
  try {
    return appearance.isStream() && shows_its_text(appearance, allowance);
  } catch (const std::exception&) {
    return false;  // it cannot be decoded: so it shows nothing
  }
}

/// What the annotations of all pages need.
class Drawing {
 public:
  Drawing(QPDF& pdf, const Allowance& allowance)
      : pdf_(pdf), allowance_(allowance), forms_(pdf), leaves_it_to_us_(forms_.getNeedAppearances()) {}

  int run() {
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf_).getAllPages()) {
      for (Annotation& annotation : page.getAnnotations()) {
        allowance_.check();
        if ((annotation.getFlags() & kHidden) == 0) {
          draw(annotation);
        }
      }
    }
    if (leaves_it_to_us_) {
      forms_.setNeedAppearances(false);
    }
    return made_;
  }

 private:
  void draw(Annotation& annotation) {
    const auto area = annotation.getRect();
    const double width = area.urx - area.llx;
    const double height = area.ury - area.lly;
    if (!(width > 0 && height > 0 && std::isfinite(width) && std::isfinite(height))) {
      return;
    }
    if (annotation.getSubtype() == "/FreeText") {
      draw_note(annotation);
    } else if (annotation.getSubtype() == "/Widget") {
      Field field = forms_.getFieldForAnnotation(annotation);
      const std::string kind = field.getFieldType();
      kind == "/Btn" ? draw_button(annotation, field) : draw_value(annotation, field, kind);
    }
  }

  void draw_note(Annotation& annotation) {
    Handle note = annotation.getObjectHandle();
    Handle words = note.getKey("/Contents");
    if (annotation.getAppearanceStream("/N").isStream() || !words.isString()) {
      return;
    }
    TextBox box = box_of(annotation, words.getUTF8Value());
    box.place = TextPlace::top;
    box.is_wrapped = true;
    Handle asked = note.getKey("/DA");
    apply_default_appearance(asked.isString() ? asked.getUTF8Value() : "", box);
    box.size = box.size > 0 ? box.size : kNoteSize;
    Handle quadding = note.getKey("/Q");
    box.align = align_of(quadding.isInteger() ? quadding.getIntValueAsInt() : 0);
    show(annotation, appearance_of(pdf_, type(), box, allowance_));
  }

  void draw_value(Annotation& annotation, Field& field, const std::string& kind) {
    const int flags = field.getFlags();
    const bool is_text = kind == "/Tx";
    if ((!is_text && kind != "/Ch") || (is_text && (flags & kPassword) != 0)) {
      return;
    }
    const std::string value = value_of(field);
    if (value.empty() ||
        (!leaves_it_to_us_ && shows_its_text_or_fails(annotation.getAppearanceStream("/N"), allowance_))) {
      return;
    }
    TextBox box = box_of(annotation, value);
    apply_default_appearance(field.getDefaultAppearance(), box);
    box.align = align_of(field.getQuadding());
    box.is_wrapped = (is_text && (flags & kMultiline) != 0) || value.find('\n') != std::string::npos;
    box.place = box.is_wrapped ? TextPlace::top : TextPlace::middle;
    Handle longest = field.getInheritableFieldValue("/MaxLen");
    if (is_text && (flags & kComb) != 0 && longest.isInteger() && longest.getIntValue() > 0) {
      box.cells = longest.getIntValueAsInt();
    }
    show(annotation, appearance_of(pdf_, type(), box, allowance_));
  }

  /// A box that is ticked: its picture of that state is shown; if it has none, a tick.
  void draw_button(Annotation& annotation, Field& field) {
    Handle value = field.getValue();
    if (field.isPushbutton() || !value.isName() || value.getName() == "/Off") {
      return;
    }
    Handle note = annotation.getObjectHandle();
    Handle states = annotation.getAppearanceDictionary().isDictionary()
                        ? annotation.getAppearanceDictionary().getKey("/N")
                        : Handle::newNull();
    if (states.isDictionary() && states.getKey(value.getName()).isStream()) {
      if (annotation.getAppearanceState() != value.getName()) {
        note.replaceKey("/AS", value);
        ++made_;
      }
      return;
    }
    const bool has_its_own_states = states.isDictionary() && !states.getKeys().empty();  // another of the radio's
    if (states.isStream() || has_its_own_states || (note.hasKey("/AS") && annotation.getAppearanceState() == "/Off")) {
      return;
    }
    const auto area = annotation.getRect();
    note.removeKey("/AS");
    show(annotation, appearance_of_tick(pdf_, area.urx - area.llx, area.ury - area.lly));
  }

  static TextBox box_of(Annotation& annotation, std::string words) {
    const auto area = annotation.getRect();
    std::ranges::replace(words, '\r', '\n');
    return {.width = area.urx - area.llx, .height = area.ury - area.lly, .words = std::move(words)};
  }

  void show(Annotation& annotation, Handle appearance) {
    annotation.getObjectHandle().replaceKey("/AP",
                                            Handle::newDictionary({{"/N", pdf_.makeIndirectObject(appearance)}}));
    ++made_;
  }

  TypeOutlines& type() {
    if (!type_) {
      type_.emplace();
    }
    return *type_;
  }

  QPDF& pdf_;
  const Allowance& allowance_;
  std::optional<TypeOutlines> type_;  // most files need none
  QPDFAcroFormDocumentHelper forms_;
  bool leaves_it_to_us_;
  int made_ = 0;
};

}  // namespace

int draw_fields_and_notes(QPDF& pdf, const Allowance& allowance) { return Drawing(pdf, allowance).run(); }

}  // namespace bangwu::capture_worker
