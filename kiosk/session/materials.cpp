#include <algorithm>
#include <utility>

#include "session/flow.h"

namespace bangwu::session {
namespace {

using domain::PageFault;

std::vector<DraftPage>& pages_of(Change& change, const std::string& material) {
  return change.draft()->pages[material];
}

bool has_material(Change& change, const std::string& id) {
  const auto& materials = change.draft()->procedure.materials;
  return std::any_of(materials.begin(), materials.end(), [&](const auto& material) { return material.id == id; });
}

int room_for(Change& change, const std::string& material, const std::optional<std::size_t>& replaces) {
  if (replaces) return 1;
  return change.hall.pages_per_material - static_cast<int>(pages_of(change, material).size());
}

void look_for_pages(Change& change, const std::string& material, std::optional<std::size_t> replaces) {
  change.go(AtSource{material, replaces, std::nullopt, PageFault::none});
  change.order(ListScanners{});
}

// From wherever pages were looked for, to the list of this material's pages.
void show_pages(Change& change, const std::string& material, PageFault fault) {
  const bool direct = change.session.visit->from_check ? change.return_to<AtCheck>() : change.return_to<AtMaterials>();
  if (!direct) return change.back();
  change.go(AtPages{material, 0, fault});
}

// A file is handed in whole or not at all: half a document would mislead the window.
void drop_pages_of_this_file(Change& change, const AtCapturing& at) {
  auto& pages = pages_of(change, at.material);
  if (at.replaced) {
    change.order(DropPage{pages[*at.replaces].key});
    pages[*at.replaces] = *at.replaced;
    return;
  }
  for (int i = 0; i < at.pages && !pages.empty(); ++i) {
    change.order(DropPage{pages.back().key});
    pages.pop_back();
  }
}

void start(Change& change, AtCapturing capturing, Effect effect) {
  change.go(std::move(capturing));
  change.order(std::move(effect));
}

}  // namespace

bool went_on_materials(Change& change) {
  if (change.at<AtPages>()) {
    if (change.session.visit->from_check && change.return_to<AtCheck>()) change.session.visit->from_check = false;
    else if (!change.return_to<AtMaterials>()) change.back();
    return true;
  }
  if (!change.at<AtMaterials>() || !change.draft()) return false;
  // What lacks is said here and on the check page; the applicant may still hand in what there is (Article 7(2)).
  go_to_pickup(change);
  return true;
}

void on(Change& change, const MaterialOpened& message) {
  if (!change.draft() || !has_material(change, message.material)) return;
  if (change.at<AtMaterials>()) {
    if (pages_of(change, message.material).empty()) look_for_pages(change, message.material, std::nullopt);
    else change.go(AtPages{message.material, 0, PageFault::none});
  } else if (const auto* at = change.at<AtPages>(); at && at->material == message.material) {
    if (room_for(change, message.material, std::nullopt) > 0) look_for_pages(change, message.material, std::nullopt);
  }
}

void on(Change& change, const SourceChosen& message) {
  const auto* at = change.at<AtSource>();
  if (!at) return;
  const AtSource source = *at;
  if (message.source == CaptureSource::files) {
    change.go(AtFiles{source.material, source.replaces, std::nullopt, 0, PageFault::none});
    change.order(ListFiles{});
    return;
  }
  start(change, AtCapturing{source.material, source.replaces, message.source, -1, 0, false},
        ScanPages{message.source, room_for(change, source.material, source.replaces)});
}

void on(Change& change, const FileChosen& message) {
  const auto* at = change.at<AtFiles>();
  if (!at || !at->listed) return;
  const auto& files = at->listed->files;
  const auto may_be_chosen = [&](const FileOffer& file) {
    return file.file == message.file && file.fault == PageFault::none;
  };
  if (std::none_of(files.begin(), files.end(), may_be_chosen)) return;
  const AtFiles chosen = *at;
  start(change,
        AtCapturing{chosen.material, chosen.replaces, CaptureSource::files, -1, 0, false, std::nullopt, message.file},
        ImportFile{message.file, room_for(change, chosen.material, chosen.replaces), message.pages});
}

void on(Change& change, const CaptureStopped&) {
  auto* at = change.at<AtCapturing>();
  if (!at || at->stopping) return;
  at->stopping = true;
  change.order(CancelCapture{});
}

void on(Change& change, const ScannersListed& message) {
  if (auto* at = change.at<AtSource>()) at->scanners = message;
}

void on(Change& change, const FilesListed& message) {
  auto* at = change.at<AtFiles>();
  if (!at) return;
  at->listed = message;
  at->page = 0;
  const auto is_rest = [&](const FileOffer& file) { return file.file == at->rest_of; };
  if (std::ranges::none_of(message.files, is_rest)) at->rest_of.reset();
}

void on(Change& change, const CaptureProgressed& message) {
  if (auto* at = change.at<AtCapturing>()) at->percent = message.percent;
}

void on(Change& change, const PageCaptured& message) {
  auto* at = change.at<AtCapturing>();
  if (!at || !change.draft()) return change.order(DropPage{message.key});
  auto& pages = pages_of(change, at->material);
  DraftPage page{message.key,
                 {message.sha256, message.media_type, message.quarter_turns},
                 message.looks_blank,
                 message.is_reduced};
  if (at->replaces && at->pages == 0 && *at->replaces < pages.size()) {
    at->replaced = std::exchange(pages[*at->replaces], std::move(page));
  } else if (room_for(change, at->material, at->replaces) > 0 && !at->replaces) {
    pages.push_back(std::move(page));
  } else {
    return change.order(DropPage{message.key});
  }
  ++at->pages;
  at->percent = -1;
}

void on(Change& change, const CaptureEnded& message) {
  const auto* at = change.at<AtCapturing>();
  if (!at || !change.draft()) return;
  const AtCapturing capturing = *at;
  change.session.last_touch = change.now.steady;  // the clock stood still while it worked
  const bool is_file = capturing.source == CaptureSource::files;
  const bool failed = message.fault != PageFault::none;
  if (failed && is_file) drop_pages_of_this_file(change, capturing);
  else if (capturing.replaced) change.order(DropPage{capturing.replaced->key});
  const bool something_new = capturing.pages > 0 && !(failed && is_file);
  if (something_new || !failed) return show_pages(change, capturing.material, message.fault);
  // Nothing came of it: back to where it was started, with the reason.
  change.back();
  const PageFault shown = message.fault == PageFault::cancelled ? PageFault::none : message.fault;
  if (auto* source = change.at<AtSource>()) {
    source->fault = shown;
    source->scanners.reset();
    change.order(ListScanners{});
  }
  if (auto* files = change.at<AtFiles>()) {
    files->fault = shown;
    files->fault_page = message.page;
    files->rest_of = message.page > 0 ? std::optional(capturing.file) : std::nullopt;
    change.order(ListFiles{});
  }
}

void on(Change& change, const PageOpened& message) {
  const auto* at = change.at<AtPages>();
  if (at && message.page < pages_of(change, at->material).size()) change.go(AtPage{at->material, message.page});
}

void on(Change& change, const PageTurned&) {
  const auto* at = change.at<AtPage>();
  if (!at) return;
  int& turns = pages_of(change, at->material)[at->page].page.quarter_turns;
  turns = (turns + 1) % 4;
}

void on(Change& change, const PageMoved& message) {
  auto* at = change.at<AtPage>();
  if (!at) return;
  auto& pages = pages_of(change, at->material);
  const auto target = static_cast<std::ptrdiff_t>(at->page) + message.places;
  if (target < 0 || target >= static_cast<std::ptrdiff_t>(pages.size())) return;
  std::swap(pages[at->page], pages[static_cast<std::size_t>(target)]);
  at->page = static_cast<std::size_t>(target);
}

void on(Change& change, const PageRetaken&) {
  const auto* at = change.at<AtPage>();
  if (at) look_for_pages(change, std::string{at->material}, std::size_t{at->page});
}

void on(Change& change, const PageRemoved&) {
  const auto* at = change.at<AtPage>();
  if (!at) return;
  const AtPage removed = *at;
  auto& pages = pages_of(change, removed.material);
  change.order(DropPage{pages[removed.page].key});
  pages.erase(pages.begin() + static_cast<std::ptrdiff_t>(removed.page));
  change.back();
  if (pages.empty() && change.at<AtPages>()) change.back();
}

}  // namespace bangwu::session
