#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "cases/event_json.h"
#include "cases/first_answer.h"
#include "domain/casework.h"
#include "store/transaction.h"

namespace bangwu::cases {

/// A case with all that happened to it.
struct CaseFile {
  store::CaseRow row;
  std::vector<DatedEvent> events;
  domain::Case current;  ///< derived from the events
  bool operator==(const CaseFile&) const = default;
};

/// Who sent the application, for the case's row.
struct Origin {
  std::string envelope, kiosk, provisional_number;
};

/// Opens a case inside the caller's transaction: a number of the day ("WJ", the hall's date, six digits or more), its
/// row, its first events. Returns the number. A provisional number that another case has stays with that one.
[[nodiscard]] base::Result<std::string> open_case(store::Transaction& transaction, const Origin& origin,
                                                  const FirstAnswer& answer, base::SystemTime now);

/// By case number or provisional number; nothing if there is none. Events that do not read are `corrupt`.
[[nodiscard]] base::Result<std::optional<CaseFile>> find_case(store::Cases& cases, std::string_view number);

/// Checks the chain of the case's events and that its row says what they say; `corrupt` names the case and the event.
[[nodiscard]] base::Result<void> check_case(store::Cases& cases, const store::CaseRow& row);

}  // namespace bangwu::cases
