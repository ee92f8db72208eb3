#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "widgets/stage.h"

namespace bangwu::widgets {

enum class WindowMode { fullscreen, windowed };
/// What happens when the desktop asks the window to close (Alt+F4, its cross, the end of a session).
enum class OnClose { end, stay };

/// The files a window takes its type from.
[[nodiscard]] std::vector<std::filesystem::path> font_files();

struct WindowOptions {
  std::string title = "帮吾办";
  WindowMode mode = WindowMode::fullscreen;
  OnClose on_close = OnClose::end;
  int width = 1080;  ///< of a windowed one; a full screen has the display's size
  int height = 1920;
  float diagonal_inches = 32;  ///< of the panel; of the part the window covers when windowed
  TextSize text_size = TextSize::normal;
  std::filesystem::path icons{};
};

/// The kiosk's one window on SDL (X11, Wayland, KMSDRM, dummy), drawn by software. Works without a GPU and without
/// any input device. UI thread only, except wake().
///
///     while (running) {
///       window->wait(next_deadline);                       // sleeps
///       do { window->frame(draw); } while (window->input_pending());
///     }
class Window {
 public:
  /// `unavailable`: there is no display. One that nobody can see (SDL's dummy and offscreen drivers) is taken only if
  /// SDL_VIDEODRIVER names it.
  [[nodiscard]] static base::Result<std::unique_ptr<Window>> open(const WindowOptions& options,
                                                                  const base::Clock& clock);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Sleeps until an input, wake(), `deadline`, or a time the last frame asked for. closed: the desktop asked it to
  /// close and OnClose::end says that it may.
  enum class Woken { yes, closed };
  [[nodiscard]] Woken wait(base::SteadyTime deadline);

  /// From any thread, also from a signal-free callback: makes wait() return soon. Calls before one wait() melt into
  /// one.
  void wake() noexcept;

  /// Handles one step of the input: react, draw, present at once; presents nothing when no pixel changed. Returns
  /// true when something was presented.
  bool frame(const DrawFunction& draw);
  [[nodiscard]] bool input_pending() const;

  /// As if a finger or keyboard had done it (tests, the inspection socket).
  void inject(Input input);
  /// The time of the last real or injected input.
  [[nodiscard]] base::SteadyTime last_input() const;

  [[nodiscard]] Stage& stage();
  [[nodiscard]] const std::vector<Item>& items() const;
  [[nodiscard]] Pixels pixels();
  [[nodiscard]] base::Result<void> save_png(const std::filesystem::path& path);

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::widgets
