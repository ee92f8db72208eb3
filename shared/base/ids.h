#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace bangwu::base {

/// A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits. Ids made by one process
/// sort by the time they were made.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
};

/// Where random bytes come from; tests give a counter.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// The kernel's random numbers (getrandom(2)); ends the process if the kernel has none. Thread-safe.
class KernelRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

[[nodiscard]] Uuid make_uuid_v7(SystemTime now, Random& random);

/// 36 lower-case characters, 8-4-4-4-12.
[[nodiscard]] std::string to_string(const Uuid& id);

/// Accepts the 36-character form in either case; nothing else.
[[nodiscard]] std::optional<Uuid> parse_uuid(std::string_view text);

}  // namespace bangwu::base
