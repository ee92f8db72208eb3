#include "store/sqlite_records.h"

namespace bangwu::store {
namespace {

EnvelopeRow read_envelope(const sqlite::Statement& row) {
  return {row.text(0),          row.text(1), static_cast<std::uint64_t>(row.integer(2)),
          row.text(3),          row.text(4), row.time(5),
          row.optional_text(6), row.text(7), row.text(8),
          row.text(9)};
}

KioskRow read_kiosk(const sqlite::Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.time(4)};
}

CaseRow read_case(const sqlite::Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.time(6)};
}

EventRow read_event(const sqlite::Statement& row) {
  return {row.text(0), static_cast<std::uint64_t>(row.integer(1)), row.text(2), row.text(3)};
}

RatingRow read_rating(const sqlite::Statement& row) {
  return {row.text(0),          row.text(1), row.text(2), row.text(3), row.integer(4) != 0,
          row.optional_text(5), row.text(6), row.time(7), row.text(8)};
}

/// The first row, or nothing.
template <class Read>
auto first(sqlite::Statement& statement, Read read) -> base::Result<std::optional<decltype(read(statement))>> {
  const auto row = statement.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return std::optional(read(statement));
}

template <class Read>
auto all(sqlite::Statement& statement, Read read) -> base::Result<std::vector<decltype(read(statement))>> {
  std::vector<decltype(read(statement))> rows;
  while (true) {
    const auto row = statement.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return rows;
    rows.push_back(read(statement));
  }
}

base::Result<void> written(const base::Result<std::size_t>& rows) {
  if (!rows) return tl::unexpected(rows.error());
  return {};
}

std::string first_text(const sqlite::Statement& row) { return row.text(0); }

}  // namespace

base::Result<void> SqliteRecords::add_code(const CodeRow& code) {
  return written(
      connection_.prepare("INSERT INTO enrolment_code(code_hash, name, made_at, expires_at) VALUES (?,?,?,?)")
          .bind(code.code_hash, code.name, code.made_at, code.expires_at)
          .run());
}

base::Result<std::optional<std::string>> SqliteRecords::use_code(std::string_view code_hash, base::SystemTime now) {
  auto statement = connection_.prepare(
      "UPDATE enrolment_code SET used_at = ?1 WHERE code_hash = ?2 AND used_at IS NULL AND expires_at > ?1 "
      "RETURNING name");
  statement.bind(now, code_hash);
  auto name = first(statement, first_text);
  // RETURNING: the row is changed for good only once the statement ran to its end.
  if (name && *name) {
    if (const auto end = statement.step(); !end) return tl::unexpected(end.error());
  }
  return name;
}

base::Result<void> SqliteRecords::add_kiosk(const KioskRow& kiosk) {
  return written(
      connection_.prepare("INSERT INTO kiosk(id, name, device_key, token_hash, enrolled_at) VALUES (?,?,?,?,?)")
          .bind(kiosk.id, kiosk.name, kiosk.device_key, kiosk.token_hash, kiosk.enrolled_at)
          .run());
}

base::Result<std::optional<KioskRow>> SqliteRecords::kiosk_by_token(std::string_view token_hash) {
  auto statement =
      connection_.prepare("SELECT id, name, device_key, token_hash, enrolled_at FROM kiosk WHERE token_hash = ?");
  return first(statement.bind(token_hash), read_kiosk);
}

base::Result<std::optional<KioskRow>> SqliteRecords::kiosk_by_id(std::string_view id) {
  auto statement = connection_.prepare("SELECT id, name, device_key, token_hash, enrolled_at FROM kiosk WHERE id = ?");
  return first(statement.bind(id), read_kiosk);
}

base::Result<void> SqliteRecords::add_envelope(const EnvelopeRow& row) {
  return written(connection_
                     .prepare("INSERT INTO envelope(id, kiosk, sequence, kind, manifest_hash, received_at, depends_on, "
                              "wire, body, receipt) VALUES (?,?,?,?,?,?,?,?,?,?)")
                     .bind(row.id, row.kiosk, static_cast<std::int64_t>(row.sequence), row.kind, row.manifest_hash,
                           row.received_at, row.depends_on, row.wire, row.body, row.receipt)
                     .run());
}

