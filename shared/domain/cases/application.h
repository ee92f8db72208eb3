#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "domain/assessment.h"
#include "domain/cases/actor.h"

namespace bangwu::domain::cases {

/// Where a case (办件) stands. Derived from its events, never set by hand.
enum class State {
  accepted,           ///< 已受理
  in_review,          ///< 已收到，窗口审核中
  correction_needed,  ///< 待补正
  not_accepted,       ///< 不予受理
};

/// An application arrived and was answered at once (Article 9).
struct Received {
  std::string procedure;       ///< the item's or the bundle's code, as the applicant chose it
  std::string procedure_name;  ///< as the catalogue called it that day; empty if it did not know the code
  Outcome outcome = Outcome::in_review;
  std::vector<Lack> lacks;                         ///< all that lacks, told at once (行政许可法 第三十二条)
  std::chrono::year_month_day received_on;         ///< the hall's date that limits run from: of the hand-in
  std::optional<std::chrono::year_month_day> due;  ///< last day of the promised limit; only while it runs
  bool due_is_provisional = false;
  bool operator==(const Received&) const = default;
};

/// Why a note stands in a case.
enum class NoteTopic {
  unknown_procedure,  ///< the code is not in the central catalogue: a window must look at it and the catalogue be
                      ///< updated
  changed_form,       ///< the kiosk asked by another version of the form: a window judges answers and materials
  doubtful_hand_in,   ///< the kiosk's time of the hand-in cannot be true: limits run from the arrival
};
struct Noted {
  NoteTopic topic = NoteTopic::unknown_procedure;
  std::string about;  ///< e.g. the code; never an applicant's data
  bool operator==(const Noted&) const = default;
};

/// What happened to a case. Events are only ever added, and carry nothing of the applicant: names, numbers, words and
/// pages stay in the sealed body.
using Event = std::variant<Received, Noted>;

/// The version of the bytes that events are written in now. 0 had neither version nor actor, and is read for ever.
inline constexpr int kEventVersion = 1;

/// An event as it is kept. The chain of the hashes is kept by room cases.
struct Recorded {
  int version = kEventVersion;
  Event event;
  base::SystemTime at;
  Actor by;
  bool operator==(const Recorded&) const = default;
};

/// A step as an applicant sees it.
enum class Step { received, accepted, in_review, correction_needed, not_accepted };
struct DatedStep {
  Step step = Step::received;
  base::SystemTime at;
  bool operator==(const DatedStep&) const = default;
};

struct Case {
  std::string procedure, procedure_name;
  State state = State::in_review;
  Outcome outcome = Outcome::in_review;
  std::vector<Lack> lacks;
  std::chrono::year_month_day received_on;
  std::optional<std::chrono::year_month_day> due;
  bool due_is_provisional = false;
  std::vector<DatedStep> steps;
  std::vector<Noted> notes;
  bool operator==(const Case&) const = default;
};

/// Orders a case may be given.
struct ReceiveApplication {
  Received received;
  bool operator==(const ReceiveApplication&) const = default;
};
struct AddNote {
  Noted note;
  bool operator==(const AddNote&) const = default;
};
using Command = std::variant<ReceiveApplication, AddNote>;

enum class Refusal {
  already_received,    ///< a case is received once
  not_received_yet,    ///< nothing can happen to a case that was not received
  due_without_run,     ///< a due date belongs to an accepted case or one in review only
  lacks_do_not_match,  ///< correction is asked for exactly when something lacks
  not_theirs_to_do,    ///< who orders it may not: an application is the applicant's, a note is made by rule
};

/// What an order of `by` would add to the case's events; nothing is changed. `current` is empty for a case that has no
/// events.
[[nodiscard]] tl::expected<std::vector<Event>, Refusal> decide(const std::optional<Case>& current,
                                                               const Command& command, const Actor& by);
/// The case after one more event. Total: an event that was stored once always applies.
[[nodiscard]] Case apply(std::optional<Case> current, const Recorded& recorded);

[[nodiscard]] const char* name_of(State state);  ///< "in_review"
[[nodiscard]] const char* name_of(Step step);
[[nodiscard]] const char* name_of(NoteTopic topic);
[[nodiscard]] const char* name_of(Refusal refusal);

}  // namespace bangwu::domain::cases
