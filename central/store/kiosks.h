#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// Why a key ended when its kiosk was revoked: unlike a replaced key it proves nothing any more.
inline constexpr const char* kRevoked = "revoked";

/// A single-use enrolment code; only its hash is kept.
struct CodeRow {
  std::string code_hash, name;
  std::optional<std::string> kiosk;  ///< made for this one
  base::SystemTime made_at, expires_at;
  std::optional<base::SystemTime> used_at;
  std::string used_by, used_key;  ///< the kiosk it made known, with which device key; empty until then
  bool operator==(const CodeRow&) const = default;
};
/// A machine. Its id lasts as long as the machine; what it signs and shows itself with are KioskKeyRows.
struct KioskRow {
  std::string id, name;
  base::SystemTime enrolled_at;
  std::optional<base::SystemTime> revoked_at;  ///< from then on nothing of it is taken
  std::string revoked_why;                     ///< empty unless revoked
  bool operator==(const KioskRow&) const = default;
};
/// One enrolment of a kiosk: its key, and its token's hash. The last that is not ended is the one in use; an earlier
/// key still verifies what was signed in its time.
struct KioskKeyRow {
  std::string kiosk;
  std::string device_key;  ///< Ed25519 public key
  std::string token_hash;  ///< SHA-256 of its bearer token; nobody else's
  base::SystemTime valid_from;
  std::optional<base::SystemTime> ended_at;
  std::string ended_why;  ///< empty unless ended
  bool operator==(const KioskKeyRow&) const = default;
};
/// Whose a token is. Says nothing of whether it still counts: look at ended_at and revoked_at.
struct TokenOwner {
  KioskRow kiosk;
  KioskKeyRow key;
  bool operator==(const TokenOwner&) const = default;
};

/// Enrolment codes, kiosks and their keys, inside a transaction. Errors: as in transaction.h.
class Kiosks {
 public:
  explicit Kiosks(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> add_code(const CodeRow& code);
  [[nodiscard]] base::Result<std::optional<CodeRow>> code(std::string_view code_hash);
  [[nodiscard]] base::Result<void> mark_code_used(std::string_view code_hash, base::SystemTime at,
                                                  std::string_view kiosk, std::string_view device_key);

  [[nodiscard]] base::Result<void> add(const KioskRow& kiosk);
  [[nodiscard]] base::Result<std::optional<KioskRow>> by_id(std::string_view id);
  [[nodiscard]] base::Result<std::vector<KioskRow>> all();  ///< by id
  [[nodiscard]] base::Result<void> rename(std::string_view id, std::string_view name);
  /// Revokes the kiosk and all keys it ever had.
  [[nodiscard]] base::Result<void> revoke(std::string_view id, base::SystemTime at, std::string_view why);
  /// No longer revoked; its keys stay so.
  [[nodiscard]] base::Result<void> reinstate(std::string_view id);

  [[nodiscard]] base::Result<void> add_key(const KioskKeyRow& key);
  /// Ends every key of the kiosk that is not ended yet.
  [[nodiscard]] base::Result<void> end_keys(std::string_view kiosk, base::SystemTime at, std::string_view why);
  [[nodiscard]] base::Result<std::vector<KioskKeyRow>> keys(std::string_view kiosk);                ///< oldest first
  [[nodiscard]] base::Result<std::vector<KioskKeyRow>> by_device_key(std::string_view device_key);  ///< oldest first
  [[nodiscard]] base::Result<std::optional<TokenOwner>> by_token(std::string_view token_hash);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
