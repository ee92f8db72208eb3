#include "session/progress/progress.h"

#include "domain/application.h"
#include "domain/case_number.h"
#include "domain/lookup_secret.h"
#include "domain/numbers.h"

namespace bangwu::session::progress {
namespace {

constexpr std::size_t kLongestNumber = 64;  // a receipt's code as a scanner types it

struct Work {
  Context& context;
  Visit& visit;
  template <class S>
  [[nodiscard]] S* at() const {
    return std::get_if<S>(&visit.trail.step);
  }
};

/// What is no question leaves nothing to go back to.
void leave_to_proof(Trail<Step>& trail) {
  trail.step = std::move(trail.behind.back());
  trail.behind.pop_back();
}

void ask(const Work& work, std::string proof) {
  const Ticket ticket = work.context.next_ticket();
  work.visit.trail.go(AtAsking{ticket, work.context.now.steady});
  work.context.order(AskProgress{ticket, work.visit.number, std::move(proof)});
}

void take_code(const Work& work, domain::ReceiptCode code) {
  work.at<AtNumber>()->typed = code.number;
  work.visit.number = std::move(code.number);
  work.visit.trail.go(AtProof{});
  if (code.lookup_secret.empty()) return;
  *work.at<AtProof>() = {code.lookup_secret, ProgressInputProblem::none};
  ask(work, std::move(code.lookup_secret));
}

void confirm(const Work& work, AtNumber& at) {
  if (auto code = domain::read_receipt_code(at.typed)) return take_code(work, std::move(*code));
  auto number = domain::case_number_from(at.typed);
  at.problem = number.empty()                        ? ProgressInputProblem::missing
               : !domain::may_be_case_number(number) ? ProgressInputProblem::incomplete
                                                     : ProgressInputProblem::none;
  if (at.problem != ProgressInputProblem::none) return;
  work.visit.number = std::move(number);
  work.visit.trail.go(AtProof{});
}

void confirm(const Work& work, AtProof& at) {
  at.problem = at.typed.empty()                                 ? ProgressInputProblem::missing
               : at.typed.size() != domain::kLookupSecretLength ? ProgressInputProblem::incomplete
                                                                : ProgressInputProblem::none;
  if (at.problem == ProgressInputProblem::none) ask(work, at.typed);
}

/// Again, from the page that says it did not work.
void ask_again(const Work& work) {
  leave_to_proof(work.visit.trail);
  if (auto* at = work.at<AtProof>()) confirm(work, *at);
}

void typed_number(const Work& work, AtNumber& at, const std::string& text) {
  if (domain::length_of(text) > kLongestNumber) return;
  at = {text, ProgressInputProblem::none};
  auto code = domain::read_receipt_code(text);
  if (code && !code->lookup_secret.empty()) take_code(work, std::move(*code));
}

/// Whoever types a whole ID number means its end.
void typed_proof(AtProof& at, const std::string& text) {
  if (domain::length_of(text) > kMostTyped) return;
  const std::string tidied = domain::tidy_number(text);
  at = {tidied.substr(0, domain::kLookupSecretLength), ProgressInputProblem::none};
}

Told on(const Work& work, const WentBack&) {
  if (const auto* asking = work.at<AtAsking>()) work.context.order(CancelProgress{asking->ticket});
  if (!work.at<AtNumber>() && !work.at<AtProof>()) return leave_to_proof(work.visit.trail), Stay{};
  return work.visit.trail.back() ? Told{Stay{}} : Told{Back{}};
}
Told on(const Work& work, const WentOn&) {
  if (auto* number = work.at<AtNumber>()) confirm(work, *number);
  else if (auto* proof = work.at<AtProof>()) confirm(work, *proof);
  else if (const auto* failed = work.at<AtFailed>(); failed && failed->problem != ProgressProblem::too_many)
    ask_again(work);
  return Stay{};
}
Told on(const Work& work, const TextChanged& message) {
  if (auto* number = work.at<AtNumber>()) typed_number(work, *number, message.text);
  else if (auto* proof = work.at<AtProof>()) typed_proof(*proof, message.text);
  return Stay{};
}
Told on(const Work&, const ChoiceMade&) { return Stay{}; }
Told on(const Work&, const ListTurned&) { return Stay{}; }
Told on(const Work&, const PrintedSoConfirmed&) { return Stay{}; }

void show_problem(const Work& work, ProgressProblem problem) {
  if (problem != ProgressProblem::not_theirs) {
    work.visit.trail.step = AtFailed{problem};
    return;
  }
  leave_to_proof(work.visit.trail);
  if (auto* at = work.at<AtProof>()) at->problem = ProgressInputProblem::not_theirs;
}

}  // namespace

bool is_same_question(const Step& a, const Step& b) {
  const bool is_question = std::holds_alternative<AtNumber>(a) || std::holds_alternative<AtProof>(a);
  return is_question && a.index() == b.index();
}

void take_typed(Step& next, Step& left) {
  next = std::move(left);
  // What was said of it may have been the number's fault, which was changed since.
  if (auto* proof = std::get_if<AtProof>(&next)) proof->problem = ProgressInputProblem::none;
}

Told update(Context& context, Visit& visit, const Gesture& gesture) {
  return std::visit([&](const auto& fact) { return on(Work{context, visit}, fact); }, gesture);
}

Told update(Context& context, Visit& visit, const Answer& answer) {
  const Work work{context, visit};
  const auto* asking = work.at<AtAsking>();
  const auto ticket = std::visit([](const auto& fact) { return fact.ticket; }, answer);
  if (!asking || asking->ticket != ticket) return Stay{};
  if (const auto* found = std::get_if<ProgressFound>(&answer)) visit.trail.step = AtShown{found->standing};
  else show_problem(work, std::get<ProgressNotFound>(answer).problem);
  return Stay{};
}

Told update(Context&, Visit& visit, const Finished&) { return is_over(visit) ? Told{Done<Nothing>{}} : Told{Stay{}}; }

Told update(Context& context, Visit& visit, const Ticked&) {
  const auto at = due(context.hall, visit, context.now);
  if (!at || context.now.steady < *at) return Stay{};
  call_off(context, visit);
  visit.trail.step = AtFailed{ProgressProblem::slow};
  return Stay{};
}

void call_off(Context& context, const Visit& visit) {
  if (const auto* asking = std::get_if<AtAsking>(&visit.trail.step)) context.order(CancelProgress{asking->ticket});
}

bool send_untouched(Context&, Visit&) { return false; }

bool is_over(const Visit& visit) { return std::holds_alternative<AtShown>(visit.trail.step); }
bool holds_clock(const Visit& visit) { return std::holds_alternative<AtAsking>(visit.trail.step); }

std::optional<base::SteadyTime> due(const Hall& hall, const Visit& visit, Now) {
  const auto* asking = std::get_if<AtAsking>(&visit.trail.step);
  return asking ? std::optional(asking->since + hall.enquiry_wait) : std::nullopt;
}

namespace {

struct Show {
  const Looking& look;
  const Visit& visit;
  Seen operator()(const AtNumber& at) const {
    return {page_frame(NextLabel::next), ProgressNumberView{at.typed, at.problem}};
  }
  Seen operator()(const AtProof& at) const {
    return {page_frame(NextLabel::enquire), ProgressProofView{visit.number, at.typed, at.problem}};
  }
  Seen operator()(const AtAsking&) const { return {page_frame({}), ProgressAskingView{}}; }
  Seen operator()(const AtFailed& at) const {
    const bool may_ask_again = at.problem != ProgressProblem::too_many;
    return {page_frame(may_ask_again ? std::optional(NextLabel::try_again) : std::nullopt),
            ProgressFailedView{at.problem}};
  }
  Seen operator()(const AtShown& at) const {
    const auto procedure = domain::procedure_for(*look.hall.catalogue, at.standing.procedure);
    ProgressView view;
    view.standing = at.standing;
    view.procedure = procedure ? procedure->name : at.standing.procedure_name;
    view.lacks = lacks_of(procedure ? &*procedure : nullptr, at.standing.lacks);
    if (procedure) {
      view.window = procedure->window;
      view.consult = procedure->consult;
    }
    return {{.back = true, .next = NextLabel::finish}, std::move(view)};
  }
};

}  // namespace

Seen see(const Looking& look, const Visit& visit) {
  return std::visit([&](const auto& at) { return Show{look, visit}(at); }, visit.trail.step);
}

}  // namespace bangwu::session::progress
