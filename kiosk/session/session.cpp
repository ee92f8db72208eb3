#include "session/session.h"

#include <algorithm>
#include <type_traits>

#include "session/flow.h"

namespace bangwu::session {
namespace {

template <class M, std::size_t I = 0>
constexpr std::size_t index_of_message() {
  if constexpr (std::is_same_v<std::variant_alternative_t<I, Message>, M>) return I;
  else return index_of_message<M, I + 1>();
}

// In Message, what a visitor does stands before what the machine finds.
bool is_from_visitor(const Message& message) { return message.index() < index_of_message<Ticked>(); }

}  // namespace

Update update(const Hall& hall, Session session, const Message& message, Now now) {
  Change change{hall, std::move(session), {}, now};
  if (is_from_visitor(message)) change.session.last_touch = now.steady;
  std::visit([&](const auto& fact) { on(change, fact); }, message);
  return {std::move(change.session), std::move(change.effects)};
}

void on(Change& change, const Touched&) {
  auto& overlay = change.session.overlay;
  if (overlay && std::holds_alternative<Countdown>(*overlay)) overlay.reset();
}

void on(Change& change, const LanguagesOpened&) { change.session.overlay = Languages{}; }
void on(Change& change, const HelpOpened&) { change.session.overlay = Help{}; }
void on(Change& change, const OverlayClosed&) { change.session.overlay.reset(); }

void on(Change& change, const LanguageChosen& message) {
  change.session.language = message.language;
  change.session.overlay.reset();
}

void on(Change& change, const HomeAsked&) {
  if (!change.session.visit) return;
  // Nothing was entered on a thank-you page; asking there would only hold people up.
  if (change.at<AtThanks>()) return change.end_visit();
  // What is being stored cannot be taken back any more; what is sent is the envelope's.
  if (change.at<AtSending>() || change.at<AtResult>()) return;
  if (const auto* sign = change.at<AtSign>(); sign && sign->storing) return;
  change.session.overlay = HomeQuestion{};
}

void on(Change& change, const HomeConfirmed&) {
  const auto& overlay = change.session.overlay;
  if (overlay && std::holds_alternative<HomeQuestion>(*overlay)) change.end_visit();
}

void on(Change& change, const EntryChosen& message) {
  const auto& machine = change.session.machine;
  if (!change.at<AtStart>() || !machine.has_room || !machine.enrolled) return;
  change.begin_visit();
  switch (message.entry) {
    case Entry::apply: return change.go(AtDomains{});
    case Entry::bundles: return change.go(AtBundles{});
    case Entry::search: return change.go(AtSearch{});
    case Entry::rate: return change.go(AtRate{});
  }
}

void on(Change& change, const DomainChosen& message) {
  if (change.at<AtDomains>()) change.go(AtItems{message.domain, 0});
}

void on(Change& change, const CodeChosen& message) {
  if (!change.at<AtItems>() && !change.at<AtBundles>() && !change.at<AtSearch>()) return;
  if (domain::procedure_for(*change.hall.catalogue, message.code)) change.go(AtGuide{message.code});
}

void on(Change& change, const ListTurned& message) {
  const auto turn = [&](int& page) { page = std::max(0, page + message.pages); };
  if (auto* items = change.at<AtItems>()) turn(items->page);
  if (auto* bundles = change.at<AtBundles>()) turn(bundles->page);
  if (auto* search = change.at<AtSearch>()) turn(search->page);
  if (auto* files = change.at<AtFiles>()) turn(files->page);
  if (auto* pages = change.at<AtPages>()) turn(pages->page);
  turn_choices(change, message.pages);
}

void on(Change& change, const WentBack&) {
  if (!change.session.visit) return;
  if (change.at<AtCapturing>() || change.at<AtSending>() || change.at<AtResult>() || change.at<AtThanks>()) return;
  if (const auto* sign = change.at<AtSign>(); sign && sign->storing) return;
  keep_answer_if_good(change);
  discard_empty_row(change);
  change.back();
}

void on(Change& change, const WentOn&) {
  if (!change.session.visit) return;
  // One of them at most: the step a part leads to may belong to the next part.
  [[maybe_unused]] const bool known = went_on_identity(change) || went_on_form(change) || went_on_materials(change) ||
                                      went_on_submitting(change) || went_on_rating(change);
}

void on(Change& change, const Finished&) {
  if (change.at<AtResult>() || change.at<AtThanks>()) change.end_visit();
}

void on(Change& change, const MachineChanged& message) { change.session.machine = message; }

}  // namespace bangwu::session
