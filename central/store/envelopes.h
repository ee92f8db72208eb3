#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/attachments.h"

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

/// All that decides about an envelope before anything new of it is looked at.
struct Standing {
  struct Sender {
    std::optional<base::SystemTime> revoked_at;
    std::string revoked_why;
  };
  std::optional<Sender> sender;      ///< nothing: no kiosk has this id
  std::optional<EnvelopeRow> known;  ///< the envelope itself, if it is there
  std::optional<std::string> twin;   ///< the id of the kiosk's envelope with this sequence
  bool has_dependency = false;       ///< what it depends on is there
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
  explicit Envelopes(Sql& sql) : sql_(sql) {}

  /// With the blobs it refers to: one that is named twice counts once.
  [[nodiscard]] base::Result<void> add(const EnvelopeRow& envelope, std::span<const BlobRow> blobs = {});
  /// In one question to the database.
  [[nodiscard]] base::Result<Standing> standing(std::string_view id, std::string_view kiosk, std::uint64_t sequence,
                                                const std::optional<std::string>& depends_on);
  [[nodiscard]] base::Result<std::optional<EnvelopeRow>> find(std::string_view id);
  [[nodiscard]] base::Result<bool> has(std::string_view id);
  /// The id of the kiosk's envelope with this sequence.
  [[nodiscard]] base::Result<std::optional<std::string>> in_sequence(std::string_view kiosk, std::uint64_t sequence);
  [[nodiscard]] base::Result<bool> has_any();
  [[nodiscard]] base::Result<std::uint64_t> count();
  [[nodiscard]] base::Result<std::vector<KioskCount>> count_by_kiosk();  ///< looks through all of them
  [[nodiscard]] base::Result<Extent> extent_of(std::string_view kiosk);  ///< looks through all of that kiosk
  /// Of one kiosk, the lowest sequence that came at `since` or later; nothing if all came before.
  [[nodiscard]] base::Result<std::optional<std::uint64_t>> first_since(std::string_view kiosk, base::SystemTime since);
  /// When the last one was stored.
  [[nodiscard]] base::Result<std::optional<base::SystemTime>> latest_arrival();
  /// The same without those whose arrival was noted by a clock that a person called wrong.
  [[nodiscard]] base::Result<std::optional<base::SystemTime>> latest_believed_arrival();
  /// A person says that the clock was wrong when it named a time after `now`. Returns how many envelopes have one.
  [[nodiscard]] base::Result<std::uint64_t> mark_misdated(base::SystemTime now);
  [[nodiscard]] base::Result<bool> is_misdated(std::string_view id);
  /// Puts the wire form without its sealed key in the place of the whole one: erasure.
  [[nodiscard]] base::Result<void> replace_wire(std::string_view id, std::string_view wire);
  /// The first `most` envelopes, by id, behind `last` (empty: from the beginning).
  [[nodiscard]] base::Result<std::vector<EnvelopeRow>> after(std::string_view last, std::size_t most);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
