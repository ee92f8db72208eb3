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
    "('event_is_never_deleted'), ('event_follows_the_last'), ('journal_is_never_changed'), "
    "('journal_is_never_deleted')) WHERE column1 NOT IN "
    "(SELECT name FROM sqlite_master WHERE type = 'trigger')"};

/// Every row of a table, read to its end a page at a time, by its key of up to three columns of text.
struct Reading {
  const char* sql;
  std::size_t keys;
};
constexpr std::array kPostgresReadings{
    Reading{"SELECT code_hash, length(name) FROM enrolment_code WHERE code_hash > $1 ORDER BY code_hash LIMIT 1000", 1},
    Reading{"SELECT id, length(name) FROM kiosk WHERE id > $1 ORDER BY id LIMIT 1000", 1},
    Reading{"SELECT token_hash, length(device_key) FROM kiosk_key WHERE token_hash > $1 ORDER BY token_hash LIMIT 1000",
            1},
    Reading{"SELECT id, length(wire) + length(receipt) FROM envelope WHERE id > $1 ORDER BY id LIMIT 1000", 1},
    Reading{"SELECT sha256, envelope, size FROM attachment WHERE (sha256, envelope) > ($1, $2) "
            "ORDER BY sha256, envelope LIMIT 1000",
            2},
    Reading{"SELECT number, length(state) FROM case_file WHERE number > $1 ORDER BY number LIMIT 1000", 1},
    Reading{"SELECT case_number, sequence, length(body) FROM event WHERE (case_number, sequence) > "
            "($1, COALESCE(NULLIF($2::text, ''), '0')::bigint) ORDER BY case_number, sequence LIMIT 1000",
            2},
    Reading{"SELECT envelope, length(level) FROM rating WHERE envelope > $1 ORDER BY envelope LIMIT 1000", 1},
    Reading{"SELECT kind, keyed_hash, case_number FROM search_key WHERE (kind, keyed_hash, case_number) > "
            "($1, $2, $3) ORDER BY kind, keyed_hash, case_number LIMIT 1000",
            3}};

/// A page that meets damage is a finding, and the end of its table.
base::Result<void> read_all(Sql& sql, const Reading& reading, const LookedOn& looked_on,
                            std::vector<std::string>& findings) {
  std::vector<std::string> last(reading.keys);
  while (true) {
    const std::vector<Value> values(last.begin(), last.end());
    const auto page = all_rows(sql, reading.sql, Values(values), [&](const Row& row) {
      std::vector<std::string> keys;
      for (std::size_t i = 0; i < reading.keys; ++i) keys.push_back(row.text(static_cast<int>(i)));
      return keys;
    });
    if (!page && page.error().code == base::ErrorCode::corrupt) {
      findings.push_back(page.error().detail);
      return {};
    }
    if (!page) return tl::unexpected(page.error());
    if (page->empty()) return {};
    last = page->back();
    if (looked_on) looked_on();
  }
}

constexpr std::array kPostgresLooks{
    "SELECT 'index ' || c.relname || ' is invalid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace",
    "SELECT 'constraint ' || conname || ' is not enforced' FROM pg_constraint WHERE NOT convalidated AND "
    "connamespace = current_schema()::regnamespace",
    "SELECT 'the guard ' || column1 || ' is missing or off' FROM (VALUES ('event_is_never_changed'), "
    "('event_is_never_emptied'), ('event_follows_the_last'), ('journal_is_never_changed'), "
    "('journal_is_never_emptied')) "
    "AS guards WHERE column1 NOT IN (SELECT tgname::text FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgrelid IN "
    "('event'::regclass, 'journal'::regclass))"};

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

Findings damage_of_postgres(const std::string& database, const LookedOn& looked_on) {
  auto connection = PostgresConnection::open(database);
  if (!connection) return tl::unexpected(connection.error());
  std::vector<std::string> findings;
  for (const auto& reading : kPostgresReadings) {
    PostgresSql sql(**connection);  // one that met damage says nothing more
    if (auto read = read_all(sql, reading, looked_on, findings); !read) return tl::unexpected(read.error());
  }
  PostgresSql sql(**connection);
  auto more = look_at_all(sql, kPostgresLooks);
  if (!more) return more;
  findings.insert(findings.end(), more->begin(), more->end());
  return findings;
}

}  // namespace bangwu::store
