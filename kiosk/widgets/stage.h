#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "widgets/input.h"
#include "widgets/items.h"
#include "widgets/renderer.h"
#include "widgets/theme.h"
#include "widgets/ui.h"

namespace bangwu::widgets {

struct StageOptions {
  Panel panel{};
  TextSize text_size = TextSize::normal;
  std::filesystem::path icons{};  ///< assets/icons
  std::filesystem::path font =
      "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";  ///< face 2 is Simplified Chinese
  std::filesystem::path font_bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
};

/// Whether what was just drawn is still true: a draw function that changed the state it draws (a message was
/// applied) answers `stale` and is called again, without input, before anything is shown.
enum class Drawn { current, stale };
using DrawFunction = std::function<Drawn(Ui&)>;

/// Everything between inputs and pixels, without a window: fonts, icons, the frame's items, the renderer. Window puts
/// one on the screen; golden pictures and tests drive one by hand with times of their own. UI thread only.
class Stage {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<Stage>> create(const StageOptions& options);
  ~Stage();

  /// Adds an input for a following frame.
  void feed(TimedInput input);
  [[nodiscard]] bool input_pending() const;

  /// One frame at `now` with the next step of the input (InputQueue), drawn into `target`. Returns what changed.
  const std::vector<PixelRect>& frame(base::SteadyTime now, const DrawFunction& draw, const Pixels& target);

  /// What is on the picture of the last frame.
  [[nodiscard]] const std::vector<Item>& items() const;
  /// When the last frame wants to be drawn again by itself; max() when never.
  [[nodiscard]] base::SteadyTime next_frame_at() const;

  void repaint_all();
  /// The end of a visit: gives back the memory of listed items and typed input, so that a heap which overwrites what is
  /// freed leaves none of their words. May be called while a draw function runs, after it has drawn.
  void forget_words();
  void set_text_size(TextSize size);
  /// Rasterises glyphs ahead of need, for idle moments; returns when `text` is done or `budget` is spent, with the
  /// number of bytes of `text` done.
  std::size_t warm_glyphs(std::string_view text, TextStyle style, std::chrono::microseconds budget);

 private:
  explicit Stage(std::unique_ptr<StageState> state);
  std::unique_ptr<StageState> state_;
};

/// Writes the pixels as an opaque PNG.
[[nodiscard]] base::Result<void> save_png(const Pixels& pixels, const std::filesystem::path& path);

}  // namespace bangwu::widgets
