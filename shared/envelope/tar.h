#pragma once
// Private to this room: the few parts of POSIX.1-1988 "ustar" that an export needs, so that any tar can list one.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace bangwu::envelope {

inline constexpr std::size_t kTarBlock = 512;
using TarBlock = std::array<std::uint8_t, kTarBlock>;

struct TarEntry {
  std::string name;        ///< at most 100 bytes
  std::uint64_t size = 0;  ///< at most 8 GiB − 1
};

/// The header block of a plain file.
[[nodiscard]] TarBlock tar_header(const TarEntry& entry, std::int64_t modified_seconds);
/// Nothing if the block is not the header of a plain file, or its checksum is wrong.
[[nodiscard]] std::optional<TarEntry> parse_tar_header(const TarBlock& block);
[[nodiscard]] bool is_zero(const TarBlock& block);
/// Zero bytes that follow a file's content up to a full block.
[[nodiscard]] std::size_t tar_padding(std::uint64_t size);

}  // namespace bangwu::envelope
