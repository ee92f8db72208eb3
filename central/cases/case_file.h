#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "cases/event_json.h"
#include "cases/first_answer.h"
#include "domain/cases/application.h"
#include "store/store.h"

namespace bangwu::cases {

/// A case with all that happened to it.
struct CaseFile {
  store::CaseRow row;
  std::vector<domain::cases::Recorded> events;
  std::vector<std::string> hashes;  ///< of the chain, one an event
  domain::cases::Case current;      ///< derived from the events
  bool operator==(const CaseFile&) const = default;
};

/// Who sent the application, for the case's row.
struct Origin {
  std::string envelope, kiosk, provisional_number;
  std::string number{};  ///< that the applicant was told before the service lost the case; empty: the next
};
struct Opening {
  std::string number;
  std::string head{};                   ///< hash of the last of its first events: the record that the receipt signs
  bool has_provisional_number = false;  ///< false: another case had it before
};

/// Opens a case inside the caller's transaction: a number of the day of arrival ("WJ", the hall's date, six digits or
/// more), its row, its first events. A provisional number that another case has stays with that one.
[[nodiscard]] base::Result<Opening> open_case(store::Transaction& transaction, const Origin& origin,
                                              const FirstAnswer& answer, base::SystemTime now);

/// For a database that may have forgotten numbers: none that can have been given today before `now` is given again. A
/// hall gives far fewer than ten in a second, so counting goes on at ten for each second the day has lasted: this holds
/// for a second restoration on the same day too. Other days' numbers are given no more.
[[nodiscard]] base::Result<void> leave_out_numbers(store::Transaction& transaction, base::SystemTime now);

/// How far a case had come when somebody decided what to do with it: the number of its events.
struct Seen {
  std::uint64_t events = 0;
};

/// The only door through which something happens to a case once it is open: judged by domain::cases::decide, appended
/// to its chain, durable when it has returned. `not_found`; `invalid_input` with the refusal's name; `conflict` if
/// somebody else acted since `seen`, or at the same time: read the case again and decide again.
[[nodiscard]] base::Result<CaseFile> act(store::Store& store, std::string_view number,
                                         const domain::cases::Command& command, const domain::cases::Actor& by,
                                         base::SystemTime now, std::optional<Seen> seen = std::nullopt);

/// The row with its events, whose chain is checked; `corrupt` names the case and the event, also when the row does not
/// say what the events say.
[[nodiscard]] base::Result<CaseFile> read_case(store::Transaction& transaction, const store::CaseRow& row);
/// By case number or provisional number as they are kept; nothing if there is none.
[[nodiscard]] base::Result<std::optional<CaseFile>> find_case(store::Transaction& transaction, std::string_view number);

}  // namespace bangwu::cases
