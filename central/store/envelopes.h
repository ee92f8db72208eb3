#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// An envelope as it came (`wire`: its body is sealed, and opened in memory only by who may) and the one answer it gets
/// for ever (`receipt`).
struct EnvelopeRow {
  std::string id, kiosk;
  std::uint64_t sequence = 0;
  std::string kind;
  int format = 1;  ///< of the wire: 1 or 2
  std::string manifest_hash;
  /// Of what stays equal when the same content is signed anew: all but kiosk, sequence and signature. Nothing for rows
  /// of schema version 1: it can be made from `wire`.
  std::optional<std::string> content_hash;
  base::SystemTime received_at;
  std::optional<std::string> depends_on;
  std::string wire, receipt;
  bool operator==(const EnvelopeRow&) const = default;
};

/// How many of one kiosk are stored.
struct KioskCount {
  std::string kiosk;
  std::uint64_t count = 0, highest = 0;  ///< `highest` sequence
  bool operator==(const KioskCount&) const = default;
};

/// How far one kiosk's sequences go, 0 for a kiosk without any: all up to `unbroken` are there.
struct Extent {
  std::uint64_t highest = 0, unbroken = 0;
  bool operator==(const Extent&) const = default;
};

/// Envelopes inside a transaction. Errors: as in transaction.h.
class Envelopes {
 public:
  using Visit = std::function<base::Result<void>(const EnvelopeRow&)>;
  explicit Envelopes(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> add(const EnvelopeRow& envelope);
  [[nodiscard]] base::Result<std::optional<EnvelopeRow>> find(std::string_view id);
  [[nodiscard]] base::Result<bool> has(std::string_view id);
  /// The id of the kiosk's envelope with this sequence.
  [[nodiscard]] base::Result<std::optional<std::string>> in_sequence(std::string_view kiosk, std::uint64_t sequence);
  [[nodiscard]] base::Result<bool> has_any();
  [[nodiscard]] base::Result<std::uint64_t> count();
  [[nodiscard]] base::Result<std::vector<KioskCount>> count_by_kiosk();  ///< looks through all of them
  [[nodiscard]] base::Result<Extent> extent_of(std::string_view kiosk);  ///< looks through all of that kiosk
  /// When the last one was stored; looks through all of them.
  [[nodiscard]] base::Result<std::optional<base::SystemTime>> latest_arrival();
  /// Puts the wire form without its sealed key in the place of the whole one: erasure.
  [[nodiscard]] base::Result<void> replace_wire(std::string_view id, std::string_view wire);
  /// Every envelope by id, some of them in memory at a time; stops at the first error `visit` returns. `visit` may
  /// read in the same transaction.
  [[nodiscard]] base::Result<void> each(const Visit& visit);
  /// What the kiosk's latest `most` envelopes came as, latest first, one in memory at a time. No further statement
  /// inside a visit.
  [[nodiscard]] base::Result<void> latest_wires(
      std::string_view kiosk, std::size_t most,
      const std::function<base::Result<void>(const std::string& wire)>& visit);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
