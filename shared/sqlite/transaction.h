#pragma once
#include "base/result.h"
#include "sqlite/connection.h"

namespace bangwu::sqlite {

/// A write transaction, taken at once; rolled back unless committed. When commit() has returned it is on the disk.
/// The connection outlives it.
class Transaction {
 public:
  [[nodiscard]] static base::Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] base::Result<void> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace bangwu::sqlite
