#include "base/log.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

constexpr const char* kLastNumber = "SELECT seq FROM sqlite_sequence WHERE name = 'items'";
constexpr const char* kSetLastNumber = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'items'";
constexpr const char* kAddLastNumber = "INSERT INTO sqlite_sequence (name, seq) VALUES ('items', ?)";
constexpr const char* kLastSequence = "SELECT last_sequence FROM identities WHERE kiosk = ?";
constexpr const char* kSetLastSequence =
    "INSERT INTO identities (kiosk, last_sequence) VALUES (?, ?) "
    "ON CONFLICT (kiosk) DO UPDATE SET last_sequence = max(last_sequence, excluded.last_sequence)";

Result<std::int64_t> integer_of(sqlite::Statement query) {
  const auto row = query.step();
  if (!row) return tl::unexpected(row.error());
  return *row ? query.integer(0) : 0;
}

}  // namespace

Result<Promised> promised_by(sqlite::Connection& database, const std::string& kiosk) {
  const auto number = integer_of(database.prepare(kLastNumber));
  if (!number) return tl::unexpected(number.error());
  auto query = database.prepare(kLastSequence);
  query.bind(kiosk);
  const auto sequence = integer_of(std::move(query));
  if (!sequence) return tl::unexpected(sequence.error());
  return Promised{.number = *number, .kiosk = kiosk, .sequence = static_cast<std::uint64_t>(*sequence)};
}

Result<void> count_on_from(sqlite::Connection& database, const Promised& promised) {
  const auto set = database.prepare(kSetLastNumber).bind(promised.number).run();
  if (!set) return tl::unexpected(set.error());
  if (*set == 0) {
    if (const auto added = database.prepare(kAddLastNumber).bind(promised.number).run(); !added) {
      return tl::unexpected(added.error());
    }
  }
  if (promised.kiosk.empty()) return {};
  const auto sequence = static_cast<std::int64_t>(promised.sequence);
  if (const auto done = database.prepare(kSetLastSequence).bind(promised.kiosk, sequence).run(); !done) {
    return tl::unexpected(done.error());
  }
  return {};
}

Result<void> Outbox::Store::check_promises() {
  const auto promised = mark.read();
  if (!promised && promised.error().code != ErrorCode::corrupt) return tl::unexpected(promised.error());
  const std::string kiosk = promised && *promised ? (*promised)->kiosk : identity ? identity->kiosk : "";
  const auto kept = promised_by(database, kiosk);
  if (!kept) return tl::unexpected(kept.error());
  // The mark is damaged, and the database as if new: then it cannot be told from one that was lost.
  if (!promised && kept->number == 0) return tl::unexpected(promised.error());
  if (promised && *promised && ((*promised)->number > kept->number || (*promised)->sequence > kept->sequence)) {
    return base::fail(ErrorCode::corrupt, place.database().string() + " knows " + std::to_string(kept->number) +
                                              " items, but " + std::to_string((*promised)->number) +
                                              " were promised: it was lost, cut, or put back from an older copy");
  }
  return mark.raise(*kept);
}

/// The item is stored whatever becomes of this: a failure costs the second net, not the first.
void Outbox::Store::note_promise() {
  const auto moved = database.write_back();
  if (!moved && moved.error().code != ErrorCode::busy) {
    base::log(base::LogLevel::error, "outbox.log_not_moved", {{"detail", moved.error().detail}});
  }
  auto noted = promised_by(database, identity ? identity->kiosk : "").and_then([&](const Promised& promised) {
    return mark.raise(promised);
  });
  if (!noted) base::log(base::LogLevel::error, "outbox.mark_not_raised", {{"detail", noted.error().detail}});
  has_promised = !moved || !noted;
}

Result<bool> Outbox::learn_sequence(std::uint64_t seen_by_central) {
  if (auto enrolled = store_->need_identity(); !enrolled) return tl::unexpected(std::move(enrolled).error());
  auto learnt = store_->insist([&]() -> Result<bool> {
    auto transaction = sqlite::Transaction::begin(store_->database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    auto known = promised_by(store_->database, store_->identity->kiosk);
    if (!known) return tl::unexpected(std::move(known).error());
    if (known->sequence >= seen_by_central) return false;
    known->sequence = seen_by_central;
    if (auto counted = count_on_from(store_->database, *known); !counted) return tl::unexpected(counted.error());
    if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
    return true;
  });
  if (learnt && *learnt) store_->note_promise();
  return learnt;
}

}  // namespace bangwu::outbox
