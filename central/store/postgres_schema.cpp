#include "store/postgres_schema.h"

#include <array>
#include <string>

#include "store/schema.h"
#include "store/schema_files.h"

namespace bangwu::store {
namespace {

using base::ErrorCode;
using base::Result;

/// What makes each version; PostgreSQL begins with the second.
constexpr int kFirstVersion = 2;
constexpr std::array<const char*, kSchemaVersion - kFirstVersion + 1> kVersions = {files::postgres_2, files::postgres_3,
                                                                                   files::postgres_4};

Result<std::string> ask(PostgresConnection& connection, const char* sql) {
  std::string answer;
  connection.queue(sql, {});
  auto asked = connection.settle([&](const Row& row) -> Result<void> {
    answer = row.text(0);
    return {};
  });
  if (!asked) return tl::unexpected(asked.error());
  return answer;
}

/// 0: it has none.
Result<int> version_of(PostgresConnection& connection) {
  const auto table = ask(connection, "SELECT COALESCE(to_regclass('schema_version')::text, '')");
  if (!table) return tl::unexpected(table.error());
  if (table->empty()) return 0;
  const auto version = ask(connection, "SELECT version FROM schema_version");
  if (!version) return tl::unexpected(version.error());
  return version->empty() ? 0 : std::stoi(*version);
}

Result<void> take_step(PostgresConnection& connection, int version) {
  const char* step = kVersions[static_cast<std::size_t>(version - kFirstVersion)];
  const std::string script = std::string("BEGIN;\nSET LOCAL statement_timeout = 0;\n") + step +
                             "\nDELETE FROM schema_version;\n" + "INSERT INTO schema_version VALUES (" +
                             std::to_string(version) + ");\nCOMMIT;";
  auto done = connection.script(script.c_str());
  if (!done && !connection.is_lost()) {
    // The first error is the one worth telling.
    [[maybe_unused]] const auto rolled_back = connection.script("ROLLBACK");
  }
  return done;
}

Result<void> take_steps(PostgresConnection& connection, OpenMode mode) {
  const auto version = version_of(connection);
  if (!version) return tl::unexpected(version.error());
  if (*version == 0 && mode == OpenMode::existing) {
    return base::fail(ErrorCode::not_found,
                      "the PostgreSQL database is empty: name the one that a central service was started with");
  }
  if (*version > kSchemaVersion) {
    return base::fail(ErrorCode::unsupported, "the database has schema version " + std::to_string(*version) +
                                                  ", this program knows " + std::to_string(kSchemaVersion) +
                                                  ": install the newer program again");
  }
  for (int next = std::max(*version + 1, kFirstVersion); next <= kSchemaVersion; ++next) {
    if (auto taken = take_step(connection, next); !taken) return taken;
  }
  return {};
}

}  // namespace

Result<void> migrate(PostgresConnection& connection, OpenMode mode) {
  const auto encoding = ask(connection, "SHOW server_encoding");
  if (!encoding) return tl::unexpected(encoding.error());
  if (*encoding != "UTF8") {
    return base::fail(ErrorCode::unsupported, "the PostgreSQL database keeps text as " + *encoding +
                                                  ": make it anew with CREATE DATABASE … ENCODING 'UTF8'");
  }
  // Held by the connection, whatever transactions come and go.
  if (auto locked = connection.script("SELECT pg_advisory_lock(hashtext('bangwu schema'))"); !locked) return locked;
  auto done = take_steps(connection, mode);
  if (connection.is_lost()) return done;
  auto unlocked = connection.script("SELECT pg_advisory_unlock(hashtext('bangwu schema'))");
  return done ? unlocked : done;
}

}  // namespace bangwu::store
