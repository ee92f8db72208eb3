#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "widgets/primitives.h"
#include "widgets/renderer.h"

namespace bangwu::widgets {

/// x / 255 rounded to nearest, exact for 0 … 65025.
constexpr std::uint32_t divided_by_255(std::uint32_t x) { return (x + 128 + ((x + 128) >> 8)) >> 8; }

/// Row operations; both implementations give the same bits.
struct RowOperations {
  /// dst[i] = colour over dst[i] with one alpha.
  void (*blend)(std::uint32_t* target, std::size_t count, std::uint32_t colour, std::uint32_t alpha);
  /// dst[i] = colour over dst[i] with alpha × mask[i].
  void (*blend_mask)(std::uint32_t* target, const std::uint8_t* mask, std::size_t count, std::uint32_t colour,
                     std::uint32_t alpha);
};
extern const RowOperations kScalarRows;
extern const RowOperations kSimdRows;  ///< SSE2 where there is one, else scalar

/// Draws `primitives` in order inside `tile`, which lies within the target. What the tile held before does not show.
void draw_tile(const Pixels& target, const PixelRect& tile, const PrimitiveList& primitives, const RowOperations& rows);

/// The exact slow path (triangle.cpp): pixel centres, top-left fill rule, colours and texture interpolated.
void draw_triangle(const Pixels& target, const PixelRect& tile, const Primitive& primitive, const Triangle& triangle);

}  // namespace bangwu::widgets
