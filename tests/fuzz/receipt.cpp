// The central service's answer, as a kiosk reads it: only a receipt that proves lets it forget what it holds.
#include "envelope/receipt.h"

#include "fuzz/keys.h"
#include "fuzz/target.h"

using namespace bangwu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto receipt = envelope::receipt_from_json(fuzz::text_of({data, size}));
  if (!receipt) return 0;
  const auto again = envelope::receipt_from_json(envelope::to_json(*receipt));
  fuzz::expect(again && *again == *receipt, "what was read is written the same");
  const auto key = fuzz::signing_key().public_key();
  const bool proves = proves_delivery(*receipt, receipt->envelope, receipt->manifest_hash, key);
  base::Uuid other = receipt->envelope;
  other.bytes[15] ^= 1;
  fuzz::expect(!proves_delivery(*receipt, other, receipt->manifest_hash, key), "no receipt is another envelope's");
  envelope::Receipt changed = *receipt;
  changed.case_number += '1';
  fuzz::expect(!proves || !proves_delivery(changed, changed.envelope, changed.manifest_hash, key),
               "a receipt that was changed proves nothing");
  return 0;
}
