#include "enrolment/gate.h"

#include <algorithm>

#include "enrolment/secrets.h"

namespace bangwu::enrolment {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr std::chrono::seconds kRememberFor{1};
constexpr std::size_t kMostRemembered = 20000;

Result<Kiosk> with_keys(const std::string& id, const std::vector<store::KioskKeyRow>& rows) {
  Kiosk kiosk{.id = id};
  for (const auto& row : rows) {
    if (row.ended_why == store::kRevoked) continue;
    const auto key = envelope::key_from_hex(row.device_key);
    if (!key) return tl::unexpected(key.error());
    if (!row.ended_at) kiosk.device_key = *key;
    else kiosk.earlier_keys.push_back(*key);
  }
  return kiosk;
}

tl::unexpected<NotAdmitted> not_admitted(Refusal why, ErrorCode code, std::string detail) {
  return tl::unexpected(NotAdmitted{why, {code, std::move(detail)}});
}

}  // namespace

std::string hash_of(std::string_view secret) { return base::sha256_hex(secret); }

bool Kiosk::has_signed(const envelope::Envelope& envelope) const {
  return envelope::is_signed_by(envelope, device_key) ||
         std::ranges::any_of(earlier_keys, [&](const auto& key) { return envelope::is_signed_by(envelope, key); });
}

Result<Kiosk> find_kiosk(store::Transaction& transaction, std::string_view id) {
  const auto row = transaction.kiosks().by_id(id);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "no kiosk has this id");
  if ((*row)->revoked_at) return fail(ErrorCode::unauthorised, (*row)->revoked_why);
  const auto keys = transaction.kiosks().keys(id);
  if (!keys) return tl::unexpected(keys.error());
  return with_keys((*row)->id, *keys);
}

Result<Kiosk> find_signer(store::Transaction& transaction, std::string_view id, base::SystemTime made_at) {
  const auto row = transaction.kiosks().by_id(id);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "no kiosk has this id");
  auto keys = transaction.kiosks().keys(id);
  if (!keys) return tl::unexpected(keys.error());
  std::erase_if(*keys, [&](const store::KioskKeyRow& key) {
    return key.ended_why == store::kRevoked && key.ended_at && made_at >= *key.ended_at;
  });
  Kiosk kiosk{.id = (*row)->id};
  for (const auto& key : *keys) {
    const auto parsed = envelope::key_from_hex(key.device_key);
    if (!parsed) return tl::unexpected(parsed.error());
    kiosk.earlier_keys.push_back(*parsed);
  }
  if (!kiosk.earlier_keys.empty()) kiosk.device_key = kiosk.earlier_keys.back();
  return kiosk;
}

tl::expected<Kiosk, NotAdmitted> Gate::admit(std::string_view token) {
  const std::string hash = hash_of(token);
  const auto now = clock_.steady();
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(hash);
    if (found != known_.end() && now < found->second.until) return found->second.kiosk;
  }
  std::optional<store::TokenOwner> owner;
  Result<Kiosk> kiosk = Kiosk{};
  const auto read = store_.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = transaction.kiosks().by_token(hash);
    if (!found) return tl::unexpected(found.error());
    owner = std::move(*found);
    if (!owner || owner->key.ended_at || owner->kiosk.revoked_at) return {};
    kiosk = find_kiosk(transaction, owner->kiosk.id);
    return {};
  });
  if (!read) return tl::unexpected(NotAdmitted{Refusal::store_failed, read.error()});
  if (!owner) return not_admitted(Refusal::unknown_token, ErrorCode::unauthorised, "no kiosk has this token");
  if (owner->kiosk.revoked_at) return not_admitted(Refusal::revoked, ErrorCode::unauthorised, owner->kiosk.revoked_why);
  if (owner->key.ended_at) {
    return not_admitted(Refusal::replaced_token, ErrorCode::unauthorised, owner->kiosk.id + " enrolled again since");
  }
  if (!kiosk) return tl::unexpected(NotAdmitted{Refusal::store_failed, kiosk.error()});
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostRemembered) known_.clear();
  known_[hash] = {*kiosk, now + kRememberFor};
  return *kiosk;
}

}  // namespace bangwu::enrolment
