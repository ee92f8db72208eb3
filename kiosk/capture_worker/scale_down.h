#pragma once
#include <cstdint>
#include <memory>

#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

struct PixelSize {
  int width = 0;
  int height = 0;
  bool operator==(const PixelSize&) const = default;
};

/// The size of the same shape whose long side is at most `longest_side`; each side at least 1. Never larger.
[[nodiscard]] PixelSize fit(PixelSize size, int longest_side);
/// The size of the same shape that has at most so many pixels. Never larger.
[[nodiscard]] PixelSize fit_pixels(PixelSize size, std::int64_t most);
/// A height of pixels over their width that somebody meant: up to a fax's two to one and a little, and not so near to
/// square that nobody sees it. 1 for all else.
[[nodiscard]] double sane_aspect(double aspect);
/// The size with square pixels of a picture whose pixels are `aspect` times as tall as wide: one side grows.
[[nodiscard]] PixelSize with_square_pixels(PixelSize size, double aspect);

/// Makes a picture of another size out of rows that come one by one: each pixel the average of the area it covers, so
/// that fine print turns grey, not ragged. What is not yet needed is not kept.
class RowScaler {
 public:
  RowScaler(PixelSize from, PixelSize to);
  RowScaler(RowScaler&&) noexcept;
  RowScaler& operator=(RowScaler&&) noexcept;
  ~RowScaler();
  /// The next of from.height rows, from.width × 3 bytes.
  void add_row(const std::uint8_t* row);
  /// The picture; what rows did not come for is black.
  [[nodiscard]] Raster take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The picture at fit(…).
[[nodiscard]] Raster scale_down(const Raster& raster, int longest_side);

}  // namespace bangwu::capture_worker
