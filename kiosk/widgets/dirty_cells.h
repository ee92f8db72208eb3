#pragma once
#include <cstdint>
#include <vector>

#include "widgets/primitives.h"

namespace bangwu::widgets {

/// Finds what changed between two pictures: each cell of 32 × 32 pixels carries an order-dependent hash of the
/// primitives that touch it; cells whose hash differs are dirty.
class DirtyCells {
 public:
  static constexpr int kCell = 32;

  /// Rectangles, disjoint, that hold every pixel that may differ from the list given before; all of it at first,
  /// after a new size and after forget().
  const std::vector<PixelRect>& compare(const PrimitiveList& list, int width, int height);
  void forget() { known_ = false; }

 private:
  void hash(const PrimitiveList& list);
  void collect();
  void merge();

  int width_ = 0;
  int height_ = 0;
  int across_ = 0;
  int down_ = 0;
  bool known_ = false;
  std::vector<std::uint64_t> cells_;
  std::vector<std::uint64_t> previous_;
  std::vector<PixelRect> dirty_;
};

}  // namespace bangwu::widgets
