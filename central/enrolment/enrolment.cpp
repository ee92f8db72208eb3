#include "enrolment/enrolment.h"

#include <array>

#include "base/crockford.h"
#include "base/encoding.h"
#include "enrolment/secrets.h"

namespace bangwu::enrolment {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr std::size_t kCodeLength = 12;
constexpr std::size_t kGroup = 4;
constexpr std::size_t kIdLength = 10;

std::string random_characters(base::Random& random, std::size_t count) {
  std::string text(count, '0');
  base::Bytes bytes(count);
  random.fill(bytes);
  for (std::size_t i = 0; i < count; ++i) text[i] = base::kCrockford[bytes[i] % base::kCrockford.size()];
  return text;
}

std::string new_id(base::Random& random) { return "k-" + random_characters(random, kIdLength); }

bool is_id(std::string_view text) {
  return text.size() == 2 + kIdLength && text.starts_with("k-") &&
         text.find_first_not_of(base::kCrockford, 2) == std::string_view::npos;
}

/// Base64 that may stand in a header and in a URL.
std::string make_token(base::Random& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  std::string token = base::to_base64(bytes);
  while (token.ends_with('=')) token.pop_back();
  for (char& c : token) c = c == '+' ? '-' : (c == '/' ? '_' : c);
  return token;
}

tl::unexpected<base::Error> refused() {
  return fail(ErrorCode::unauthorised, "the enrolment code is unknown, used or expired");
}

/// Whose id the request may have.
struct Found {
  std::string kiosk;
  How how = How::anew;
};

/// The kiosk that has this key. A key that was revoked proves nothing, but its kiosk is named while it is revoked, so
/// that the machine is told why it is refused.
Result<std::optional<std::string>> owner_of(store::Kiosks& kiosks, const envelope::VerifyKey& key) {
  const auto rows = kiosks.by_device_key(envelope::key_to_hex(key));
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    if (row.ended_why != store::kRevoked) return row.kiosk;
    const auto kiosk = kiosks.by_id(row.kiosk);
    if (!kiosk) return tl::unexpected(kiosk.error());
    if (*kiosk && (*kiosk)->revoked_at) return row.kiosk;
  }
  return std::nullopt;
}

/// What the request itself proves: a key this service knows, or an id it has forgotten.
Result<Found> find_by_proof(store::Kiosks& kiosks, base::Random& random, const envelope::EnrolmentRequest& request) {
  if (envelope::is_signed_by_earlier(request)) {
    const auto owner = owner_of(kiosks, request.earlier->device_key);
    if (!owner) return tl::unexpected(owner.error());
    if (*owner == request.earlier->kiosk) return Found{request.earlier->kiosk, How::again};
    const auto known = kiosks.by_id(request.earlier->kiosk);
    if (!known) return tl::unexpected(known.error());
    if (!*known && !*owner && is_id(request.earlier->kiosk)) return Found{request.earlier->kiosk, How::adopted};
  }
  if (envelope::is_signed_by_device(request)) {
    const auto owner = owner_of(kiosks, request.device_key);
    if (!owner) return tl::unexpected(owner.error());
    if (*owner) return Found{**owner, How::again};
  }
  return Found{new_id(random), How::anew};
}

Result<Found> find(store::Kiosks& kiosks, base::Random& random, const store::CodeRow& code,
                   const envelope::EnrolmentRequest& request) {
  if (code.used_at) {
    // Whoever holds the key that used it did not hear the answer.
    const bool is_the_same =
        code.used_key == envelope::key_to_hex(request.device_key) && envelope::is_signed_by_device(request);
    if (!is_the_same) return refused();
    return Found{code.used_by, How::repeated};
  }
  if (code.kiosk) return Found{*code.kiosk, How::again};
  return find_by_proof(kiosks, random, request);
}

/// A token nobody has: of a key this service only knows from its owner's word.
std::string hash_of_nothing(base::Random& random) { return hash_of(make_token(random)); }

Result<void> add_kiosk(store::Kiosks& kiosks, base::Random& random, base::SystemTime now, const Found& found,
                       const std::string& name, const envelope::EnrolmentRequest& request) {
  const store::KioskRow row{.id = found.kiosk, .name = name, .enrolled_at = now, .revoked_at = {}, .revoked_why = {}};
  if (auto added = kiosks.add(row); !added || found.how == How::anew) return added;
  // What it signed before this service forgot it is still to come.
  return kiosks.add_key({.kiosk = found.kiosk,
                         .device_key = envelope::key_to_hex(request.earlier->device_key),
                         .token_hash = hash_of_nothing(random),
                         .valid_from = now,
                         .ended_at = now,
                         .ended_why = kReplaced});
}

