#include "envelope/provisional_number.h"

#include <cstdint>
#include <span>

<<<<<<< trunk
#include "base/crockford.h"
#include "domain/numbers.h"
=======
#include "domain/case_number.h"
#include "domain/crockford.h"
>>>>>>> 3a45be6f0b02a35dbe57216b87f58c2dc8ea5b08
#include "envelope/keys.h"

namespace bangwu::envelope {
namespace {

<<<<<<< trunk
constexpr std::string_view kMark = "临";
constexpr std::size_t kCharacters1 = 8, kGroup1 = 4;
constexpr std::size_t kCharacters2 = 15, kGroup2 = 5;

std::string grouped(std::string_view characters, std::size_t group) {
  std::string text(kMark);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (i != 0 && i % group == 0) text += '-';
    text += characters[i];
  }
  return text;
}
=======
constexpr std::size_t kCharacters1 = 8, kCharacters2 = 15;
>>>>>>> 3a45be6f0b02a35dbe57216b87f58c2dc8ea5b08

/// The first `count` characters of five bits each.
std::string crockford(std::span<const std::uint8_t> bytes, std::size_t count) {
  std::string text;
  unsigned held = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    held = held << 8 | byte;
<<<<<<< trunk
    for (bits += 8; bits >= 5 && text.size() < count; bits -= 5) text += base::kCrockford[held >> (bits - 5) & 31];
=======
    for (bits += 8; bits >= 5 && text.size() < count; bits -= 5) text += domain::kCrockford[held >> (bits - 5) & 31];
>>>>>>> 3a45be6f0b02a35dbe57216b87f58c2dc8ea5b08
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

<<<<<<< trunk
std::string number_from(std::string_view typed) {
  std::string tidied = domain::tidy_number(typed);
  std::string characters = tidied.starts_with(kMark) ? tidied.substr(kMark.size()) : tidied;
  if (characters.size() != kCharacters1 && characters.size() != kCharacters2) return tidied;
  characters = base::tidy_crockford(characters);
  if (characters.find_first_not_of(base::kCrockford) != std::string::npos) return tidied;
  return grouped(characters, characters.size() == kCharacters1 ? kGroup1 : kGroup2);
}

=======
>>>>>>> 3a45be6f0b02a35dbe57216b87f58c2dc8ea5b08
}  // namespace bangwu::envelope
