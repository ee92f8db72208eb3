// Sealed keys and sealed bytes: what does not come from who holds the key does not open.
#include "envelope/content_key.h"
#include "fuzz/keys.h"
#include "fuzz/target.h"

using namespace bangwu;

namespace {

const envelope::SealedFor kWhose{"kiosk-1", {}};

void unseal(fuzz::Input input) { (void)envelope::ContentKey::unseal(input, fuzz::central_key(), kWhose); }

const envelope::ContentKey& content_key() {
  static const envelope::ContentKey key = envelope::ContentKey::make();
  return key;
}

void decrypt(fuzz::Input input) {
  fuzz::expect(!content_key().decrypt(input), "bytes that were not made with the key do not open");
}

/// The first two bytes say which byte of the sealed rest is changed, or where it ends.
void change(fuzz::Input input, bool is_cut) {
  if (input.size() < 2) return;
  const std::size_t place = input[0] * 256U + input[1];
  base::Bytes sealed = content_key().encrypt(input.subspan(2));
  const auto plain = content_key().decrypt(sealed);
  fuzz::expect(plain && std::equal(plain->begin(), plain->end(), input.begin() + 2, input.end()), "it opens whole");
  if (is_cut) sealed.resize(place % sealed.size());
  else sealed[place % sealed.size()] ^= 0x10;
  fuzz::expect(!content_key().decrypt(sealed), "what was changed on the way does not open");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  (void)fuzz::central_key();
  switch (fuzz::take_choice(input, 4)) {
    case 0: unseal(input); break;
    case 1: decrypt(input); break;
    case 2: change(input, false); break;
    default: change(input, true); break;
  }
  return 0;
}
