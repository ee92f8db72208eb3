#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "widgets/icons.h"
#include "widgets/input.h"
#include "widgets/items.h"
#include "widgets/theme.h"

struct ImDrawList;

namespace bangwu::widgets {

class Picture;
class StageState;

/// What a finger did to a widget in this frame. `pressed`: came down on it; `held`: is down on it and it shows so;
/// `clicked`: came up on it. Buttons act on `clicked`, keyboard keys on `pressed`.
struct Touch {
  bool pressed = false;
  bool held = false;
  bool clicked = false;
};

enum class Align { left, centre, right };
enum class VerticalAlign { top, middle };

struct TextOptions {
  TextStyle style = TextStyle::body;
  std::optional<Colour> colour{};  ///< ink when absent
  Align align = Align::left;
  VerticalAlign vertical = VerticalAlign::top;
  int max_lines = 0;                      ///< 0: no limit; text beyond it ends in …
  std::optional<Role> role = Role::text;  ///< absent: not listed (it belongs to a widget that lists its label)
};

/// One frame of the screen being drawn: immediate mode. A screen gets a Ui&, draws a view with it and with the
/// functions of controls.h, fields.h, keyboard.h, notices.h, pictures.h, scroll.h and page_frame.h, and turns what
/// they return into messages. Nothing here is kept by the caller beyond the frame. UI thread only.
///
/// A touch belongs to the item that was at that place in the picture the visitor saw (the frame before), found by
/// its id: a thing that jumps under the finger is not chosen by mistake. Ids are unique within a frame.
class Ui {
 public:
  explicit Ui(StageState& state) : state_(state) {}
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  [[nodiscard]] const Theme& theme() const;
  [[nodiscard]] const Palette& palette() const { return theme().palette(); }
  [[nodiscard]] float px(Millimetres length) const { return theme().px(length); }
  [[nodiscard]] Rect screen() const;           ///< the whole panel
  [[nodiscard]] base::SteadyTime now() const;  ///< the frame's time; still in golden pictures
  /// Asks for a frame at `when` at the latest, for what moves by itself (busy, countdown). Ask again each frame.
  void draw_again_at(base::SteadyTime when);

  /// Names the screen being drawn. When the name changes a finger that is still down chooses nothing any more, and one
  /// that comes down within 0.3 s was not aimed at it: the second tap of two must not answer the next question.
  void begin_screen(std::string_view id);

  // --- drawing; later covers earlier ---
  void fill(Rect area, Colour colour);
  void round(Rect area, Colour colour, float radius);
  void outline(Rect area, Colour colour, float radius, float thickness);
  void card(Rect area, std::optional<Colour> colour = {});  ///< a white rounded surface with a soft shadow
  void icon(Rect area, Icon icon, Colour colour);           ///< centred, as large as fits; one colour and its tint
  void circle(Rect area, Colour colour);

  /// Draws wrapped text inside `area` (never clipped: lines follow below it) and returns the height used.
  float text(Rect area, std::string_view words, const TextOptions& options = {});
  [[nodiscard]] Size measure(std::string_view words, TextStyle style, float width, int max_lines = 0);
  [[nodiscard]] float line_width(std::string_view words, TextStyle style);  ///< of one unbroken line

  /// Everything drawn until the end of the scope shows only inside `area`; touches outside it miss, too.
  class Clip {
   public:
    Clip(Ui& ui, Rect area);
    ~Clip();
    Clip(const Clip&) = delete;
    Clip& operator=(const Clip&) = delete;

   private:
    Ui& ui_;
  };

  // --- for widgets: kits and screens that build their own ---
  /// Lists the item, and answers what the finger did to it if it is touchable and enabled.
  Touch item(Item item);
  /// How often the key the finger is held on acts again in this frame: after half a second, then eleven times a second.
  [[nodiscard]] int repeats(std::string_view id);
  void cover_all();  ///< marks everything drawn so far as covered (a dialog follows)
  /// The finger's path in this frame, oldest first, while it is down on item `id` (signature pads, dragging).
  [[nodiscard]] std::span<const TimedInput> path(std::string_view id) const;
  /// How far the finger that came down on item `id` moved since the last frame.
  [[nodiscard]] Point drag_of(std::string_view id) const;
  /// What was typed on a physical keyboard in this frame. The widget that uses it calls take_typed.
  [[nodiscard]] std::vector<Input> take_typed();
  [[nodiscard]] ImDrawList* draw_list();
  [[nodiscard]] StageState& state() { return state_; }

 private:
  StageState& state_;
};

/// Text that flows: draws at the top of `area` and cuts the height used and a gap off it. The heading is the page's
/// question (role heading).
void heading(Ui& ui, Rect& area, std::string_view words, TextStyle style = TextStyle::title);
void paragraph(Ui& ui, Rect& area, std::string_view words, const TextOptions& options = {});

}  // namespace bangwu::widgets