/// A service put back from before the machine last enrolled does not know its present key: what that one signed is
/// still to come. A code made for the machine is the word of its staff, and the request proves the key.
Result<void> add_earlier_key(store::Kiosks& kiosks, base::Random& random, base::SystemTime now,
                             const std::string& kiosk, const envelope::EnrolmentRequest& request) {
  if (!envelope::is_signed_by_earlier(request) || request.earlier->kiosk != kiosk) return {};
  const std::string key = envelope::key_to_hex(request.earlier->device_key);
  const auto known = kiosks.by_device_key(key);
  if (!known) return tl::unexpected(known.error());
  if (!known->empty()) return {};
  return kiosks.add_key({.kiosk = kiosk,
                         .device_key = key,
                         .token_hash = hash_of_nothing(random),
                         .valid_from = now,
                         .ended_at = now,
                         .ended_why = kReplaced});
}

/// `name` becomes what the machine is called. Only a code that is made for it and new lets a revoked one in again.
Result<void> renew_kiosk(store::Kiosks& kiosks, base::Random& random, base::SystemTime now, const store::CodeRow& code,
                         const std::string& kiosk, std::string& name, const envelope::EnrolmentRequest& request) {
  const auto row = kiosks.by_id(kiosk);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return fail(ErrorCode::corrupt, "the kiosk of a key or a code is not there");
  const bool lets_in_again = code.kiosk == kiosk && !code.used_at;
  if ((*row)->revoked_at && !lets_in_again) return fail(ErrorCode::conflict, (*row)->revoked_why);
  if (name.empty()) name = (*row)->name;
  if (auto renamed = kiosks.rename(kiosk, name); !renamed) return renamed;
  if ((*row)->revoked_at) {
    if (auto back = kiosks.reinstate(kiosk); !back) return back;
  } else if (code.kiosk == kiosk) {
    if (auto added = add_earlier_key(kiosks, random, now, kiosk, request); !added) return added;
  }
  return kiosks.end_keys(kiosk, now, kReplaced);
}

}  // namespace

Result<std::string> make_code(store::Store& store, base::Random& random, base::SystemTime now,
                              std::chrono::hours lifetime, const CodeFor& code_for) {
  const std::string code = random_characters(random, kCodeLength);
  const auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    if (code_for.kiosk) {
      const auto known = transaction.kiosks().by_id(*code_for.kiosk);
      if (!known) return tl::unexpected(known.error());
      if (!*known) return fail(ErrorCode::not_found, "no kiosk has the id " + *code_for.kiosk);
    }
    return transaction.kiosks().add_code({.code_hash = hash_of(code),
                                          .name = code_for.name,
                                          .kiosk = code_for.kiosk,
                                          .made_at = now,
                                          .expires_at = now + lifetime,
                                          .used_at = {},
                                          .used_by = {},
                                          .used_key = {}});
  });
  if (!written) return tl::unexpected(written.error());
  std::string shown;
  for (std::size_t at = 0; at < code.size(); at += kGroup) shown += (at == 0 ? "" : "-") + code.substr(at, kGroup);
  return shown;
}

Result<Enrolled> enrol(store::Store& store, base::Random& random, base::SystemTime now,
                       const envelope::EnrolmentRequest& request) {
  Enrolled enrolled;
  const std::string token = make_token(random);
  const auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    auto& kiosks = transaction.kiosks();
    const auto code = kiosks.code(hash_of(base::tidy_crockford(request.code)));
    if (!code) return tl::unexpected(code.error());
    if (!*code || (*code)->expires_at <= now) return refused();
    const auto found = find(kiosks, random, **code, request);
    if (!found) return tl::unexpected(found.error());
    std::string name = (*code)->name;
    const bool is_there = found->how == How::again || found->how == How::repeated;
    auto ready = is_there ? renew_kiosk(kiosks, random, now, **code, found->kiosk, name, request)
                          : add_kiosk(kiosks, random, now, *found, name, request);
    const std::string key = envelope::key_to_hex(request.device_key);
    if (ready) ready = kiosks.mark_code_used((*code)->code_hash, now, found->kiosk, key);
    if (ready) {
      ready = kiosks.add_key({.kiosk = found->kiosk,
                              .device_key = key,
                              .token_hash = hash_of(token),
                              .valid_from = now,
                              .ended_at = {},
                              .ended_why = {}});
    }
    enrolled = {.kiosk = found->kiosk, .name = name, .token = token, .how = found->how};
    return ready;
  });
  if (!written) return tl::unexpected(written.error());
  return enrolled;
}

const char* name_of(How how) {
  switch (how) {
    case How::anew: return "anew";
    case How::again: return "again";
    case How::adopted: return "adopted";
    case How::repeated: return "repeated";
  }
  return "anew";
}

}  // namespace bangwu::enrolment
