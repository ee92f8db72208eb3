#pragma once
#include <map>
#include <memory>

#include "widgets/masks.h"
#include "widgets/pictures.h"

namespace bangwu::widgets {

/// The ink of one pad as coverage, in tiles of 64 × 64 pixels so that a new point repaints only its surroundings.
/// Strokes are drawn as capsules along a curve through the points: one width, round ends, exact edges. What is seen of
/// strokes that grew point by point is what would be seen of them drawn at once.
class InkRaster {
 public:
  InkRaster(int width, int height, float pen) : width_(width), height_(height), pen_(pen) {}

  [[nodiscard]] bool fits(int width, int height, float pen) const {
    return width == width_ && height == height_ && pen == pen_;
  }
  /// Brings the raster up to date; draws only what was added when strokes only grew, all of it otherwise.
  void update(const std::vector<Stroke>& strokes);

  struct Tile {
    int x = 0;  ///< pixels from the pad's corner
    int y = 0;
    std::unique_ptr<Mask> mask;
  };
  using Tiles = std::map<std::pair<int, int>, Tile>;
  [[nodiscard]] const Tiles& tiles() const { return tiles_; }

 private:
  [[nodiscard]] bool grew_only(const std::vector<Stroke>& strokes) const;
  void draw_segment(const Stroke& stroke, std::size_t from);
  void draw_tail(const Stroke& stroke);
  void lift_tail();
  void capsule(Point a, Point b);
  [[nodiscard]] Point pixel(const InkPoint& p) const;

  int width_;
  int height_;
  float pen_;
  std::vector<Stroke> drawn_;
  std::size_t stroke_ = 0, piece_ = 0;  ///< the first piece that is not final
  bool is_tail_ = false;
  std::map<Tiles::key_type, std::vector<std::uint8_t>> below_tail_;  ///< tiles as they were without pieces to come
  Tiles tiles_;
};

}  // namespace bangwu::widgets
