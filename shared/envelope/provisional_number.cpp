#include "envelope/provisional_number.h"

#include <cstdint>
#include <span>

#include "base/crockford.h"
#include "domain/case_number.h"
#include "envelope/keys.h"

namespace bangwu::envelope {
namespace {

constexpr std::size_t kCharacters1 = 8, kCharacters2 = 15;

/// The first `count` characters of five bits each.
std::string crockford(std::span<const std::uint8_t> bytes, std::size_t count) {
  std::string text;
  unsigned held = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    held = held << 8 | byte;
    for (bits += 8; bits >= 5 && text.size() < count; bits -= 5) text += base::kCrockford[held >> (bits - 5) & 31];
    held &= (1U << bits) - 1;
  }
  return text;
}

}  // namespace

std::string provisional_number(std::string_view kiosk, const base::Uuid& id) {
  const std::string text = "bangwu-provisional-number-v2\n" + std::string(kiosk) + "\n" + base::to_string(id);
  const auto hash = key_from_hex(sha256_hex(text));
  return domain::group_provisional_number(crockford(*hash, kCharacters2));
}

std::string provisional_number(Format format, std::string_view kiosk, const base::Uuid& id) {
  if (format == Format::two) return provisional_number(kiosk, id);
  return domain::group_provisional_number(crockford(std::span(id.bytes).subspan(11), kCharacters1));
}

std::string provisional_number(const Envelope& envelope) {
  return provisional_number(format_of(envelope), envelope.kiosk, envelope.id);
}

}  // namespace bangwu::envelope
