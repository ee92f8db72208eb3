#pragma once
#include <cstdint>
#include <vector>

#include "widgets/pictures.h"
#include "widgets/texture.h"

namespace bangwu::widgets {

/// The pixels, and copies at the sizes and turns they were drawn at lately.
struct Picture::Data {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  // 0xFFRRGGBB

  /// What a copy shows: a part of the turned picture, in pixels of it, at `out_width` × `out_height`.
  struct View {
    Rotation rotation = Rotation::none;
    float x = 0, y = 0, w = 0, h = 0;
    int out_width = 0;
    int out_height = 0;
    bool operator==(const View&) const = default;
  };
  struct Copy {
    View view;
    std::vector<std::uint32_t> pixels;
    Texture texture;
  };
  /// Latest used last. A frame draws one picture in at most this many ways (a page, its thumbnail, turned …).
  static constexpr std::size_t kMostCopies = 4;
  std::vector<std::unique_ptr<Copy>> copies;

  /// Size after turning.
  [[nodiscard]] Size turned(Rotation rotation) const;
  /// The texture that shows `wanted`; scaled now if no copy does.
  [[nodiscard]] const Texture& show(const View& wanted);
};

}  // namespace bangwu::widgets
