#include "base/ids.h"

#include <sys/random.h>

#include <cstdlib>

#include "base/encoding.h"

namespace bangwu::base {
namespace {

constexpr std::array<std::size_t, 4> kHyphens{8, 13, 18, 23};

}  // namespace

void KernelRandom::fill(std::span<std::uint8_t> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = getrandom(bytes.data() + done, bytes.size() - done, 0);
    if (got <= 0) std::abort();  // a key made without random bytes is worse than a stop
    done += static_cast<std::size_t>(got);
  }
}

Uuid make_uuid_v7(SystemTime now, Random& random) {
  Uuid id;
  random.fill(id.bytes);
  const auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (unsigned i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - i)));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0F));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3F));
  return id;
}

std::string to_string(const Uuid& id) {
  std::string text = to_hex(id.bytes);
  for (const std::size_t at : kHyphens) text.insert(at, 1, '-');
  return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string digits(text);
  for (std::size_t i = kHyphens.size(); i-- > 0;) {
    if (digits[kHyphens[i]] != '-') return std::nullopt;
    digits.erase(kHyphens[i], 1);
  }
  Uuid id;
  return from_hex(digits, id.bytes) ? std::optional(id) : std::nullopt;
}

}  // namespace bangwu::base
