#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "domain/assessment.h"

namespace bangwu::domain {

/// Where a case (办件) stands. Derived from its events, never set by hand.
enum class CaseState {
  accepted,           ///< 已受理
  in_review,          ///< 已收到，窗口审核中
  correction_needed,  ///< 待补正
  not_accepted,       ///< 不予受理
};

/// An application arrived and was answered at once (Article 9).
struct CaseReceived {
  std::string procedure;       ///< the item's or the bundle's code, as the applicant chose it
  std::string procedure_name;  ///< as the catalogue called it that day; empty if it did not know the code
  Outcome outcome = Outcome::in_review;
  std::vector<Lack> lacks;                         ///< all that lacks, told at once (行政许可法 第三十二条)
  std::chrono::year_month_day received_on;         ///< the hall's date
  std::optional<std::chrono::year_month_day> due;  ///< last day of the promised limit; only while it runs
  bool due_is_provisional = false;
  bool operator==(const CaseReceived&) const = default;
};

/// Why a note stands in a case.
enum class NoteTopic {
  unknown_procedure,  ///< the code is not in the central catalogue: a window must look at it and the catalogue be
                      ///< updated
};
struct CaseNoted {
  NoteTopic topic = NoteTopic::unknown_procedure;
  std::string about;  ///< e.g. the code; never an applicant's data
  bool operator==(const CaseNoted&) const = default;
};

/// What happened to a case. Events are only ever added; the chain of their hashes is kept by room cases.
using CaseEvent = std::variant<CaseReceived, CaseNoted>;

/// A step as an applicant sees it.
enum class CaseStep { received, accepted, in_review, correction_needed, not_accepted };
struct DatedStep {
  CaseStep step = CaseStep::received;
  base::SystemTime at;
  bool operator==(const DatedStep&) const = default;
};

struct Case {
  std::string procedure, procedure_name;
  CaseState state = CaseState::in_review;
  Outcome outcome = Outcome::in_review;
  std::vector<Lack> lacks;
  std::chrono::year_month_day received_on;
  std::optional<std::chrono::year_month_day> due;
  bool due_is_provisional = false;
  std::vector<DatedStep> steps;
  std::vector<CaseNoted> notes;
  bool operator==(const Case&) const = default;
};

/// Orders a case may be given.
struct ReceiveApplication {
  CaseReceived received;
  bool operator==(const ReceiveApplication&) const = default;
};
struct AddNote {
  CaseNoted note;
  bool operator==(const AddNote&) const = default;
};
using CaseCommand = std::variant<ReceiveApplication, AddNote>;

enum class CaseRefusal {
  already_received,    ///< a case is received once
  not_received_yet,    ///< nothing can happen to a case that was not received
  due_without_run,     ///< a due date belongs to an accepted case or one in review only
  lacks_do_not_match,  ///< correction is asked for exactly when something lacks
};

/// What an order would add to the case's events; nothing is changed. `current` is empty for a case that has no events.
[[nodiscard]] tl::expected<std::vector<CaseEvent>, CaseRefusal> decide(const std::optional<Case>& current,
                                                                       const CaseCommand& command);
/// The case after one more event. Total: an event that was stored once always applies.
[[nodiscard]] Case apply(std::optional<Case> current, const CaseEvent& event, base::SystemTime at);

[[nodiscard]] const char* name_of(CaseState state);  ///< "in_review"
[[nodiscard]] const char* name_of(CaseStep step);
[[nodiscard]] const char* name_of(NoteTopic topic);
[[nodiscard]] const char* name_of(CaseRefusal refusal);

}  // namespace bangwu::domain
