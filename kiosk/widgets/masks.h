#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "widgets/icons.h"
#include "widgets/texture.h"

namespace bangwu::widgets {

/// Coverage in memory with the texture that shows it.
struct Mask {
  std::vector<std::uint8_t> texels;
  Texture texture;

  Mask(int width, int height)
      : texels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)),
        texture{Texture::Kind::mask, width, height, texels.data(), next_texture_serial()} {}
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;
};

/// Shapes with anti-aliased edges and icons, baked once at the size they are drawn, so that the renderer only copies.
class Masks {
 public:
  explicit Masks(std::filesystem::path icons) : icons_(std::move(icons)) {}

  /// 2r × 2r: a disc; its quarters are the corners of a rounded rectangle.
  const Mask& disc(int radius);
  /// 2r × 2r: a ring of that thickness inside the disc's edge.
  const Mask& ring(int radius, int thickness);
  /// Nine slices of the soft shadow of a rounded rectangle: corners of radius + blur, one texel between them.
  const Mask& shadow(int radius, int blur);
  /// size × size; nullptr (and a line in the log) when the file is missing or is no SVG.
  const Mask* icon(Icon icon, int size);

 private:
  enum class Shape { disc, ring, shadow };
  using Key = std::tuple<Shape, int, int>;
  std::filesystem::path icons_;
  std::map<Key, std::unique_ptr<Mask>> shapes_;
  std::map<std::pair<Icon, int>, std::unique_ptr<Mask>> rasterised_;
};

}  // namespace bangwu::widgets
