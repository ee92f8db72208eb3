#include "store/kiosks.h"

#include "store/sql.h"

namespace bangwu::store {
namespace {

KioskRow read_kiosk(const Row& row) {
  return {.id = row.text(0),
          .name = row.text(1),
          .enrolled_at = row.time(2),
          .revoked_at = row.optional_time(3),
          .revoked_why = row.text(4)};
}

/// From column `first` on.
KioskKeyRow read_key(const Row& row, int first) {
  return {.kiosk = row.text(first),
          .device_key = row.text(first + 1),
          .token_hash = row.text(first + 2),
          .valid_from = row.time(first + 3),
          .ended_at = row.optional_time(first + 4),
          .ended_why = row.text(first + 5)};
}

}  // namespace

base::Result<void> Kiosks::add_code(const CodeRow& code) {
  return sql_.run(
      "INSERT INTO enrolment_code(code_hash, name, kiosk, made_at, expires_at, used_at, used_by, used_key) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
      {code.code_hash, code.name, code.kiosk, code.made_at, code.expires_at, code.used_at, code.used_by,
       code.used_key});
}

base::Result<std::optional<CodeRow>> Kiosks::code(std::string_view code_hash) {
  return first_row(sql_,
                   "SELECT code_hash, name, kiosk, made_at, expires_at, used_at, used_by, used_key "
                   "FROM enrolment_code WHERE code_hash = $1",
                   {code_hash}, [](const Row& row) {
                     return CodeRow{.code_hash = row.text(0),
                                    .name = row.text(1),
                                    .kiosk = row.optional_text(2),
                                    .made_at = row.time(3),
                                    .expires_at = row.time(4),
                                    .used_at = row.optional_time(5),
                                    .used_by = row.text(6),
                                    .used_key = row.text(7)};
                   });
}

base::Result<void> Kiosks::mark_code_used(std::string_view code_hash, base::SystemTime at, std::string_view kiosk,
                                          std::string_view device_key) {
  return sql_.run("UPDATE enrolment_code SET used_at = $1, used_by = $2, used_key = $3 WHERE code_hash = $4",
                  {at, kiosk, device_key, code_hash});
}

base::Result<void> Kiosks::add(const KioskRow& kiosk) {
  return sql_.run("INSERT INTO kiosk(id, name, enrolled_at, revoked_at, revoked_why) VALUES ($1,$2,$3,$4,$5)",
                  {kiosk.id, kiosk.name, kiosk.enrolled_at, kiosk.revoked_at, kiosk.revoked_why});
}

base::Result<std::optional<KioskRow>> Kiosks::by_id(std::string_view id) {
  if (!is_text(id)) return std::nullopt;
  return first_row(sql_, "SELECT id, name, enrolled_at, revoked_at, revoked_why FROM kiosk WHERE id = $1", {id},
                   read_kiosk);
}

base::Result<std::vector<KioskRow>> Kiosks::all() {
  return all_rows(sql_, "SELECT id, name, enrolled_at, revoked_at, revoked_why FROM kiosk ORDER BY id", {}, read_kiosk);
}

base::Result<void> Kiosks::rename(std::string_view id, std::string_view name) {
  return sql_.run("UPDATE kiosk SET name = $1 WHERE id = $2", {name, id});
}

base::Result<void> Kiosks::revoke(std::string_view id, base::SystemTime at, std::string_view why) {
  auto revoked = sql_.run("UPDATE kiosk SET revoked_at = $1, revoked_why = $2 WHERE id = $3", {at, why, id});
  if (!revoked) return revoked;
  return sql_.run("UPDATE kiosk_key SET ended_at = COALESCE(ended_at, $1), ended_why = $2 WHERE kiosk = $3",
                  {at, kRevoked, id});
}

base::Result<void> Kiosks::reinstate(std::string_view id) {
  return sql_.run("UPDATE kiosk SET revoked_at = NULL, revoked_why = '' WHERE id = $1", {id});
}

base::Result<void> Kiosks::add_key(const KioskKeyRow& key) {
  return sql_.run(
      "INSERT INTO kiosk_key(kiosk, device_key, token_hash, valid_from, ended_at, ended_why) "
      "VALUES ($1,$2,$3,$4,$5,$6)",
      {key.kiosk, key.device_key, key.token_hash, key.valid_from, key.ended_at, key.ended_why});
}

base::Result<void> Kiosks::end_keys(std::string_view kiosk, base::SystemTime at, std::string_view why) {
  return sql_.run("UPDATE kiosk_key SET ended_at = $1, ended_why = $2 WHERE kiosk = $3 AND ended_at IS NULL",
                  {at, why, kiosk});
}

base::Result<std::vector<KioskKeyRow>> Kiosks::keys(std::string_view kiosk) {
  return all_rows(sql_,
                  "SELECT kiosk, device_key, token_hash, valid_from, ended_at, ended_why FROM kiosk_key "
                  "WHERE kiosk = $1 ORDER BY valid_from, token_hash",
                  {kiosk}, [](const Row& row) { return read_key(row, 0); });
}

base::Result<std::vector<KioskKeyRow>> Kiosks::by_device_key(std::string_view device_key) {
  return all_rows(sql_,
                  "SELECT kiosk, device_key, token_hash, valid_from, ended_at, ended_why FROM kiosk_key "
                  "WHERE device_key = $1 ORDER BY valid_from, token_hash",
                  {device_key}, [](const Row& row) { return read_key(row, 0); });
}

base::Result<std::optional<TokenOwner>> Kiosks::by_token(std::string_view token_hash) {
  return first_row(sql_,
                   "SELECT kiosk.id, kiosk.name, kiosk.enrolled_at, kiosk.revoked_at, kiosk.revoked_why, "
                   "kiosk_key.kiosk, kiosk_key.device_key, kiosk_key.token_hash, kiosk_key.valid_from, "
                   "kiosk_key.ended_at, kiosk_key.ended_why "
                   "FROM kiosk_key JOIN kiosk ON kiosk.id = kiosk_key.kiosk WHERE kiosk_key.token_hash = $1",
                   {token_hash},
                   [](const Row& row) { return TokenOwner{.kiosk = read_kiosk(row), .key = read_key(row, 5)}; });
}

}  // namespace bangwu::store
