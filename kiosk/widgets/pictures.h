#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "widgets/ui.h"

namespace bangwu::widgets {

enum class Rotation { none, quarter, half, three_quarters };  ///< clockwise

/// Pixels to show: a scanned page, a photo, a sample. Owns its memory and copies scaled to the sizes it was lately
/// drawn at (four at most, also within a frame); all are freed with it. Must live until the end of the frame it is
/// drawn in. UI thread for drawing; it may be made on any thread.
class Picture {
 public:
  /// `pixels` holds `height` rows of `width` × 3 bytes RGB, `stride` bytes apart; they are copied.
  [[nodiscard]] static base::Result<Picture> from_rgb(int width, int height, std::size_t stride,
                                                      std::span<const std::uint8_t> pixels);
  /// A PNG, JPEG or SVG file of ours (assets), by SDL2_image. Never give it a visitor's file.
  [[nodiscard]] static base::Result<Picture> from_file(const char* path);
  Picture(Picture&&) noexcept;
  Picture& operator=(Picture&&) noexcept;
  ~Picture();
  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;

  struct Data;
  [[nodiscard]] Data& data() const { return *data_; }

 private:
  explicit Picture(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

/// Draws the whole picture as large as fits in the middle of `area`, area-averaged when smaller; returns where.
Rect picture(Ui& ui, std::string_view id, Rect area, const Picture& picture, std::string_view label,
             Rotation rotation = Rotation::none);

/// Like picture(), and can be touched (a page in a list): returns true when touched.
[[nodiscard]] bool picture_button(Ui& ui, std::string_view id, Rect area, const Picture& picture,
                                  std::string_view label, Rotation rotation, bool selected);

/// A part of it, `zoom` times the size that fits; `centre` in 0..1 of the picture is in the middle as far as the edges
/// allow. Dragging moves the centre; buttons are the caller's.
void zoomed_picture(Ui& ui, std::string_view id, Rect area, const Picture& picture, std::string_view label,
                    Rotation rotation, float zoom, Point& centre);

/// A QR code: `modules` row by row, size × size, true is dark. Whole pixels a module, four modules of quiet zone, on
/// white, as large as fits; role image, with the words that say what it opens.
void qr(Ui& ui, std::string_view id, Rect area, int size, const std::vector<bool>& modules, std::string_view label);

/// What a person drew: x and y in 0..1 of the pad, time since the pad was first touched.
struct InkPoint {
  float x = 0;
  float y = 0;
  std::chrono::milliseconds t{};
  bool operator==(const InkPoint&) const = default;
};
using Stroke = std::vector<InkPoint>;

/// A place to sign or write. New points are added to `strokes`; the ink follows the finger in the same frame. Returns
/// true when a stroke changed. Clearing and undoing are the caller's: change `strokes`. The pad keeps its raster only
/// while it is drawn.
struct PadSpec {
  std::string hint{};  ///< shown while empty, e.g. 请在此处签名
  Millimetres pen = 1.0_mm;
  bool base_line = true;
};
bool signature_pad(Ui& ui, std::string_view id, Rect area, std::vector<Stroke>& strokes, const PadSpec& spec = {});

}  // namespace bangwu::widgets
