#pragma once
#include <compare>
#include <cstdint>

namespace bangwu::widgets {

/// A length on the layout, see Theme::px.
struct Millimetres {
  float value = 0;
  constexpr auto operator<=>(const Millimetres&) const = default;
};
constexpr Millimetres operator""_mm(long double value) { return {static_cast<float>(value)}; }
constexpr Millimetres operator""_mm(unsigned long long value) { return {static_cast<float>(value)}; }

/// sRGB, not premultiplied.
struct Colour {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  constexpr bool operator==(const Colour&) const = default;
};
constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex),
          255};
}
/// WCAG 2.2 contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] float contrast(Colour one, Colour other);

/// What a thing means. Accent: can be touched or is current; success: done, only; warning: wants attention; error.
enum class Tone { neutral, accent, success, warning, error };

struct Palette {
  Colour background, surface, sunken, line,
      outline;  ///< page, cards, wells and the keyboard's bed, hairlines, control edges
  Colour ink, ink_soft, ink_disabled, fill_disabled;  ///< every ink is ≥ 4.5 : 1 on background, surface and sunken
  Colour accent, accent_pressed, accent_soft, on_accent;  ///< accent_soft is a ground for accent and ink
  Colour success, success_soft, warning, warning_soft, warning_mark, error, error_pressed, error_soft;
  Colour header, header_soft;  ///< ground of the top bar under on_accent, and its quiet words
  Colour shadow, backdrop;     ///< translucent
};

/// display: one number or one word that is the screen. title: what the page asks. small is still body-sized by law of
/// this house (≥ 4.5 mm), only smaller than `body`. statement: what a person answers for with a signature.
enum class TextStyle { display, title, heading, body, body_strong, small, small_strong, key, clock, statement };

/// Sizes of one style, in pixels. `em` is the character's design size, `line` the distance of two base lines.
struct Type {
  float em = 0;
  float line = 0;
  bool bold = false;
};

enum class TextSize { normal, large, largest };

/// The panel, as configured. Without a known diagonal a kiosk's 32-inch panel is assumed.
struct Panel {
  int width = 1080;
  int height = 1920;
  float diagonal_inches = 32;
};
[[nodiscard]] float pixels_per_mm(const Panel& panel);

/// The floor under all sizes, in real millimetres of the panel.
inline constexpr Millimetres kMinimumTarget = 12.7_mm;
inline constexpr Millimetres kMinimumGap = 2.54_mm;
inline constexpr Millimetres kMinimumEm = 4.5_mm;

/// Sizes and colours for one panel. A value: make it once at start, and again when the text size changes.
///
/// One layout millimetre is at least one real millimetre of the panel; on panels whose short side is longer than 245 mm
/// (270 lying) everything grows with the panel, so that a 32-inch kiosk, read from further away, shows the same page
/// larger.
class Theme {
 public:
  explicit Theme(const Panel& panel, TextSize size = TextSize::normal);

  /// Layout millimetres to whole pixels, at least one.
  [[nodiscard]] float px(Millimetres length) const;
  [[nodiscard]] float real_mm(float pixels) const { return pixels / real_px_per_mm_; }
  [[nodiscard]] const Type& type(TextStyle style) const;
  [[nodiscard]] const Palette& palette() const { return palette_; }
  [[nodiscard]] Colour colour(Tone tone) const;       ///< for text, icons and edges
  [[nodiscard]] Colour soft_colour(Tone tone) const;  ///< for a ground under ink
  [[nodiscard]] bool landscape() const { return landscape_; }

  float radius = 0;         ///< of cards and tiles
  float radius_small = 0;   ///< of buttons, fields, keys
  float target = 0;         ///< least height and width of anything touched
  float button_height = 0;  ///< of ordinary buttons and fields
  float gap = 0;            ///< between neighbours
  float space = 0;          ///< between groups
  float margin = 0;         ///< at the page's sides
  float line_width = 0;     ///< hairlines
  float icon = 0;           ///< beside body text

 private:
  Palette palette_;
  Type types_[10];
  float real_px_per_mm_ = 1;
  float layout_px_per_mm_ = 1;
  bool landscape_ = false;
};

}  // namespace bangwu::widgets
