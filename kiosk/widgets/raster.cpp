#include "widgets/raster.h"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace bangwu::widgets {
namespace {

std::uint32_t blended(std::uint32_t below, std::uint32_t colour, std::uint32_t alpha) {
  std::uint32_t result = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    const std::uint32_t s = colour >> shift & 0xFFU;
    const std::uint32_t d = below >> shift & 0xFFU;
    result |= divided_by_255(s * alpha + d * (255 - alpha)) << shift;
  }
  return result;
}

void blend_scalar(std::uint32_t* target, std::size_t count, std::uint32_t colour, std::uint32_t alpha) {
  for (std::size_t i = 0; i < count; ++i) {
    target[i] = blended(target[i], colour, alpha);
  }
}

void blend_mask_scalar(std::uint32_t* target, const std::uint8_t* mask, std::size_t count, std::uint32_t colour,
                       std::uint32_t alpha) {
  for (std::size_t i = 0; i < count; ++i) {
    if (mask[i] != 0) {
      target[i] = blended(target[i], colour, divided_by_255(mask[i] * alpha));
    }
  }
}

#if defined(__SSE2__)

__m128i lanes_divided_by_255(__m128i x) {
  x = _mm_add_epi16(x, _mm_set1_epi16(128));
  return _mm_srli_epi16(_mm_add_epi16(x, _mm_srli_epi16(x, 8)), 8);
}

/// Two pixels in 16-bit lanes each: source × alpha + below × (255 − alpha).
__m128i over(__m128i below, __m128i source, __m128i alpha) {
  const __m128i rest = _mm_sub_epi16(_mm_set1_epi16(255), alpha);
  return lanes_divided_by_255(_mm_add_epi16(_mm_mullo_epi16(source, alpha), _mm_mullo_epi16(below, rest)));
}

void store_four(std::uint32_t* target, __m128i source, __m128i alpha_low, __m128i alpha_high) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i below = _mm_loadu_si128(reinterpret_cast<const __m128i*>(target));
  const __m128i low = over(_mm_unpacklo_epi8(below, zero), source, alpha_low);
  const __m128i high = over(_mm_unpackhi_epi8(below, zero), source, alpha_high);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(target), _mm_packus_epi16(low, high));
}

__m128i lanes_of(std::uint32_t colour) {
  return _mm_unpacklo_epi8(_mm_set1_epi32(static_cast<int>(colour)), _mm_setzero_si128());
}

void blend_sse2(std::uint32_t* target, std::size_t count, std::uint32_t colour, std::uint32_t alpha) {
  const __m128i source = lanes_of(colour);
  const __m128i alphas = _mm_set1_epi16(static_cast<short>(alpha));
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    store_four(target + i, source, alphas, alphas);
  }
  blend_scalar(target + i, count - i, colour, alpha);
}

void blend_mask_sse2(std::uint32_t* target, const std::uint8_t* mask, std::size_t count, std::uint32_t colour,
                     std::uint32_t alpha) {
  const __m128i source = lanes_of(colour);
  const __m128i full = _mm_set1_epi32(static_cast<int>(colour));
  const __m128i alphas = _mm_set1_epi16(static_cast<short>(alpha));
  const __m128i zero = _mm_setzero_si128();
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    std::uint32_t four = 0;
    std::memcpy(&four, mask + i, 4);
    if (four == 0) {
      continue;
    }
    if (four == 0xFFFFFFFFU && alpha == 255) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(target + i), full);
      continue;
    }
    __m128i cover = _mm_cvtsi32_si128(static_cast<int>(four));
    cover = _mm_unpacklo_epi8(cover, cover);
    cover = _mm_unpacklo_epi16(cover, cover);  // each of the four bytes four times
    __m128i low = _mm_unpacklo_epi8(cover, zero);
    __m128i high = _mm_unpackhi_epi8(cover, zero);
    if (alpha != 255) {
      low = lanes_divided_by_255(_mm_mullo_epi16(low, alphas));
      high = lanes_divided_by_255(_mm_mullo_epi16(high, alphas));
    }
    store_four(target + i, source, low, high);
  }
  blend_mask_scalar(target + i, mask + i, count - i, colour, alpha);
}

#endif

std::uint32_t* row_at(const Pixels& target, int x, int y) {
  return target.data + static_cast<std::ptrdiff_t>(y) * target.stride + x;
}

