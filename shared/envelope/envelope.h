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
#include "envelope/content_key.h"
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

/// The form an envelope has for ever. `two` binds the sealed key to kiosk and envelope (content_key.h) and names it by
/// its hash; `one` is read from queues that hold it, and made no more.
enum class Format { one = 1, two = 2 };

/// The sealed unit. Idempotent by `id`; `sequence` counts a kiosk's envelopes from 1, so that two kiosks that work
/// under one identity are noticed (the same sequence with another id).
struct Envelope {
  base::Uuid id;
  Kind kind = Kind::submission;
  std::string kiosk;           ///< the kiosk's id, from enrolment
  std::uint64_t sequence = 0;  ///< given by the outbox on acceptance
  base::SystemTime created_at;
  std::optional<base::Uuid> depends_on;  ///< delivered before this one
  base::Bytes sealed_key;                ///< the visit's content key, sealed to the central service; tells the format
  std::string destroyed_key;             ///< SHA-256 of a sealed key that was destroyed; empty while there is one
  base::Bytes body;                      ///< the body's JSON, sealed under the content key
  std::vector<Attachment> attachments;
  base::Bytes signature;  ///< Ed25519 of the kiosk's device key over manifest_bytes()
  bool operator==(const Envelope&) const = default;
};

[[nodiscard]] Format format_of(const Envelope& envelope);
/// For ContentKey::seal_to and unseal.
[[nodiscard]] SealedFor sealed_for(const Envelope& envelope);

/// Every member but the signature, as JSON with sorted keys and without spaces, the body by its SHA-256. Format 2 names
/// its number ("format":2), and the sealed key by its SHA-256 too: a signature verifies when the key is no more.
/// Two envelopes with the same manifest bytes are the same envelope.
[[nodiscard]] std::string manifest_bytes(const Envelope& envelope);
/// SHA-256 of manifest_bytes() in hex: what a receipt and a repeat are compared with.
[[nodiscard]] std::string manifest_hash(const Envelope& envelope);
/// The same without kiosk and sequence: what does not change when a kiosk numbers and signs again what it holds.
[[nodiscard]] std::string content_hash(const Envelope& envelope);

/// Signed are, in format 2, the bytes "bangwu-envelope-v2", a line feed and the manifest; in format 1 the manifest.
void sign(Envelope& envelope, const SigningKey& device);
[[nodiscard]] bool is_signed_by(const Envelope& envelope, const VerifyKey& device);

/// Erasure: takes the sealed key away and leaves its hash. Body and pages can never be opened again; signature and
/// receipt still verify. `unsupported` for format 1, whose signature needs the key itself.
[[nodiscard]] base::Result<void> destroy_key(Envelope& envelope);

/// The wire form: one JSON object, keys as the members above, binary as base64 (RFC 4648, with padding), times RFC
/// 3339; "format" from format 2 on, "sealed_key_sha256" in place of a key that was destroyed.
[[nodiscard]] std::string to_json(const Envelope& envelope);
/// Every member is checked: lengths, hex, duplicates, unknown members, at most 512 attachments, body at most 4 MiB. An
/// envelope without its sealed key is refused: no kiosk sends one.
[[nodiscard]] base::Result<Envelope> envelope_from_json(std::string_view text);
/// The same for what is kept: the key may have been destroyed.
[[nodiscard]] base::Result<Envelope> stored_envelope_from_json(std::string_view text);

[[nodiscard]] const char* name_of(Kind kind);  ///< "submission"
[[nodiscard]] std::optional<Kind> kind_from_name(std::string_view name);

}  // namespace bangwu::envelope
