#include "store/cases.h"

#include <algorithm>
#include <array>

#include "store/sql.h"

namespace bangwu::store {
namespace {

CaseRow read_case(const Row& row) {
  return {.number = row.text(0),
          .provisional_number = row.text(1),
          .envelope = row.text(2),
          .kiosk = row.text(3),
          .procedure = row.text(4),
          .state = row.text(5),
          .received_at = row.time(6)};
}

EventRow read_event(const Row& row) {
  return {.case_number = row.text(0),
          .sequence = static_cast<std::uint64_t>(row.number(1)),
          .body = row.text(2),
          .hash = row.text(3),
          .at = row.time(4)};
}

/// So many at once: a new case has two or three, in one statement.
constexpr std::array kAddEvents{
    "INSERT INTO event(case_number, sequence, body, hash, at) VALUES ($1,$2,$3,$4,$5)",
    "INSERT INTO event(case_number, sequence, body, hash, at) VALUES ($1,$2,$3,$4,$5),($6,$7,$8,$9,$10)",
    "INSERT INTO event(case_number, sequence, body, hash, at) VALUES ($1,$2,$3,$4,$5),($6,$7,$8,$9,$10),"
    "($11,$12,$13,$14,$15)",
    "INSERT INTO event(case_number, sequence, body, hash, at) VALUES ($1,$2,$3,$4,$5),($6,$7,$8,$9,$10),"
    "($11,$12,$13,$14,$15),($16,$17,$18,$19,$20)"};

}  // namespace

base::Result<void> Cases::add(const CaseRow& row) {
  return sql_.run(
      "INSERT INTO case_file(number, provisional_number, envelope, kiosk, procedure, state, received_at) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7)",
      {row.number, row.provisional_number, row.envelope, row.kiosk, row.procedure, row.state, row.received_at});
}

base::Result<std::optional<CaseRow>> Cases::by_number(std::string_view number) {
  if (number.empty() || !is_text(number)) return std::nullopt;
  return first_row(sql_,
                   "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
                   "WHERE number = $1 OR (provisional_number = $1 AND provisional_number <> '') LIMIT 1",
                   {number}, read_case);
}

base::Result<std::optional<CaseRow>> Cases::of_envelope(std::string_view envelope) {
  return first_row(sql_,
                   "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
                   "WHERE envelope = $1",
                   {envelope}, read_case);
}

base::Result<std::vector<CaseRow>> Cases::after(std::string_view last, std::size_t most) {
  return all_rows(sql_,
                  "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
                  "WHERE number > $1 ORDER BY number LIMIT $2",
                  {last, most}, read_case);
}

base::Result<void> Cases::each(const Visit& visit) {
  std::string last;
  while (true) {
    const auto rows = after(last, 500);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return {};
    for (const auto& row : *rows) {
      if (auto visited = visit(row); !visited) return visited;
    }
    last = rows->back().number;
  }
}

base::Result<void> Cases::set_state(std::string_view number, std::string_view state) {
  return sql_.run("UPDATE case_file SET state = $1 WHERE number = $2", {state, number});
}

base::Result<void> Cases::append(std::string_view number, std::uint64_t expected_sequence,
                                 std::span<const EventRow> events) {
  std::uint64_t sequence = expected_sequence;
  for (const auto& event : events) {
    if (event.case_number != number || event.sequence != ++sequence)
      return base::fail(base::ErrorCode::invalid_input, "events of a case must follow each other");
  }
  // The database refuses what does not follow the last it has.
  for (; !events.empty(); events = events.subspan(std::min(kAddEvents.size(), events.size()))) {
    const auto some = events.first(std::min(kAddEvents.size(), events.size()));
    std::vector<Value> values;
    for (const auto& event : some)
      values.insert(values.end(), {event.case_number, event.sequence, event.body, event.hash, event.at});
    if (auto added = sql_.run(kAddEvents[some.size() - 1], Values(values)); !added) return added;
  }
  return {};
}

base::Result<std::vector<EventRow>> Cases::events(std::string_view number) {
  return all_rows(sql_,
                  "SELECT case_number, sequence, body, hash, at FROM event WHERE case_number = $1 ORDER BY sequence",
                  {number}, read_event);
}

base::Result<void> Cases::add_search_key(std::string_view number, std::string_view kind, std::string_view keyed_hash) {
  return sql_.run("INSERT INTO search_key(case_number, kind, keyed_hash) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
                  {number, kind, keyed_hash});
}

base::Result<void> Cases::remove_search_keys(std::string_view number) {
  return sql_.run("DELETE FROM search_key WHERE case_number = $1", {number});
}

base::Result<std::vector<std::string>> Cases::by_search_key(std::string_view kind, std::string_view keyed_hash) {
  return all_rows(sql_, "SELECT case_number FROM search_key WHERE kind = $1 AND keyed_hash = $2 ORDER BY case_number",
                  {kind, keyed_hash}, [](const Row& row) { return row.text(0); });
}

}  // namespace bangwu::store
