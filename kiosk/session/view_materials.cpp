#include <algorithm>

#include "session/flow.h"
#include "session/view_parts.h"

namespace bangwu::session {
namespace {

const domain::Material& material_of(const Looking& look, const std::string& id) {
  const auto& materials = look.draft().procedure.materials;
  return *std::find_if(materials.begin(), materials.end(), [&](const auto& material) { return material.id == id; });
}

const std::vector<DraftPage>& pages_of(const Looking& look, const std::string& material) {
  static const std::vector<DraftPage> kNone;
  const auto found = look.draft().pages.find(material);
  return found == look.draft().pages.end() ? kNone : found->second;
}

PageThumb thumb_of(const DraftPage& page) {
  return {page.key, page.page.quarter_turns, page.looks_blank, page.is_reduced};
}

ResultView::State state_of(const std::optional<AnswerArrived>& answer) {
  if (!answer) return ResultView::State::stored_here;
  switch (answer->outcome) {
    case domain::Outcome::accepted: return ResultView::State::accepted;
    case domain::Outcome::in_review: return ResultView::State::in_review;
    case domain::Outcome::correction_needed: return ResultView::State::correction_needed;
    case domain::Outcome::not_accepted: return ResultView::State::not_accepted;
  }
  return ResultView::State::in_review;
}

std::string label_of(const domain::Procedure& procedure, const domain::Lack& lack) {
  for (const auto& field : procedure.form) {
    if (lack.what == domain::Lack::What::field && field.id == lack.id) return field.label;
  }
  for (const auto& material : procedure.materials) {
    if (lack.what == domain::Lack::What::material && material.id == lack.id) return material.name;
  }
  return lack.id;
}

void add_answer(ResultView& view, const domain::Procedure& procedure, const AnswerArrived& answer) {
  if (!answer.case_number.empty()) view.number = answer.case_number;
  view.due = answer.due;
  view.due_is_provisional = answer.due_is_provisional;
  for (const auto& lack : answer.lacks) {
    if (lack.what == domain::Lack::What::part) view.lacks_declaration_or_signature = true;
    else view.lacks.push_back(label_of(procedure, lack));
  }
}

}  // namespace

ScreenView see(const Looking& look, const AtMaterials&) {
  MaterialsView view{{}, true};
  for (const auto& material : look.draft().procedure.materials) {
    MaterialLine line{material, domain::is_needed(material, look.draft().answers), pages_of(look, material.id).size(),
                      false};
    line.complete = line.pages >= static_cast<std::size_t>(std::max(1, material.sides));
    view.all_there = view.all_there && (!line.needed || line.complete);
    view.lines.push_back(std::move(line));
  }
  return view;
}

ScreenView see(const Looking& look, const AtSource& at) {
  SourceView view{material_of(look, at.material), false, false, !at.scanners.has_value(), at.fault};
  if (at.scanners) {
    view.flatbed = at.scanners->flatbed;
    view.feeder = at.scanners->feeder;
  }
  return view;
}

ScreenView see(const Looking& look, const AtFiles& at) {
  FilesView view{
      material_of(look, at.material), {}, false, !at.listed.has_value(), 0, 1, at.fault, at.fault_page, at.rest_of};
  if (!at.listed) return view;
  const auto paged = page_of(at.listed->files.size(), at.page);
  view.medium_present = at.listed->medium_present;
  view.page = paged.page;
  view.pages = paged.pages;
  const auto first = at.listed->files.begin() + static_cast<std::ptrdiff_t>(paged.first);
  view.files.assign(first, first + static_cast<std::ptrdiff_t>(paged.count));
  return view;
}

ScreenView see(const Looking& look, const AtCapturing& at) {
  return CapturingView{material_of(look, at.material), at.source, at.percent, at.pages, at.stopping};
}

ScreenView see(const Looking& look, const AtPages& at) {
  const auto& pages = pages_of(look, at.material);
  const auto paged = page_of(pages.size(), at.page);
  PagesView view{
      material_of(look, at.material), {}, paged.first, pages.size(), paged.page, paged.pages, at.fault, true};
  for (std::size_t i = 0; i < paged.count; ++i) view.shown.push_back(thumb_of(pages[paged.first + i]));
  view.may_add = static_cast<int>(pages.size()) < look.hall.pages_per_material;
  return view;
}

ScreenView see(const Looking& look, const AtPage& at) {
  const auto& pages = pages_of(look, at.material);
  return PageView{material_of(look, at.material), thumb_of(pages[at.page]), at.page + 1, pages.size()};
}

ScreenView see(const Looking& look, const AtSending&) {
  return SendingView{look.session.visit->submitted->provisional_number};
}

ScreenView see(const Looking& look, const AtResult&) {
  const auto& submitted = *look.session.visit->submitted;
  const auto& procedure = submitted.procedure;
  ResultView view;
  view.state = state_of(submitted.answer);
  view.procedure = procedure.name;
  view.number = submitted.provisional_number;
  view.promised_working_days = procedure.promised_limit.working_days;
  view.pickup = submitted.pickup;
  view.window = procedure.window;
  view.consult = procedure.consult;
  if (!submitted.masked_telephone.empty()) view.telephone = submitted.masked_telephone;
  view.stored_at = std::chrono::floor<std::chrono::seconds>(submitted.at);
  view.slip = submitted.slip;
  view.rated = look.session.visit->rating.sent;
  if (submitted.answer) add_answer(view, procedure, *submitted.answer);
  return view;
}

}  // namespace bangwu::session
