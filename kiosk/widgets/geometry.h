#pragma once
#include <vector>

namespace bangwu::widgets {

/// All geometry is in pixels of the panel, origin at the top left, whole numbers wherever something is drawn.
struct Point {
  float x = 0;
  float y = 0;
  bool operator==(const Point&) const = default;
};

struct Size {
  float w = 0;
  float h = 0;
  bool operator==(const Size&) const = default;
};

/// A rectangle that screens cut into parts: the take_* functions cut a piece off one side, return it and leave the
/// rest (less `gap`) in place, so a screen reads from top to bottom. Results are rounded to whole pixels; a piece is
/// never larger than what is left.
struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
  bool operator==(const Rect&) const = default;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Point centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool empty() const { return w <= 0 || h <= 0; }
  [[nodiscard]] bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  [[nodiscard]] bool overlaps(const Rect& other) const;
  [[nodiscard]] Rect intersection(const Rect& other) const;  ///< empty (w = h = 0) when they do not overlap
  [[nodiscard]] Rect inset(float all) const { return inset(all, all); }
  [[nodiscard]] Rect inset(float sides, float top_and_bottom) const;
  [[nodiscard]] Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }

  Rect take_top(float height, float gap = 0);
  Rect take_bottom(float height, float gap = 0);
  Rect take_left(float width, float gap = 0);
  Rect take_right(float width, float gap = 0);
  void skip_top(float height) { take_top(height); }

  /// `count` equal parts side by side (columns) or one below the other (rows), `gap` apart.
  [[nodiscard]] std::vector<Rect> columns(int count, float gap) const;
  [[nodiscard]] std::vector<Rect> rows(int count, float gap) const;
  /// count cells of `height` each, filled row by row in `column_count` columns.
  [[nodiscard]] std::vector<Rect> grid(int count, int column_count, float height, float gap) const;

  /// A rectangle of that size (at most this one's) in the middle of this one.
  [[nodiscard]] Rect centred(Size size) const;
};

}  // namespace bangwu::widgets