base::Result<std::optional<EnvelopeRow>> SqliteRecords::envelope(std::string_view id) {
  auto statement = connection_.prepare(
      "SELECT id, kiosk, sequence, kind, manifest_hash, received_at, depends_on, wire, body, receipt FROM envelope "
      "WHERE id = ?");
  return first(statement.bind(id), read_envelope);
}

base::Result<bool> SqliteRecords::has_envelope(std::string_view id) {
  auto statement = connection_.prepare("SELECT 1 FROM envelope WHERE id = ?");
  return statement.bind(id).step();
}

base::Result<std::optional<std::string>> SqliteRecords::envelope_in_sequence(std::string_view kiosk,
                                                                             std::uint64_t sequence) {
  auto statement = connection_.prepare("SELECT id FROM envelope WHERE kiosk = ? AND sequence = ?");
  return first(statement.bind(kiosk, static_cast<std::int64_t>(sequence)), first_text);
}

base::Result<void> SqliteRecords::each_envelope(const std::function<base::Result<void>(const EnvelopeRow&)>& visit) {
  auto statement = connection_.prepare(
      "SELECT id, kiosk, sequence, kind, manifest_hash, received_at, depends_on, wire, body, receipt FROM envelope "
      "ORDER BY id");
  while (true) {
    const auto row = statement.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
    if (auto visited = visit(read_envelope(statement)); !visited) return visited;
  }
}

base::Result<std::uint64_t> SqliteRecords::next_number(std::string_view counter) {
  auto statement = connection_.prepare(
      "INSERT INTO counter(name, last) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET last = last + 1 RETURNING last");
  const auto row = statement.bind(counter).step();
  if (!row) return tl::unexpected(row.error());
  const auto number = static_cast<std::uint64_t>(statement.integer(0));
  if (const auto end = statement.step(); !end) return tl::unexpected(end.error());
  return number;
}

base::Result<void> SqliteRecords::add_case(const CaseRow& row) {
  return written(
      connection_
          .prepare("INSERT INTO case_file(number, provisional_number, envelope, kiosk, procedure, state, "
                   "received_at) VALUES (?,?,?,?,?,?,?)")
          .bind(row.number, row.provisional_number, row.envelope, row.kiosk, row.procedure, row.state, row.received_at)
          .run());
}

base::Result<std::optional<CaseRow>> SqliteRecords::case_by_number(std::string_view number) {
  auto statement = connection_.prepare(
      "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
      "WHERE number = ?1 OR provisional_number = ?1 LIMIT 1");
  return first(statement.bind(number), read_case);
}

base::Result<std::optional<CaseRow>> SqliteRecords::case_of_envelope(std::string_view envelope) {
  auto statement = connection_.prepare(
      "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
      "WHERE envelope = ?");
  return first(statement.bind(envelope), read_case);
}

base::Result<std::vector<CaseRow>> SqliteRecords::cases() {
  auto statement = connection_.prepare(
      "SELECT number, provisional_number, envelope, kiosk, procedure, state, received_at FROM case_file "
      "ORDER BY number");
  return all(statement, read_case);
}

base::Result<void> SqliteRecords::add_event(const EventRow& event) {
  return written(connection_.prepare("INSERT INTO event(case_number, sequence, body, hash) VALUES (?,?,?,?)")
                     .bind(event.case_number, static_cast<std::int64_t>(event.sequence), event.body, event.hash)
                     .run());
}

base::Result<std::vector<EventRow>> SqliteRecords::events(std::string_view case_number) {
  auto statement = connection_.prepare(
      "SELECT case_number, sequence, body, hash FROM event WHERE case_number = ? ORDER BY sequence");
  return all(statement.bind(case_number), read_event);
}

base::Result<void> SqliteRecords::add_rating(const RatingRow& row) {
  return written(connection_
                     .prepare("INSERT INTO rating(envelope, kiosk, instrument, level, is_bad, submission, case_number, "
                              "received_at, body) VALUES (?,?,?,?,?,?,?,?,?)")
                     .bind(row.envelope, row.kiosk, row.instrument, row.level, static_cast<std::int64_t>(row.is_bad),
                           row.submission, row.case_number, row.received_at, row.body)
                     .run());
}

base::Result<std::vector<RatingRow>> SqliteRecords::ratings() {
  auto statement = connection_.prepare(
      "SELECT envelope, kiosk, instrument, level, is_bad, submission, case_number, received_at, body FROM rating "
      "ORDER BY received_at, envelope");
  return all(statement, read_rating);
}

}  // namespace bangwu::store
