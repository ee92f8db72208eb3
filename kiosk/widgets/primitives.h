#pragma once
#include <cstdint>
#include <vector>

#include "widgets/renderer.h"
#include "widgets/texture.h"

namespace bangwu::widgets {

/// One thing to draw: an axis-aligned quad on whole pixels, or any other triangle.
struct Primitive {
  enum class Kind : std::uint8_t { fill, mask, picture, triangle };
  Kind kind = Kind::fill;
  std::uint8_t step_u = 0;  ///< texels per pixel along x: 0 or 1
  std::uint8_t step_v = 0;
  std::uint32_t colour = 0;  ///< 0xFFRRGGBB
  std::uint32_t alpha = 255;
  PixelRect box{};  ///< where it may draw: bounds within the clip rectangle
  int x = 0;        ///< of its first texel, before clipping
  int y = 0;
  int u = 0;
  int v = 0;
  const Texture* texture = nullptr;
  std::uint32_t triangle = 0;  ///< index into PrimitiveList::triangles
  std::uint64_t hash = 0;      ///< of all that decides its pixels
};

struct Triangle {
  ImVec2 position[3];
  ImVec2 uv[3];
  ImU32 colour[3];
};

struct PrimitiveList {
  std::vector<Primitive> primitives;
  std::vector<Triangle> triangles;
};

/// Turns draw data into primitives inside width × height, keeping the order. `list` is reused for its memory.
void collect_primitives(const ImDrawData& data, int width, int height, PrimitiveList& list);

}  // namespace bangwu::widgets
