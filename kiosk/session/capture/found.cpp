#include <algorithm>
#include <utility>

#include "session/capture/steps.h"

/// What the devices found.
namespace bangwu::session::capture {
namespace {

using domain::PageFault;

// A file is handed in whole or not at all: half a document would mislead the window.
void drop_pages_of_this_file(const Work& work, const AtCapturing& at) {
  auto& pages = work.pages(at.material);
  if (at.replaced) {
    work.context.order(DropPage{pages[*at.replaces].key});
    pages[*at.replaces] = *at.replaced;
    return;
  }
  for (int i = 0; i < at.pages && !pages.empty(); ++i) {
    work.context.order(DropPage{pages.back().key});
    pages.pop_back();
  }
}

// Nothing came of it: back to where it was started, with the reason, and what is there is looked for anew. Until then
// nothing of the list before it can be chosen.
void return_to_source(const Work& work, const AtCapturing& from, const CaptureEnded& ended) {
  static_cast<void>(work.back());
  const PageFault shown = ended.fault == PageFault::cancelled ? PageFault::none : ended.fault;
  if (auto* source = work.at<AtSource>()) {
    source->fault = shown;
    source->scanners.reset();
    work.context.order(ListScanners{});
  }
  if (auto* files = work.at<AtFiles>()) {
    files->fault = shown;
    files->fault_page = ended.page;
    files->rest_of = ended.page > 0 ? std::optional(from.file) : std::nullopt;
    files->listed.reset();
    work.context.order(ListFiles{});
  }
}

void on(const Work& work, const ScannersListed& message) {
  if (auto* at = work.at<AtSource>()) at->scanners = message;
}

void on(const Work& work, const FilesListed& message) {
  auto* at = work.at<AtFiles>();
  if (!at) return;
  if (!at->listed || at->listed->files != message.files) at->screenful = 0;
  at->listed = message;
  const auto is_rest = [&](const FileOffer& file) { return file.file == at->rest_of; };
  if (std::none_of(message.files.begin(), message.files.end(), is_rest)) at->rest_of.reset();
}

void on(const Work& work, const CaptureProgressed& message) {
  if (auto* at = work.at<AtCapturing>()) at->percent = message.percent;
}

void on(const Work& work, const PageCaptured& message) {
  auto* at = work.at<AtCapturing>();
  if (!at) return work.context.order(DropPage{message.key});
  auto& pages = work.pages(at->material);
  DraftPage page{message.key,
                 {message.sha256, message.media_type, message.quarter_turns},
                 message.looks_blank,
                 message.is_reduced};
  if (at->replaces && at->pages == 0 && *at->replaces < pages.size()) {
    at->replaced = std::exchange(pages[*at->replaces], std::move(page));
  } else if (work.room_for(at->material, at->replaces) > 0 && !at->replaces) {
    pages.push_back(std::move(page));
  } else {
    return work.context.order(DropPage{message.key});
  }
  ++at->pages;
  at->percent = -1;
}

void on(const Work& work, const CaptureEnded& message) {
  const auto* at = work.at<AtCapturing>();
  if (!at) return;
  const AtCapturing capturing = *at;
  const bool is_file = capturing.source == CaptureSource::files;
  const bool failed = message.fault != PageFault::none;
  if (failed && is_file) drop_pages_of_this_file(work, capturing);
  else if (capturing.replaced) work.context.order(DropPage{capturing.replaced->key});
  const bool something_new = capturing.pages > 0 && !(failed && is_file);
  if (something_new || !failed) work.show_pages(capturing.material, message.fault);
  else return_to_source(work, capturing, message);
}

}  // namespace

Captured update(Context& context, const Checklist& checklist, State& state, const Found& found) {
  const Work work{context, checklist, state};
  std::visit([&](const auto& fact) { on(work, fact); }, found);
  return Stay{};
}

}  // namespace bangwu::session::capture
