#include "envelope/tar.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace bangwu::envelope {
namespace {

// Offsets and lengths of the header's fields, POSIX.1-1988 section 10.1.1.
constexpr std::size_t kName = 0, kNameLength = 100;
constexpr std::size_t kMode = 100, kUser = 108, kGroup = 116;
constexpr std::size_t kSize = 124, kSizeLength = 12;
constexpr std::size_t kTime = 136;
constexpr std::size_t kChecksum = 148, kChecksumLength = 8;
constexpr std::size_t kType = 156;
constexpr std::size_t kMagic = 257;

void put_octal(TarBlock& block, std::size_t at, int digits, std::uint64_t value) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
  std::memcpy(block.data() + at, text, static_cast<std::size_t>(digits));
}

std::optional<std::uint64_t> octal(std::span<const std::uint8_t> field) {
  std::uint64_t value = 0;
  std::size_t digits = 0;
  for (const auto byte : field) {
    if (byte == 0 || byte == ' ') break;
    if (byte < '0' || byte > '7') return std::nullopt;
    value = value * 8 + (byte - '0');
    ++digits;
  }
  return digits == 0 ? std::nullopt : std::optional{value};
}

std::uint64_t checksum(TarBlock block) {
  std::fill_n(block.begin() + kChecksum, kChecksumLength, std::uint8_t{' '});
  std::uint64_t sum = 0;
  for (const auto byte : block) sum += byte;
  return sum;
}

}  // namespace

TarBlock tar_header(const TarEntry& entry, std::int64_t modified_seconds) {
  TarBlock block{};
  std::memcpy(block.data() + kName, entry.name.data(), std::min(entry.name.size(), kNameLength));
  put_octal(block, kMode, 7, 0600);
  put_octal(block, kUser, 7, 0);
  put_octal(block, kGroup, 7, 0);
  put_octal(block, kSize, 11, entry.size);
  put_octal(block, kTime, 11,
            static_cast<std::uint64_t>(std::clamp<std::int64_t>(modified_seconds, 0, (1LL << 33) - 1)));
  block[kType] = '0';
  std::memcpy(block.data() + kMagic, "ustar\00000", 8);
  put_octal(block, kChecksum, 6, checksum(block));
  block[kChecksum + 7] = ' ';
  return block;
}

std::optional<TarEntry> parse_tar_header(const TarBlock& block) {
  const std::span<const std::uint8_t> bytes(block);
  const auto sum = octal(bytes.subspan(kChecksum, kChecksumLength));
  const auto size = octal(bytes.subspan(kSize, kSizeLength));
  if (std::memcmp(block.data() + kMagic, "ustar", 6) != 0 || block[kType] != '0') return std::nullopt;
  if (!size || sum != checksum(block)) return std::nullopt;
  const auto* name = reinterpret_cast<const char*>(block.data());
  return TarEntry{std::string(name, ::strnlen(name, kNameLength)), *size};
}

bool is_zero(const TarBlock& block) {
  return std::all_of(block.begin(), block.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::size_t tar_padding(std::uint64_t size) {
  return static_cast<std::size_t>((kTarBlock - size % kTarBlock) % kTarBlock);
}

}  // namespace bangwu::envelope
