#include <algorithm>

#include "session/flow.h"

namespace bangwu::session {
namespace {

bool is_signed(const domain::Signature& signature) {
  return std::any_of(signature.strokes.begin(), signature.strokes.end(),
                     [](const auto& stroke) { return stroke.size() > 1; });
}

bool confirm_signature(Change& change, AtSign& at) {
  auto& draft = *change.draft();
  if (at.storing || !draft.declared || !is_signed(draft.signature)) return true;
  at.storing = true;
  at.problem.reset();
  change.order(StoreSubmission{application_of(draft, change.session.language)});
  return true;
}

domain::Applicant applicant_of(const Draft& draft) {
  domain::Applicant applicant{draft.kind.value_or(domain::ApplicantKind::natural_person), draft.identity, std::nullopt};
  if (applicant.kind != domain::ApplicantKind::natural_person) applicant.agent = draft.agent;
  return applicant;
}

}  // namespace

// Article 4(4), Article 7(1), Annex 2 no. 4: word for word in the envelope.
const char* declaration_text() {
  return "本人（本单位）自愿提出申请，对所提交申请材料的合法性、合理性及真实性负责，并承担相应的法律责任；"
         "将根据业务办理窗口提出的补正意见，及时对申报材料进行修改或补充。";
}

domain::Application application_of(const Draft& draft, Language language) {
  domain::Application application;
  application.procedure = draft.procedure.code;
  application.definition = draft.procedure.definition;
  application.applicant = applicant_of(draft);
  application.answers.values = draft.answers.values;
  for (const auto& [field, rows] : draft.answers.rows) {
    if (!rows.empty()) application.answers.rows[field] = rows;
  }
  for (const auto& material : draft.procedure.materials) {
    const auto found = draft.pages.find(material.id);
    if (found == draft.pages.end() || found->second.empty()) continue;
    auto& handed_in = application.materials.emplace_back(domain::HandedIn{material.id, {}});
    for (const auto& page : found->second) handed_in.pages.push_back(page.page);
  }
  if (draft.declared) application.declaration = declaration_text();
  application.signature = draft.signature;
  application.pickup = draft.pickup;
  application.language = base::facts_of(language).name;
  return application;
}

void go_to_pickup(Change& change) {
  auto& draft = *change.draft();
  if (draft.procedure.pickup.size() == 1) draft.pickup = draft.procedure.pickup.front();
  if (draft.procedure.pickup.size() > 1) change.go(AtPickup{});
  else change.go(AtCheck{});
}

bool went_on_submitting(Change& change) {
  auto* draft = change.draft();
  if (!draft) return false;
  if (change.at<AtPickup>()) {
    if (draft->pickup.empty() && !draft->procedure.pickup.empty()) return true;
    if (change.session.visit->from_check && change.return_to<AtCheck>()) change.session.visit->from_check = false;
    else change.go(AtCheck{});
    return true;
  }
  if (change.at<AtCheck>()) return change.go(AtDeclaration{}), true;
  if (change.at<AtDeclaration>()) {
    if (draft->declared) change.go(AtSign{});
    return true;
  }
  if (auto* sign = change.at<AtSign>()) return confirm_signature(change, *sign);
  return false;
}

void on(Change& change, const DeclarationRead& message) {
  if (change.at<AtDeclaration>() && change.draft()) change.draft()->declared = message.accepted;
}

void on(Change& change, const SignatureDrawn& message) {
  const auto* at = change.at<AtSign>();
  if (at && !at->storing && change.draft()) change.draft()->signature = message.signature;
}

void on(Change& change, const SubmissionStored& message) {
  if (!change.at<AtSign>() || !change.draft()) return;
  auto& visit = *change.session.visit;
  Submitted submitted;
  submitted.procedure = std::move(visit.draft->procedure);
  submitted.envelope = message.envelope;
  submitted.provisional_number = message.provisional_number;
  submitted.pickup = visit.draft->pickup;
  submitted.at = change.now.wall;
  const auto& values = visit.draft->answers.values;
  if (const auto phone = values.find("contact_phone"); phone != values.end()) {
    submitted.masked_telephone = domain::masked(phone->second);
  }
  // The envelope holds it now; the visit forgets it at once.
  visit.draft.reset();
  visit.trail.clear();
  visit.submitted = std::move(submitted);
  change.replace(AtSending{change.now.steady});
}

void on(Change& change, const StoreRefused& message) {
  if (auto* sign = change.at<AtSign>()) {
    sign->storing = false;
    sign->problem = message.problem;
    change.session.last_touch = change.now.steady;
  }
  if (auto* thanks = change.at<AtThanks>()) {
    thanks->rating = ThanksView::Rating::not_stored;
    change.session.visit->rating.sent = false;
    change.session.last_touch = change.now.steady;
  }
}

void on(Change& change, const AnswerArrived& message) {
  if (!change.session.visit || !change.session.visit->submitted) return;
  auto& submitted = *change.session.visit->submitted;
  if (submitted.envelope != message.envelope) return;
  submitted.answer = message;
  if (!change.at<AtSending>()) return;
  change.session.last_touch = change.now.steady;
  change.replace(AtResult{});
}

void on(Change& change, const SlipSaveAsked&) {
  if (!change.at<AtResult>() || change.session.visit->submitted->slip == ResultView::Slip::saving) return;
  change.session.visit->submitted->slip = ResultView::Slip::saving;
  change.order(SaveSlip{});
}

void on(Change& change, const SlipSaveEnded& message) {
  if (!change.session.visit || !change.session.visit->submitted) return;
  auto& slip = change.session.visit->submitted->slip;
  switch (message.outcome) {
    case SlipOutcome::saved: slip = ResultView::Slip::saved; break;
    case SlipOutcome::no_medium: slip = ResultView::Slip::no_medium; break;
    case SlipOutcome::not_written: slip = ResultView::Slip::not_written; break;
    case SlipOutcome::not_made: slip = ResultView::Slip::not_made; break;
  }
}

}  // namespace bangwu::session
