#include "store/integrity.h"

#include <array>

#include "sqlite/connection.h"
#include "store/postgres_connection.h"
#include "store/postgres_sql.h"
#include "store/sqlite_sql.h"

namespace bangwu::store {
namespace {

using Findings = base::Result<std::vector<std::string>>;

/// Each row one finding. A statement that meets damage has found some.
base::Result<void> look(Sql& sql, const char* statement, std::vector<std::string>& findings) {
  const auto rows = all_rows(sql, statement, {}, [](const Row& row) { return row.text(0); });
  if (rows) findings.insert(findings.end(), rows->begin(), rows->end());
  else if (rows.error().code == base::ErrorCode::corrupt) findings.push_back(rows.error().detail);
  else return tl::unexpected(rows.error());
  return {};
}

Findings look_at_all(Sql& sql, std::span<const char* const> statements) {
  std::vector<std::string> findings;
  for (const char* statement : statements) {
    if (auto looked = look(sql, statement, findings); !looked) return tl::unexpected(looked.error());
  }
  return findings;
}

constexpr std::array kSqliteLooks{
    "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "SELECT 'a row of ' || \"table\" || ' refers to one that is not in ' || parent FROM pragma_foreign_key_check",
    "SELECT 'the guard ' || column1 || ' is missing' FROM (VALUES ('event_is_never_changed'), "
    "('event_is_never_deleted'), ('event_follows_the_last')) WHERE column1 NOT IN "
    "(SELECT name FROM sqlite_master WHERE type = 'trigger')"};

constexpr std::array kPostgresLooks{
    "SELECT 'a count is negative' FROM (SELECT (SELECT count(*) FROM enrolment_code WHERE name IS NOT NULL) + "
    "(SELECT count(*) FROM kiosk WHERE name IS NOT NULL) + (SELECT count(*) FROM kiosk_key WHERE device_key IS NOT "
    "NULL) "
    "+ (SELECT count(*) FROM envelope WHERE length(wire) + length(receipt) >= 0) + (SELECT count(*) FROM case_file "
    "WHERE "
    "state IS NOT NULL) + (SELECT count(*) FROM event WHERE length(body) >= 0) + (SELECT count(*) FROM rating WHERE "
    "level "
    "IS NOT NULL) + (SELECT count(*) FROM search_key WHERE keyed_hash IS NOT NULL) AS read) AS all_rows WHERE read < 0",
    "SELECT 'index ' || c.relname || ' is invalid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace",
    "SELECT 'constraint ' || conname || ' is not enforced' FROM pg_constraint WHERE NOT convalidated AND "
    "connamespace = current_schema()::regnamespace",
    "SELECT 'the guard ' || column1 || ' is missing or off' FROM (VALUES ('event_is_never_changed'), "
    "('event_is_never_emptied'), ('event_follows_the_last')) AS guards WHERE column1 NOT IN (SELECT tgname::text "
    "FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgrelid = 'event'::regclass)"};

}  // namespace

Findings damage_of_sqlite(const std::filesystem::path& file) {
  auto connection = sqlite::Connection::open(
      file, {.name = "database", .missing = sqlite::Missing::refuse, .more = "PRAGMA query_only=ON;"});
  if (!connection && connection.error().code == base::ErrorCode::corrupt)
    return std::vector<std::string>{connection.error().detail};
  if (!connection) return tl::unexpected(connection.error());
  SqliteSql sql(*connection);
  return look_at_all(sql, kSqliteLooks);
}

Findings damage_of_postgres(const std::string& database) {
  auto connection = PostgresConnection::open(database);
  if (!connection) return tl::unexpected(connection.error());
  PostgresSql sql(**connection);
  return look_at_all(sql, kPostgresLooks);
}

}  // namespace bangwu::store
