#include "store/tables.h"

#include <array>
#include <span>
#include <variant>

#include "store/sql.h"

namespace bangwu::store {
namespace {

using base::Result;

/// How rows of one table are read behind the last that was read, and written. `types` names the columns' in order: t a
/// text, n a number; the key's columns follow each other from `key` on.
struct Table {
  const char* read;
  const char* write;
  std::string_view types;
  std::size_t key = 0, keys = 1;
};

/// In the order in which their references hold. What an envelope depends on is told once all of them are there.
constexpr std::array kTables{
    Table{
        .read = "SELECT id, name, enrolled_at, revoked_at, revoked_why FROM kiosk WHERE id > $1 ORDER BY id LIMIT 500",
        .write = "INSERT INTO kiosk(id, name, enrolled_at, revoked_at, revoked_why) VALUES ($1,$2,$3,$4,$5)",
        .types = "ttnnt"},
    Table{.read = "SELECT token_hash, kiosk, device_key, valid_from, ended_at, ended_why FROM kiosk_key "
                  "WHERE token_hash > $1 ORDER BY token_hash LIMIT 500",
          .write = "INSERT INTO kiosk_key(token_hash, kiosk, device_key, valid_from, ended_at, ended_why) "
                   "VALUES ($1,$2,$3,$4,$5,$6)",
          .types = "tttnnt"},
    Table{.read = "SELECT code_hash, name, made_at, expires_at, used_at, kiosk, used_by, used_key FROM enrolment_code "
                  "WHERE code_hash > $1 ORDER BY code_hash LIMIT 500",
          .write =
              "INSERT INTO enrolment_code(code_hash, name, made_at, expires_at, used_at, kiosk, used_by, used_key) "
              "VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
          .types = "ttnnnttt"},
    Table{.read = "SELECT id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, wire, receipt "
                  "FROM envelope WHERE id > $1 ORDER BY id LIMIT 100",
          .write = "INSERT INTO envelope(id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, "
                   "wire, receipt) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
          .types = "ttntnttntt"},
    Table{.read = "SELECT depends_on, id FROM envelope WHERE depends_on IS NOT NULL AND id > $1 ORDER BY id LIMIT 500",
          .write = "UPDATE envelope SET depends_on = $1 WHERE id = $2",
          .types = "tt",
          .key = 1},
    Table{.read = "SELECT sha256, envelope, kiosk, size FROM attachment WHERE (sha256, envelope) > ($1, $2) "
                  "ORDER BY sha256, envelope LIMIT 500",
          .write = "INSERT INTO attachment(sha256, envelope, kiosk, size) VALUES ($1,$2,$3,$4)",
          .types = "tttn",
          .keys = 2},
    Table{.read = "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
                  "WHERE number > $1 ORDER BY number LIMIT 500",
          .write = "INSERT INTO case_file(number, provisional_number, envelope, kiosk, procedure, state, received_at) "
                   "VALUES ($1,$2,$3,$4,$5,$6,$7)",
          .types = "ttttttn"},
    Table{.read = "SELECT kind, keyed_hash, case_number FROM search_key WHERE (kind, keyed_hash, case_number) > "
                  "($1, $2, $3) ORDER BY kind, keyed_hash, case_number LIMIT 500",
          .write = "INSERT INTO search_key(kind, keyed_hash, case_number) VALUES ($1,$2,$3)",
          .types = "ttt",
          .keys = 3},
    Table{.read = "SELECT case_number, sequence, body, hash, at FROM event WHERE (case_number, sequence) > ($1, $2) "
                  "ORDER BY case_number, sequence LIMIT 500",
          .write = "INSERT INTO event(case_number, sequence, body, hash, at) VALUES ($1,$2,$3,$4,$5)",
          .types = "tnttn",
          .keys = 2},
    Table{.read = "SELECT envelope, kiosk, instrument, level, is_bad, submission, case_number, received_at FROM rating "
                  "WHERE envelope > $1 ORDER BY envelope LIMIT 500",
          .write = "INSERT INTO rating(envelope, kiosk, instrument, level, is_bad, submission, case_number, "
                   "received_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
          .types = "ttttnttn"},
    Table{.read = "SELECT name, value FROM service WHERE name > $1 ORDER BY name LIMIT 500",
          .write = "INSERT INTO service(name, value) VALUES ($1,$2)",
          .types = "tt"},
    Table{.read = "SELECT envelope FROM misdated WHERE envelope > $1 ORDER BY envelope LIMIT 500",
          .write = "INSERT INTO misdated(envelope) VALUES ($1)",
          .types = "t"},
    Table{.read = "SELECT kiosk, run, place, began_at, returned_at FROM kiosk_run WHERE (kiosk, run) > ($1, $2) "
                  "ORDER BY kiosk, run LIMIT 500",
          .write = "INSERT INTO kiosk_run(kiosk, run, place, began_at, returned_at) VALUES ($1,$2,$3,$4,$5)",
          .types = "ttnnn",
          .keys = 2},
    Table{.read = "SELECT sequence, at, actor, act FROM journal WHERE sequence > $1 ORDER BY sequence LIMIT 500",
          .write = "INSERT INTO journal(sequence, at, actor, act) VALUES ($1,$2,$3,$4)",
          .types = "nntt"},
    Table{.read = "SELECT token_hash, kiosk, device_key, asked_at FROM readmission WHERE token_hash > $1 "
                  "ORDER BY token_hash LIMIT 500",
          .write = "INSERT INTO readmission(token_hash, kiosk, device_key, asked_at) VALUES ($1,$2,$3,$4)",
          .types = "tttn"}};

/// A column's value, kept.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using Cells = std::vector<Cell>;

Cells cells_of(const Row& row, std::string_view types) {
  Cells cells;
  for (int column = 0; column < static_cast<int>(types.size()); ++column) {
    if (row.is_null(column)) cells.emplace_back();
    else if (types[static_cast<std::size_t>(column)] == 'n') cells.emplace_back(row.number(column));
    else cells.emplace_back(row.text(column));
  }
  return cells;
}

std::vector<Value> values_of(std::span<const Cell> cells) {
  std::vector<Value> values;
  for (const auto& cell : cells) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) values.emplace_back(*number);
    else if (const auto* text = std::get_if<std::string>(&cell)) values.emplace_back(*text);
    else values.emplace_back(std::optional<std::int64_t>());
  }
  return values;
}

