#pragma once
#include <atomic>
#include <cstdint>

#include "imgui.h"

namespace bangwu::widgets {

/// What an ImTextureID points to here: coverage (one byte a texel, tinted by the vertex colour) or an opaque picture
/// (0xXXRRGGBB). `serial` names the content: it changes when the texels do, so that a reused address is no accident.
struct Texture {
  enum class Kind { mask, picture };
  Kind kind = Kind::mask;
  int width = 0;
  int height = 0;
  const void* texels = nullptr;
  std::uint64_t serial = 0;
};

inline std::uint64_t next_texture_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

inline ImTextureRef reference_to(const Texture& texture) {
  return ImTextureRef{static_cast<ImTextureID>(reinterpret_cast<std::uintptr_t>(&texture))};
}

}  // namespace bangwu::widgets
