#include "outbox/statements.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::Result;

namespace {

// What the clock says alone would let one wrong start, years ahead, erase the ledger: a line must also have lived so
// many days of the queue's own. Such a day passes when the clock has moved by most of one, whichever way and however
// far.
constexpr const char* kPassADay =
    "UPDATE state SET ledger_day = ledger_day + 1, ledger_day_began = ?1 WHERE abs(?1 - ledger_day_began) >= ?2";
constexpr const char* kForgetOld =
    "DELETE FROM items WHERE state = 4 AND is_cleared = 1 AND is_kept = 0 AND delivered_at < ? "
    "AND delivered_on + ? <= (SELECT ledger_day FROM state)";
constexpr std::chrono::milliseconds kMostOfADay = std::chrono::hours{20};

}  // namespace

Result<std::size_t> Outbox::forget_old(base::SystemTime now) {
  return store_->insist([&]() -> Result<std::size_t> {
    sqlite::Connection& database = store_->database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    const auto passed = database.prepare(kPassADay).bind(now, std::int64_t{kMostOfADay.count()}).run();
    if (!passed) return passed;
    auto forgotten = database.prepare(kForgetOld).bind(now - kLedgerAge, std::int64_t{kLedgerAge.count()}).run();
    if (!forgotten) return forgotten;
    if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
    return forgotten;
  });
}

Result<std::size_t> Outbox::sweep_blobs() {
  sqlite::Connection& database = store_->database;
  // The lock keeps other connections from accepting an item whose blob is looked at now.
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  std::optional<base::Error> error;
  const auto is_used = [&](std::string_view sha256) {
    const auto row = database.prepare(kIsUsed).bind(sha256).step();
    if (!row) error = row.error();
    return error || *row;  // in doubt it stays
  };
  const auto removed = store_->blobs.sweep(is_used);
  if (error) return tl::unexpected(*error);
  return removed;
}

}  // namespace bangwu::outbox
