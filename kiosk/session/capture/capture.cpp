#include "session/capture/capture.h"

#include <algorithm>
#include <utility>

#include "session/capture/steps.h"

namespace bangwu::session::capture {
namespace {

using domain::PageFault;

Captured on(const Work& work, const WentBack&) {
  return work.at<AtCapturing>() ? Captured{Stay{}} : work.back();  // while it works there is 取消
}

Captured on(const Work& work, const WentOn&) {
  // What lacks is said here and on the check page; the applicant may still hand in what there is (Article 7(2)).
  if (work.at<AtMaterials>()) return Done<Nothing>{};
  if (!work.at<AtPages>()) return Stay{};
  if (work.state.one_material) return Done<Nothing>{};
  return work.back();
}

Captured on(const Work&, const TextChanged&) { return Stay{}; }
Captured on(const Work&, const ChoiceMade&) { return Stay{}; }
Captured on(const Work&, const PrintedSoConfirmed&) { return Stay{}; }

Captured on(const Work& work, const ListTurned& message) {
  const auto turn = [&](int& screenful) { screenful = std::max(0, screenful + message.screenfuls); };
  if (auto* files = work.at<AtFiles>()) turn(files->screenful);
  if (auto* pages = work.at<AtPages>()) turn(pages->screenful);
  return Stay{};
}

Captured on(const Work& work, const MaterialOpened& message) {
  if (!work.has_material(message.material)) return Stay{};
  if (work.at<AtMaterials>()) {
    work.open(message.material);
  } else if (const auto* at = work.at<AtPages>(); at && at->material == message.material) {
    if (work.room_for(message.material, std::nullopt) > 0) work.look_for_pages(message.material, std::nullopt);
  }
  return Stay{};
}

Captured on(const Work& work, const SourceChosen& message) {
  const auto* at = work.at<AtSource>();
  if (!at) return Stay{};
  const AtSource source = *at;
  if (message.source == CaptureSource::files) {
    work.go(AtFiles{.material = source.material, .replaces = source.replaces});
    work.context.order(ListFiles{});
    return Stay{};
  }
  work.go(AtCapturing{.material = source.material, .replaces = source.replaces, .source = message.source});
  work.context.order(ScanPages{message.source, work.room_for(source.material, source.replaces)});
  return Stay{};
}

Captured on(const Work& work, const FileChosen& message) {
  const auto* at = work.at<AtFiles>();
  if (!at || !at->listed) return Stay{};
  const auto& files = at->listed->files;
  const auto may_be_chosen = [&](const FileOffer& file) {
    return file.file == message.file && file.fault == PageFault::none;
  };
  if (std::none_of(files.begin(), files.end(), may_be_chosen)) return Stay{};
  const AtFiles chosen = *at;
  work.go(AtCapturing{
      .material = chosen.material, .replaces = chosen.replaces, .source = CaptureSource::files, .file = message.file});
  work.context.order(ImportFile{message.file, work.room_for(chosen.material, chosen.replaces), message.pages});
  return Stay{};
}

Captured on(const Work& work, const CaptureStopped&) {
  auto* at = work.at<AtCapturing>();
  if (!at || at->stopping) return Stay{};
  at->stopping = true;
  work.context.order(CancelCapture{});
  return Stay{};
}

Captured on(const Work& work, const PageOpened& message) {
  const auto* at = work.at<AtPages>();
  if (!at || message.page >= work.pages(at->material).size()) return Stay{};
  work.look_at(at->material, message.page);
  work.go(AtPage{at->material, message.page});
  return Stay{};
}

Captured on(const Work& work, const PageTurned&) {
  const auto* at = work.at<AtPage>();
  if (!at) return Stay{};
  int& turns = work.pages(at->material)[at->page].page.quarter_turns;
  turns = (turns + 1) % 4;
  return Stay{};
}

Captured on(const Work& work, const PageMoved& message) {
  auto* at = work.at<AtPage>();
  if (!at) return Stay{};
  auto& pages = work.pages(at->material);
  const auto target = static_cast<std::ptrdiff_t>(at->page) + message.places;
  if (target < 0 || target >= static_cast<std::ptrdiff_t>(pages.size())) return Stay{};
  std::swap(pages[at->page], pages[static_cast<std::size_t>(target)]);
  at->page = static_cast<std::size_t>(target);
  return Stay{};
}

Captured on(const Work& work, const PageRetaken&) {
  const auto* at = work.at<AtPage>();
  if (at) work.look_for_pages(std::string{at->material}, std::size_t{at->page});
  return Stay{};
}

Captured on(const Work& work, const PageRemoved&) {
  const auto* at = work.at<AtPage>();
  if (!at) return Stay{};
  const AtPage removed = *at;
  auto& pages = work.pages(removed.material);
  work.context.order(DropPage{pages[removed.page].key});
  pages.erase(pages.begin() + static_cast<std::ptrdiff_t>(removed.page));
  auto left = work.back();
  if (pages.empty() && work.at<AtPages>()) left = work.back();
  // Of one material without pages nothing is left to show.
  return std::holds_alternative<Back>(left) ? Captured{Done<Nothing>{}} : left;
}

template <class Fact>
Captured take(Context& context, const Checklist& checklist, State& state, const Fact& fact) {
  const Work work{context, checklist, state};
  return std::visit([&](const auto& inside) { return on(work, inside); }, fact);
}

}  // namespace

bool open_material(Context& context, const Checklist& checklist, State& state, const std::string& id) {
  const Work work{context, checklist, state};
  if (!work.has_material(id)) return false;
  state.one_material = true;
  work.open(id);
  state.behind.clear();
  return true;
}

void drop_all(Context& context, State& state) {
  for (const auto& [material, pages] : state.pages) {
    for (const auto& page : pages) context.order(DropPage{page.key});
  }
  state.pages.clear();
}

bool is_capturing(const State& state) { return std::holds_alternative<AtCapturing>(state.step); }

void call_off(Context& context, const State& state) {
  if (is_capturing(state)) context.order(CancelCapture{});
}

Captured update(Context& context, const Checklist& checklist, State& state, const Gesture& gesture) {
  return take(context, checklist, state, gesture);
}
Captured update(Context& context, const Checklist& checklist, State& state, const Message& message) {
  return take(context, checklist, state, message);
}

}  // namespace bangwu::session::capture
