#pragma once
#include <cstdint>
#include <filesystem>

namespace bangwu::outbox {

/// A file of zeros that is given up when the disk is full, so that a delivery can still be written down: the one act
/// that makes room again. Without it a full disk would stay full for ever.
class Ballast {
 public:
  static constexpr std::uint64_t kSize = 4U << 20;
  explicit Ballast(std::filesystem::path file) : file_(std::move(file)) {}

  /// Lays it in if it is not whole and `free_bytes` are plenty; true if it is there now.
  bool lay_in(std::uint64_t free_bytes) const;
  [[nodiscard]] bool is_whole() const;
  /// True if there was any to give up.
  [[nodiscard]] bool give_up() const;

 private:
  std::filesystem::path file_;
};

}  // namespace bangwu::outbox
