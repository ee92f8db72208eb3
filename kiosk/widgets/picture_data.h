#pragma once
#include <cstdint>
#include <vector>

#include "widgets/pictures.h"
#include "widgets/texture.h"

namespace bangwu::widgets {

/// The pixels, and the copy at the size and turn they were drawn at last.
struct Picture::Data {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  // 0xFFRRGGBB

  /// What the copy shows: a part of the turned picture, in pixels of it, at `out_width` × `out_height`.
  struct View {
    Rotation rotation = Rotation::none;
    float x = 0, y = 0, w = 0, h = 0;
    int out_width = 0;
    int out_height = 0;
    bool operator==(const View&) const = default;
  };
  View view;
  std::vector<std::uint32_t> scaled;
  Texture texture;

  /// Size after turning.
  [[nodiscard]] Size turned(Rotation rotation) const;
  /// The texture that shows `wanted`; scaled now if it is not the one at hand.
  [[nodiscard]] const Texture& show(const View& wanted);
};

}  // namespace bangwu::widgets
