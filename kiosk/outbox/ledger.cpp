#include "outbox/store.h"

namespace bangwu::outbox {
using base::Result;

namespace {

constexpr const char* kForgetOld = "DELETE FROM items WHERE state = 4 AND is_cleared = 1 AND delivered_at < ?";
constexpr const char* kIsUsed = "SELECT 1 FROM attachments WHERE sha256 = ? LIMIT 1";

}  // namespace

Result<std::size_t> Outbox::forget_old(base::SystemTime now) {
  return store_->insist([&] { return store_->database.prepare(kForgetOld).bind(stored(now - kLedgerAge)).run(); });
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
