#include "capture_worker/import_worker.h"

#include <new>

#include "capture/messages.h"
#include "capture_worker/make_page.h"
#include "capture_worker/scale_down.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

void send_done(const Channel& channel, PageFault fault) {
  [[maybe_unused]] const Transfer sent = channel.send(MessageKind::done, {encode(Done{fault, {}})});
}

/// False when nobody listens any more.
bool send_progress(const Channel& channel, const Progress& progress) {
  return channel.send(MessageKind::progress, {encode(progress)}) == Transfer::done;
}

Decoding decode_picture(FileKind kind, std::span<const std::uint8_t> file, const DecodeLimits& limits) {
  switch (kind) {
    case FileKind::jpeg: return decode_jpeg(file, limits);
    case FileKind::png: return decode_png(file, limits);
    case FileKind::pdf:
    case FileKind::tiff:
    case FileKind::unknown: break;
  }
  return tl::unexpected(PageFault::file_wrong_type);
}

PageFault import_picture(const Channel& channel, const ImportRequest& request, std::span<const std::uint8_t> file) {
  if (!send_progress(channel, {.page = 1, .pages = 1, .percent = 0})) {
    return PageFault::cancelled;
  }
  const Decoding picture = decode_picture(request.kind, file, {request.max_pixels, request.preview_px});
  if (!picture) {
    return picture.error();
  }
  const CapturedPage page = page_of_file(*picture, request.kind == FileKind::png ? "image/png" : "image/jpeg",
                                         {request.preview_px, request.thumbnail_px});
  return channel.send(MessageKind::page, {encode(page)}) == Transfer::done ? PageFault::none : PageFault::cancelled;
}

PageFault import_document(const Channel& channel, const ImportRequest& request, Document& document) {
  const int pages = document.pages();
  if (pages < 1) {
    return PageFault::file_damaged;
  }
  if (pages > request.max_pages) {
    return PageFault::too_many_pages;
  }
  for (int index = 0; index < pages; ++index) {
    if (!send_progress(channel, {.page = index + 1, .pages = pages, .percent = 0})) {
      return PageFault::cancelled;
    }
    const auto rendered = document.render(index);
    if (!rendered) {
      return rendered.error();
    }
    if (std::int64_t{rendered->raster.width} * rendered->raster.height > request.max_pixels) {
      return PageFault::too_many_pixels;
    }
    const auto page = page_of_raster(*rendered, {request.preview_px, request.thumbnail_px});
    if (!page) {
      return page.error();
    }
    if (channel.send(MessageKind::page, {encode(*page)}) != Transfer::done) {
      return PageFault::cancelled;
    }
  }
  return PageFault::none;
}

PageFault import(const Channel& channel, const ImportRequest& request, std::span<const std::uint8_t> file) {
  if (request.kind == FileKind::jpeg || request.kind == FileKind::png) {
    return import_picture(channel, request, file);
  }
  const OpenedDocument document = request.kind == FileKind::pdf ? open_pdf(file) : open_tiff(file, request.max_pixels);
  return document ? import_document(channel, request, **document) : document.error();
}

PageFault preview(const Channel& channel, const ImportRequest& request, std::span<const std::uint8_t> file) {
  const Decoding picture = decode_picture(request.kind, file, {request.max_pixels, request.preview_px});
  if (!picture) {
    return picture.error();
  }
  const Raster raster = scale_down(picture->raster, request.preview_px);
  return channel.send(MessageKind::picture, {Writer().raster(raster).bytes()}) == Transfer::done ? PageFault::none
                                                                                                 : PageFault::cancelled;
}

PageFault answer(const Channel& channel, const Message& message, Documents documents) {
  std::span<const std::uint8_t> file;
  const auto request = decode_import(message.body, file);
  if (!request || (request->kind == FileKind::pdf && documents == Documents::pictures_only)) {
    return PageFault::internal;
  }
  try {
    return message.kind == MessageKind::import ? import(channel, *request, file) : preview(channel, *request, file);
  } catch (const std::bad_alloc&) {
    return PageFault::too_many_pixels;
  } catch (const std::exception&) {
    return PageFault::file_damaged;
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
