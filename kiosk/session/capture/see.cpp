#include <algorithm>

#include "session/capture/capture.h"

namespace bangwu::session::capture {
namespace {

struct Show {
  const Looking& look;
  const Checklist& checklist;
  const State& state;

  [[nodiscard]] const domain::Material& material(const std::string& id) const {
    const auto& all = checklist.materials;
    return *std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.id == id; });
  }
  [[nodiscard]] const std::vector<DraftPage>& pages(const std::string& id) const {
    static const std::vector<DraftPage> kNone;
    const auto found = state.pages.find(id);
    return found == state.pages.end() ? kNone : found->second;
  }
  static PageThumb thumb_of(const DraftPage& page) {
    return {page.key, page.page.quarter_turns, page.looks_blank, page.is_reduced};
  }

  Seen operator()(const AtMaterials&) const {
    MaterialsView view{.all_there = true};
    for (const auto& known : checklist.materials) {
      MaterialLine line{
          .material = known, .needed = domain::is_needed(known, checklist.answers), .pages = pages(known.id).size()};
      line.complete = line.pages >= static_cast<std::size_t>(std::max(1, known.sides));
      view.all_there = view.all_there && (!line.needed || line.complete);
      view.lines.push_back(std::move(line));
    }
    return {page_frame(NextLabel::next), std::move(view)};
  }
  Seen operator()(const AtSource& at) const {
    return {page_frame({}), SourceView{.material = material(at.material), .scanners = at.scanners, .fault = at.fault}};
  }
  Seen operator()(const AtFiles& at) const {
    FilesView view{
        .material = material(at.material), .fault = at.fault, .fault_page = at.fault_page, .rest_of = at.rest_of};
    if (!at.listed) return {page_frame({}), std::move(view)};
    const auto seen = screenful_of(at.listed->files.size(), at.screenful);
    view.medium = at.listed->medium_present ? FilesView::Medium::present : FilesView::Medium::absent;
    view.screenful = seen.number;
    view.screenfuls = seen.of;
    const auto first = at.listed->files.begin() + static_cast<std::ptrdiff_t>(seen.first);
    view.files.assign(first, first + static_cast<std::ptrdiff_t>(seen.count));
    return {page_frame({}), std::move(view)};
  }
  Seen operator()(const AtCapturing& at) const {
    auto frame = page_frame({});
    frame.back = false;
    return {frame, CapturingView{.material = material(at.material),
                                 .source = at.source,
                                 .percent = at.percent,
                                 .pages = at.pages,
                                 .stopping = at.stopping}};
  }
  Seen operator()(const AtPages& at) const {
    const auto& all = pages(at.material);
    const auto seen = screenful_of(all.size(), at.screenful);
    PagesView view{.material = material(at.material),
                   .first = seen.first,
                   .total = all.size(),
                   .screenful = seen.number,
                   .screenfuls = seen.of,
                   .fault = at.fault};
    for (std::size_t i = 0; i < seen.count; ++i) view.shown.push_back(thumb_of(all[seen.first + i]));
    view.may_add = static_cast<int>(all.size()) < look.hall.pages_per_material;
    return {page_frame(NextLabel::done), std::move(view)};
  }
  Seen operator()(const AtPage& at) const {
    const auto& all = pages(at.material);
    return {page_frame({}), PageView{material(at.material), thumb_of(all[at.page]), at.page + 1, all.size()}};
  }
};

}  // namespace

Seen see(const Looking& look, const Checklist& checklist, const State& state) {
  return std::visit(Show{look, checklist, state}, state.step);
}

}  // namespace bangwu::session::capture
