#include "sqlite/migrate.h"

#include <string>

#include "sqlite/transaction.h"

namespace bangwu::sqlite {
using base::Result;

namespace {

Result<std::int64_t> version_of(Connection& connection) {
  auto query = connection.prepare("PRAGMA user_version");
  const auto row = query.step();
  if (!row) return tl::unexpected(row.error());
  return query.integer(0);
}

Result<void> take_step(Connection& connection, std::size_t index, const char* step) {
  auto transaction = Transaction::begin(connection);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  // Another connection may have taken it while this one waited.
  const auto version = version_of(connection);
  if (!version) return tl::unexpected(version.error());
  if (*version > static_cast<std::int64_t>(index)) return {};
  if (auto done = connection.execute(step); !done) return done;
  // PRAGMA takes no parameter; the number is our own.
  const std::string mark = "PRAGMA user_version=" + std::to_string(index + 1);
  if (auto marked = connection.execute(mark.c_str()); !marked) return marked;
  return transaction->commit();
}

}  // namespace

Result<void> migrate(Connection& connection, std::span<const char* const> steps) {
  const auto version = version_of(connection);
  if (!version) return tl::unexpected(version.error());
  if (*version > static_cast<std::int64_t>(steps.size())) {
    return base::fail(base::ErrorCode::unsupported, "the database has schema version " + std::to_string(*version) +
                                                        ", this program knows " + std::to_string(steps.size()) +
                                                        ": install the newer program again");
  }
  for (auto i = static_cast<std::size_t>(*version); i < steps.size(); ++i) {
    if (auto taken = take_step(connection, i, steps[i]); !taken) return taken;
  }
  return {};
}

}  // namespace bangwu::sqlite
