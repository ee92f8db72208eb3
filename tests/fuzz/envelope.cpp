// What a kiosk hands in, in both formats: the document, its sealed key and what is sealed in it.
#include "envelope/envelope.h"

#include "envelope/bodies.h"
#include "fuzz/keys.h"
#include "fuzz/target.h"

using namespace bangwu;

namespace {

/// As the central service opens it.
void open(const envelope::Envelope& envelope) {
  const auto key = envelope::ContentKey::unseal(envelope.sealed_key, fuzz::central_key(), sealed_for(envelope));
  const auto plain = key ? key->decrypt(envelope.body) : tl::unexpected(key.error());
  if (plain) (void)envelope::body_from_json(envelope.kind, fuzz::text_of(*plain));
}

/// Erasing leaves an envelope that reads, and whose signature is over the same bytes.
void erase(envelope::Envelope envelope) {
  const std::string before = envelope::manifest_hash(envelope);
  if (!envelope::destroy_key(envelope)) return;
  const auto kept = envelope::stored_envelope_from_json(envelope::to_json(envelope));
  fuzz::expect(kept && *kept == envelope, "an erased envelope reads as it was written");
  fuzz::expect(envelope::manifest_hash(*kept) == before, "erasing keeps what was signed");
  fuzz::expect(!envelope::envelope_from_json(envelope::to_json(envelope)), "no kiosk sends an erased envelope");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of({data, size});
  const auto stored = envelope::stored_envelope_from_json(text);
  const auto sent = envelope::envelope_from_json(text);
  fuzz::expect(!sent || stored, "what can be sent can be kept");
  if (!stored) return 0;
  const auto again = envelope::stored_envelope_from_json(envelope::to_json(*stored));
  fuzz::expect(again && *again == *stored, "what was read is written the same");
  fuzz::expect(envelope::manifest_hash(*again) == envelope::manifest_hash(*stored), "and is the same envelope");
  (void)envelope::is_signed_by(*stored, fuzz::central_key().public_key());
  if (!sent) return 0;
  open(*sent);
  erase(*sent);
  return 0;
}
