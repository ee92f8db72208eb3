#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// What is looked up of a case without reading its events; `state` says what they say.
struct CaseRow {
  std::string number;
  std::string provisional_number;  ///< of the envelope that opened it; empty if another case has it
  std::string envelope, kiosk, procedure, state;
  base::SystemTime received_at;
  bool operator==(const CaseRow&) const = default;
};
/// One link of a case's chain: `hash` = SHA-256(previous hash in hex || body), the first with 64 zeros before it.
struct EventRow {
  std::string case_number;
  std::uint64_t sequence = 0;  ///< from 1, without gaps
  std::string body;            ///< canonical JSON: what happened, its version, its actor
  std::string hash;
  base::SystemTime at;
  bool operator==(const EventRow&) const = default;
};

/// Cases, their events and what they are searched by, inside a transaction. Errors: as in transaction.h.
class Cases {
 public:
  using Visit = std::function<base::Result<void>(const CaseRow&)>;
  explicit Cases(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> add(const CaseRow& row);
  /// By case number or provisional number.
  [[nodiscard]] base::Result<std::optional<CaseRow>> by_number(std::string_view number);
  [[nodiscard]] base::Result<std::optional<CaseRow>> of_envelope(std::string_view envelope);
  /// The first `most` cases, by number, behind `last` (empty: from the beginning).
  [[nodiscard]] base::Result<std::vector<CaseRow>> after(std::string_view last, std::size_t most);
  /// Every case by number, some of them in memory at a time; stops at the first error `visit` returns. `visit` may read
  /// in the same transaction.
  [[nodiscard]] base::Result<void> each(const Visit& visit);
  [[nodiscard]] base::Result<void> set_state(std::string_view number, std::string_view state);

  /// Adds `events` behind event `expected_sequence` (0: the case has none yet); theirs must follow it without a gap.
  /// `conflict` if the case has moved on meanwhile: read it again and decide again. Events are only ever added: the
  /// database itself refuses to change or delete one.
  [[nodiscard]] base::Result<void> append(std::string_view number, std::uint64_t expected_sequence,
                                          std::span<const EventRow> events);
  [[nodiscard]] base::Result<std::vector<EventRow>> events(std::string_view number);

  /// Lets the case be found by what a person knows; `keyed_hash` is an HMAC under a key that is not in the database.
  [[nodiscard]] base::Result<void> add_search_key(std::string_view number, std::string_view kind,
                                                  std::string_view keyed_hash);
  /// From now on the case is found by its number only.
  [[nodiscard]] base::Result<void> remove_search_keys(std::string_view number);
  /// Numbers of the cases that have it.
  [[nodiscard]] base::Result<std::vector<std::string>> by_search_key(std::string_view kind,
                                                                     std::string_view keyed_hash);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