/// Smaller than any key.
Cells before_all(const Table& table) {
  Cells cells;
  for (const char type : table.types.substr(table.key, table.keys))
    cells.push_back(type == 'n' ? Cell(std::int64_t{0}) : Cell(std::string()));
  return cells;
}

Result<void> copy(Sql& from, Sql& to, const Table& table) {
  Cells last = before_all(table);
  while (true) {
    const auto rows =
        all_rows(from, table.read, Values(values_of(last)), [&](const Row& row) { return cells_of(row, table.types); });
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return {};
    for (const auto& row : *rows) {
      if (auto written = to.run(table.write, Values(values_of(row))); !written) return written;
    }
    // What was only queued goes out now, before there is too much of it.
    const auto settled = first_row(to, "SELECT 1", {}, [](const Row& row) { return row.number(0); });
    if (!settled) return tl::unexpected(settled.error());
    const auto key = std::span(rows->back()).subspan(table.key, table.keys);
    last.assign(key.begin(), key.end());
  }
}

}  // namespace

Result<bool> Tables::are_empty() {
  const auto some = first_row(sql_,
                              "SELECT 1 FROM kiosk UNION ALL SELECT 1 FROM envelope UNION ALL SELECT 1 FROM service "
                              "LIMIT 1",
                              {}, [](const Row& row) { return row.number(0); });
  if (!some) return tl::unexpected(some.error());
  return !some->has_value();
}

Result<void> Tables::take_all(Tables& from) {
  for (const auto& table : kTables) {
    if (auto copied = copy(from.sql_, sql_, table); !copied) return copied;
  }
  const auto counters = from.numbers_.all();
  if (!counters) return tl::unexpected(counters.error());
  for (const auto& counter : *counters) {
    if (auto raised = numbers_.raise_floor(counter.name, counter.last); !raised) return raised;
  }
  return {};
}

}  // namespace bangwu::store
