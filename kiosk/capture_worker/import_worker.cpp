#include "capture_worker/import_worker.h"

#include <algorithm>
#include <new>
#include <utility>

#include "capture/messages.h"
#include "capture_worker/make_page.h"
#include "capture_worker/scale_down.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

constexpr int kDrawn = 60;  ///< percent of the work on a page

/// How the work ended, and at which page of the file if it was one page's fault.
struct End {
  PageFault fault = PageFault::none;
  int page = 0;
};

void send_done(const Channel& channel, End end) {
  [[maybe_unused]] const Transfer sent =
      channel.send(MessageKind::done, {encode(Done{.fault = end.fault, .detail = {}, .page = end.page})});
}

bool send_page(const Channel& channel, const CapturedPage& page) {
  return channel.send(MessageKind::page, {encode(page)}) == Transfer::done;
}

/// False when nobody listens any more.
bool send_progress(const Channel& channel, const Progress& progress) {
  return channel.send(MessageKind::progress, {encode(progress)}) == Transfer::done;
}

Decoding decode_picture(FileKind kind, std::span<const std::uint8_t> file, const DecodeLimits& limits) {
  switch (kind) {
    case FileKind::jpeg: return decode_jpeg(file, limits);
    case FileKind::png: return decode_png(file, limits);
    default: break;
  }
  return tl::unexpected(PageFault::file_wrong_type);
}

/// Of a picture that no program shows right as it is, or that is too large: see CapturedPage::encoded.
tl::expected<CapturedPage, PageFault> page_made_anew(const DecodedPicture& small, const ImportRequest& request,
                                                     std::span<const std::uint8_t> file) {
  const PixelSize whole = with_square_pixels(small.size, small.aspect);
  const PixelSize kept = fit_pixels(whole, request.kept_pixels);
  auto picture = decode_picture(request.kind, file, {request.max_pixels, std::max(kept.width, kept.height)});
  if (!picture) {
    return tl::unexpected(picture.error());
  }
  const RenderedPage page{.raster = upright(std::move(picture->raster), picture->orientation),
                          .dots_per_inch = kDotsPerInch,
                          .is_reduced = kept != whole};
  return page_of_raster(page, {request.preview_px, request.thumbnail_px});
}

PageFault import_picture(const Channel& channel, const ImportRequest& request, std::span<const std::uint8_t> file) {
  if (!send_progress(channel, {.page = 1, .pages = 1, .percent = 0})) {
    return PageFault::cancelled;
  }
  const Decoding picture = decode_picture(request.kind, file, {request.max_pixels, request.preview_px});
  if (!picture) {
    return picture.error();
  }
  const PreviewSizes sizes{request.preview_px, request.thumbnail_px};
  const auto page = can_stay_as_it_is(*picture, request.kept_pixels)
                        ? page_of_file(*picture, request.kind == FileKind::png ? "image/png" : "image/jpeg", sizes)
                        : page_made_anew(*picture, request, file);
  if (!page) {
    return page.error();
  }
  return send_page(channel, *page) ? PageFault::none : PageFault::cancelled;
}

/// One page of a document, given on. Faults as Document::render(), cancelled, and no memory.
PageFault import_page(const Channel& channel, const ImportRequest& request, Document& document, int index) {
  if (!send_progress(channel, {.page = index + 1, .pages = document.pages(), .percent = 0})) {
    return PageFault::cancelled;
  }
  if (const PageFault fault = document.fault_of(index); fault != PageFault::none) {
    return fault;
  }
  const auto rendered = document.render(index);
  if (!rendered) {
    return rendered.error();
  }
  // A sign of life: a plan takes long to draw, and long to encode.
  if (!send_progress(channel, {.page = index + 1, .pages = document.pages(), .percent = kDrawn})) {
    return PageFault::cancelled;
  }
  const auto page = page_of_raster(*rendered, {request.preview_px, request.thumbnail_px});
  if (!page) {
    return page.error();
  }
  return send_page(channel, *page) ? PageFault::none : PageFault::cancelled;
}

End import_document(const Channel& channel, const ImportRequest& request, Document& document) {
  const int pages = document.pages();
  if (pages < 1) {
    return {PageFault::file_damaged};
  }
  for (int index = 0; index < pages && request.unreadable == UnreadablePages::refuse; ++index) {
    if (const PageFault fault = document.fault_of(index); fault != PageFault::none) {
      return {fault, index + 1};
    }
  }
  End first_bad;
  int given = 0;
  for (int index = request.pages_before; index < pages; ++index) {
    const PageFault fault = import_page(channel, request, document, index);
    const bool is_of_the_page = fault == PageFault::page_damaged || fault == PageFault::page_shape;
    if (fault != PageFault::none && (!is_of_the_page || request.unreadable == UnreadablePages::refuse)) {
      return {fault, is_of_the_page ? index + 1 : 0};
    }
    given += fault == PageFault::none ? 1 : 0;
    first_bad = fault != PageFault::none && first_bad.page == 0 ? End{fault, index + 1} : first_bad;
  }
  return given > 0 ? End{} : first_bad;
}

End import(const Channel& channel, const ImportRequest& request, std::span<const std::uint8_t> file) {
  if (request.kind == FileKind::jpeg || request.kind == FileKind::png) {
    return {import_picture(channel, request, file)};
  }
  const DocumentLimits limits{
      .max_pages = request.max_pages, .max_pixels = request.max_pixels, .kept_pixels = request.kept_pixels};
  const OpenedDocument document = request.kind == FileKind::pdf ? open_pdf(file, limits) : open_tiff(file, limits);
  return document ? import_document(channel, request, **document) : End{document.error()};
}

PageFault preview(const Channel& channel, const ImportRequest& request, std::span<const std::uint8_t> file) {
  const Decoding picture = decode_picture(request.kind, file, {request.max_pixels, request.preview_px});
  if (!picture) {
    return picture.error();
  }
  const base::Bytes body = Writer().raster(picture->raster).bytes();
  return channel.send(MessageKind::picture, {body}) == Transfer::done ? PageFault::none : PageFault::cancelled;
}

End answer(const Channel& channel, const Message& message, Documents documents) {
  std::span<const std::uint8_t> file;
  const auto request = decode_import(message.body, file);
  if (!request || (request->kind == FileKind::pdf && documents == Documents::pictures_only)) {
    return {PageFault::internal};
  }
  try {
    return message.kind == MessageKind::import ? import(channel, *request, file)
                                               : End{preview(channel, *request, file)};
  } catch (const std::bad_alloc&) {
    return {PageFault::too_many_pixels};
  } catch (const std::exception&) {
    return {PageFault::file_damaged};
  }
}

}  // namespace

void run_import_worker(const Channel& channel, Documents documents) {
  constexpr std::size_t kAnyLength = 0xFFFFFFFF;
  Message message;
  while (channel.receive(message, kAnyLength) == Transfer::done &&
         (message.kind == MessageKind::import || message.kind == MessageKind::preview)) {
    send_done(channel, answer(channel, message, documents));
  }
}

}  // namespace bangwu::capture_worker
