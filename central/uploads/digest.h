#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "uploads/uploads.h"

namespace bangwu::uploads {

/// The checksum of one piece, computed as it comes. SHA-1 only because tus 1.0.0 obliges servers to know it; it guards
/// against line noise, nothing else.
class Digest {
 public:
  explicit Digest(ChecksumKind kind);
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  void add(std::span<const std::uint8_t> bytes);
  [[nodiscard]] std::string finish();  ///< lower-case hex; called once, last

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace bangwu::uploads
