#include "enrolment/enrolment.h"

#include <array>
#include <span>

namespace bangwu::enrolment {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford: no I, L, O, U
constexpr std::size_t kCodeLength = 8;
constexpr std::chrono::seconds kRememberFor{10};
constexpr std::size_t kMostRemembered = 20000;

std::string random_characters(base::Random& random, std::size_t count) {
  std::string text(count, '0');
  base::Bytes bytes(count);
  random.fill(bytes);
  for (std::size_t i = 0; i < count; ++i) text[i] = kAlphabet[bytes[i] % kAlphabet.size()];
  return text;
}

std::string hash_of(std::string_view text) {
  return envelope::sha256_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

/// As people type codes: case, hyphens and spaces do not matter, O is 0, I and L are 1.
std::string tidy(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    code += c;
  }
  return code;
}

/// Base64 that may stand in a header and in a URL.
std::string make_token(base::Random& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  std::string token = envelope::to_base64(bytes);
  while (token.ends_with('=')) token.pop_back();
  for (char& c : token) c = c == '+' ? '-' : (c == '/' ? '_' : c);
  return token;
}

}  // namespace

base::Result<std::string> make_code(store::Store& store, base::Random& random, base::SystemTime now,
                                    std::chrono::hours lifetime, std::string_view name) {
  const std::string code = random_characters(random, kCodeLength);
  const store::CodeRow row{hash_of(code), std::string(name), now, now + lifetime};
  const auto written = store.write([&](store::Transaction& transaction) { return transaction.kiosks().add_code(row); });
  if (!written) return tl::unexpected(written.error());
  return code.substr(0, 4) + "-" + code.substr(4);
}

base::Result<Enrolled> enrol(store::Store& store, base::Random& random, base::SystemTime now, std::string_view code,
                             const envelope::VerifyKey& device_key) {
  Enrolled enrolled{"k-" + random_characters(random, 10), {}, make_token(random)};
  const std::string code_hash = hash_of(tidy(code));
  const auto written = store.write([&](store::Transaction& transaction) -> base::Result<void> {
    auto& kiosks = transaction.kiosks();
    const auto named = kiosks.use_code(code_hash, now);
    if (!named) return tl::unexpected(named.error());
    if (!*named) return base::fail(base::ErrorCode::unauthorised, "the enrolment code is unknown, used or expired");
    enrolled.name = **named;
    auto added = kiosks.add({.id = enrolled.kiosk,
                             .name = enrolled.name,
                             .enrolled_at = now,
                             .revoked_at = std::nullopt,
                             .revoked_why = ""});
    if (!added) return added;
    return kiosks.add_key({.kiosk = enrolled.kiosk,
                           .device_key = envelope::key_to_hex(device_key),
                           .token_hash = hash_of(enrolled.token),
                           .valid_from = now,
                           .ended_at = std::nullopt,
                           .ended_why = ""});
  });
  if (!written) return tl::unexpected(written.error());
  return enrolled;
}

base::Result<Kiosk> Gate::admit(std::string_view token) {
  const std::string hash = hash_of(token);
  const auto now = clock_.steady();
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(hash);
    if (found != known_.end() && now < found->second.until) return found->second.kiosk;
  }
  std::optional<store::TokenOwner> owner;
  const auto read = store_.read([&](store::Transaction& transaction) -> base::Result<void> {
    auto found = transaction.kiosks().by_token(hash);
    if (!found) return tl::unexpected(found.error());
    owner = std::move(*found);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  const bool counts = owner && !owner->kiosk.revoked_at && !owner->key.ended_at;
  if (!counts) return base::fail(base::ErrorCode::unauthorised, "no kiosk has this token");
  const auto key = envelope::key_from_hex(owner->key.device_key);
  if (!key) return tl::unexpected(key.error());
  const Kiosk kiosk{owner->kiosk.id, *key};
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostRemembered) known_.clear();
  known_[hash] = {kiosk, now + kRememberFor};
  return kiosk;
}

}  // namespace bangwu::enrolment
