#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/keys.h"

namespace bangwu::envelope {

/// Everything that leaves a kiosk is one of these.
enum class Kind { submission, commission, supplement, rating, termination, case_note };

/// A file that travels beside its envelope. It is the *sealed* blob: hash and size are those of the ciphertext, so that
/// anyone on the way can verify it and no one can read it. `role` names its place ("material"), never its content.
struct Attachment {
  std::string sha256;  ///< 64 lower-case hex digits
  std::uint64_t size = 0;
  std::string media_type;  ///< of what is inside, e.g. "image/jpeg"
  std::string role;
  bool operator==(const Attachment&) const = default;
};

/// The sealed unit. Idempotent by `id`; `sequence` counts a kiosk's envelopes from 1, so that two kiosks that work
/// under one identity are noticed (the same sequence with another id).
struct Envelope {
  base::Uuid id;
  Kind kind = Kind::submission;
  std::string kiosk;           ///< the kiosk's id, from enrolment
  std::uint64_t sequence = 0;  ///< given by the outbox on acceptance
  base::SystemTime created_at;
  std::optional<base::Uuid> depends_on;  ///< delivered before this one
  base::Bytes sealed_key;                ///< the visit's content key, in a sealed box for the central service
  base::Bytes body;                      ///< the body's JSON, sealed under the content key
  std::vector<Attachment> attachments;
  base::Bytes signature;  ///< Ed25519 of the kiosk's device key over manifest_bytes()
  bool operator==(const Envelope&) const = default;
};

/// What is signed: every member but the signature, as JSON with sorted keys and without spaces, the body by its
/// SHA-256. Two envelopes with the same manifest bytes are the same envelope.
[[nodiscard]] std::string manifest_bytes(const Envelope& envelope);
/// SHA-256 of manifest_bytes() in hex: what a receipt and a repeat are compared with.
[[nodiscard]] std::string manifest_hash(const Envelope& envelope);

void sign(Envelope& envelope, const SigningKey& device);
[[nodiscard]] bool is_signed_by(const Envelope& envelope, const VerifyKey& device);

/// The wire form: one JSON object, keys as the members above, binary as base64 (RFC 4648, with padding), times RFC
/// 3339.
[[nodiscard]] std::string to_json(const Envelope& envelope);
/// Every member is checked: lengths, hex, duplicates, unknown members, at most 512 attachments, body at most 4 MiB.
[[nodiscard]] base::Result<Envelope> envelope_from_json(std::string_view text);

[[nodiscard]] const char* name_of(Kind kind);  ///< "submission"
[[nodiscard]] std::optional<Kind> kind_from_name(std::string_view name);

/// The number a visitor is given before the central service has answered, e.g. "临7K3Q-9X2M": made from the id's random
/// bits in Crockford's base 32 (no I, L, O, U). Central finds the case by it too.
[[nodiscard]] std::string provisional_number(const base::Uuid& id);

}  // namespace bangwu::envelope
