#include "sqlite/transaction.h"

#include <utility>

namespace bangwu::sqlite {
using base::Result;

Result<Transaction> Transaction::begin(Connection& connection) {
  auto begun = connection.prepare("BEGIN IMMEDIATE").run();
  if (!begun) return tl::unexpected(std::move(begun).error());
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  // Some errors have rolled back already. A failed rollback leaves the connection to SQLite, which rolls back on close.
  if (connection_ == nullptr || !connection_->is_in_transaction()) return;
  [[maybe_unused]] const auto rolled_back = connection_->prepare("ROLLBACK").run();
}

Result<void> Transaction::commit() {
  auto committed = connection_->prepare("COMMIT").run();
  if (!committed) return tl::unexpected(std::move(committed).error());
  connection_ = nullptr;
  return {};
}

}  // namespace bangwu::sqlite