void draw_fill(const Pixels& target, const PixelRect& box, const Primitive& p, const RowOperations& rows) {
  const auto count = static_cast<std::size_t>(box.x1 - box.x0);
  for (int y = box.y0; y < box.y1; ++y) {
    std::uint32_t* row = row_at(target, box.x0, y);
    if (p.alpha == 255) {
      std::fill_n(row, count, p.colour);
    } else {
      rows.blend(row, count, p.colour, p.alpha);
    }
  }
}

void draw_mask(const Pixels& target, const PixelRect& box, const Primitive& p, const RowOperations& rows) {
  const auto* texels = static_cast<const std::uint8_t*>(p.texture->texels);
  const auto count = static_cast<std::size_t>(box.x1 - box.x0);
  for (int y = box.y0; y < box.y1; ++y) {
    const int v = p.v + (p.step_v != 0 ? y - p.y : 0);
    const std::uint8_t* source = texels + static_cast<std::ptrdiff_t>(v) * p.texture->width + p.u;
    if (p.step_u != 0) {
      rows.blend_mask(row_at(target, box.x0, y), source + (box.x0 - p.x), count, p.colour, p.alpha);
    } else if (const std::uint32_t alpha = divided_by_255(*source * p.alpha); alpha != 0) {
      rows.blend(row_at(target, box.x0, y), count, p.colour, alpha);
    }
  }
}

std::uint32_t tinted(std::uint32_t texel, std::uint32_t colour) {
  std::uint32_t result = 0xFF000000U;
  for (int shift = 0; shift < 24; shift += 8) {
    result |= divided_by_255((texel >> shift & 0xFFU) * (colour >> shift & 0xFFU)) << shift;
  }
  return result;
}

void draw_picture(const Pixels& target, const PixelRect& box, const Primitive& p) {
  const auto* texels = static_cast<const std::uint32_t*>(p.texture->texels);
  const bool plain = p.alpha == 255 && p.colour == 0xFFFFFFFFU && p.step_u == 1;
  for (int y = box.y0; y < box.y1; ++y) {
    const int v = p.v + (p.step_v != 0 ? y - p.y : 0);
    const std::uint32_t* source = texels + static_cast<std::ptrdiff_t>(v) * p.texture->width + p.u;
    std::uint32_t* row = row_at(target, box.x0, y);
    if (plain) {
      std::memcpy(row, source + (box.x0 - p.x), static_cast<std::size_t>(box.x1 - box.x0) * 4);
      continue;
    }
    for (int x = box.x0; x < box.x1; ++x, ++row) {
      *row = blended(*row, tinted(source[p.step_u != 0 ? x - p.x : 0], p.colour), p.alpha);
    }
  }
}

PixelRect intersected(const PixelRect& a, const PixelRect& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

bool hides(const Primitive& p, const PixelRect& tile) {
  return p.kind == Primitive::Kind::fill && p.alpha == 255 && p.box.x0 <= tile.x0 && p.box.y0 <= tile.y0 &&
         p.box.x1 >= tile.x1 && p.box.y1 >= tile.y1;
}

}  // namespace

const RowOperations kScalarRows{blend_scalar, blend_mask_scalar};
#if defined(__SSE2__)
const RowOperations kSimdRows{blend_sse2, blend_mask_sse2};
#else
const RowOperations kSimdRows{blend_scalar, blend_mask_scalar};
#endif

void draw_tile(const Pixels& target, const PixelRect& tile, const PrimitiveList& list, const RowOperations& rows) {
  // What lies under an opaque fill of the whole tile need not be drawn.
  std::size_t first = list.primitives.size();
  while (first > 0 && !hides(list.primitives[first - 1], tile)) {
    --first;
  }
  if (first > 0) {
    --first;
  } else {
    draw_fill(target, tile, Primitive{.colour = 0xFF000000U, .box = tile}, rows);
  }
  for (std::size_t i = first; i < list.primitives.size(); ++i) {
    const Primitive& p = list.primitives[i];
    const PixelRect box = intersected(p.box, tile);
    if (box.x0 >= box.x1 || box.y0 >= box.y1) {
      continue;
    }
    switch (p.kind) {
      case Primitive::Kind::fill: draw_fill(target, box, p, rows); break;
      case Primitive::Kind::mask: draw_mask(target, box, p, rows); break;
      case Primitive::Kind::picture: draw_picture(target, box, p); break;
      case Primitive::Kind::triangle: draw_triangle(target, box, p, list.triangles[p.triangle]); break;
    }
  }
}

}  // namespace bangwu::widgets
