#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bangwu::base {

/// SHA-256 (FIPS 180-4) in 64 lower-case hex digits. OpenSSL's: it uses the processor's SHA instructions, libsodium's
/// portable code takes eight times as long.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace bangwu::base
