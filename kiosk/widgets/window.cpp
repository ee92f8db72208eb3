#include "widgets/window.h"

#include <SDL.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <string_view>

#include "base/log.h"
#include "widgets/window_events.h"

namespace bangwu::widgets {
namespace {

using std::chrono::milliseconds;

// The longest sleep: now and then a touch that lost its end is looked for.
constexpr milliseconds kLongestSleep{60'000};
constexpr milliseconds kStuckTouchCheck{1'000};

void set_hints() {
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  // The window's pixels in shared memory with the display server, never through OpenGL.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
  // The touch that brings the window back to the front is a touch like any other.
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  // Where no session bus runs SDL would try to start one, and nothing here talks to it.
  ::setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

tl::unexpected<base::Error> sdl_failed(const char* doing) {
  return base::fail(base::ErrorCode::unavailable, std::string(doing) + ": " + SDL_GetError());
}

/// Drivers that SDL falls back on where there is no display. Who names one in SDL_VIDEODRIVER means it.
bool is_unseen(const char* driver) {
  constexpr std::array<std::string_view, 3> kUnseen = {"dummy", "offscreen", "evdev"};
  const char* wanted = std::getenv("SDL_VIDEODRIVER");
  const bool is_wanted = wanted != nullptr && *wanted != '\0';
  return !is_wanted && (driver == nullptr || std::ranges::find(kUnseen, driver) != kUnseen.end());
}

}  // namespace

struct Window::State {
  const base::Clock& clock;
  SDL_Window* window = nullptr;
  std::unique_ptr<Stage> stage;
  EventReader events;
  Uint32 wake_event = 0;
  std::atomic<bool> wake_sent{false};
  OnClose on_close = OnClose::end;
  bool closed = false;
  base::SteadyTime last_input{};
  std::vector<SDL_Rect> rects;

  explicit State(const base::Clock& time) : clock(time) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    stage.reset();
    if (window != nullptr) {
      SDL_DestroyWindow(window);
    }
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }

  void feed(Input input) {
    last_input = clock.steady();
    stage->feed({std::move(input), last_input});
  }

  void handle(const SDL_Event& event) {
    if (event.type == wake_event) {
      wake_sent.store(false);
    } else if (event.type == SDL_QUIT) {
      if (on_close == OnClose::end) {
        closed = true;
      } else {
        base::log(base::LogLevel::warning, "window.stays", {{"detail", "something asked it to close"}});
      }
    } else if (event.type == SDL_WINDOWEVENT &&
               (event.window.event == SDL_WINDOWEVENT_EXPOSED || event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED)) {
      stage->repaint_all();
    }
    int width = 0;
    int height = 0;
    SDL_GetWindowSize(window, &width, &height);
    for (Input& input : events.read(event, width, height)) {
      feed(std::move(input));
    }
  }

  void sleep_until(base::SteadyTime deadline) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - clock.steady());
    const auto pause = std::clamp(left, milliseconds{0}, kLongestSleep);
    SDL_Event event;
    if (SDL_WaitEventTimeout(&event, static_cast<int>(pause.count())) != 0) {
      handle(event);
    } else if (auto lost = events.expire_stuck_touch()) {
      feed(std::move(*lost));
    }
    while (SDL_PollEvent(&event) != 0) {
      handle(event);
    }
  }

  void present(const std::vector<PixelRect>& dirty) {
    rects.clear();
    for (const PixelRect& r : dirty) {
      rects.push_back({r.x0, r.y0, r.x1 - r.x0, r.y1 - r.y0});
    }
    if (SDL_UpdateWindowSurfaceRects(window, rects.data(), static_cast<int>(rects.size())) != 0) {
      base::log(base::LogLevel::warning, "widgets.window_not_updated", {{"reason", SDL_GetError()}});
      stage->repaint_all();
    }
  }

  [[nodiscard]] Pixels pixels() const {
    SDL_Surface* surface = SDL_GetWindowSurface(window);
    if (surface == nullptr || surface->format->BytesPerPixel != 4) {
      return {};
    }
    return {static_cast<std::uint32_t*>(surface->pixels), surface->w, surface->h, surface->pitch / 4};
  }
};

std::vector<std::filesystem::path> font_files() { return {StageOptions{}.font, StageOptions{}.font_bold}; }

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::~Window() = default;

base::Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options, const base::Clock& clock) {
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
    return sdl_failed("start the display");
  }
  auto state = std::make_unique<State>(clock);
  state->on_close = options.on_close;
  if (is_unseen(SDL_GetCurrentVideoDriver())) {
    return base::fail(
        base::ErrorCode::unavailable,
        "there is no display that anybody could see: start it where DISPLAY or WAYLAND_DISPLAY is set, or "
        "on a console that the graphics card draws");
  }
  const bool full = options.mode == WindowMode::fullscreen;
  state->window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options.width,
                                   options.height,
                                   static_cast<Uint32>(full ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_BORDERLESS));
  if (state->window == nullptr) {
    return sdl_failed("open the window");
  }
  const SDL_Surface* surface = SDL_GetWindowSurface(state->window);
  if (surface == nullptr) {
    return sdl_failed("get the window's pixels");
  }
  if (surface->format->format != SDL_PIXELFORMAT_RGB888 && surface->format->format != SDL_PIXELFORMAT_ARGB8888) {
    return base::fail(base::ErrorCode::unsupported,
                      std::string("the display's pixel format is ") + SDL_GetPixelFormatName(surface->format->format));
  }
  StageOptions stage_options{.panel = {surface->w, surface->h, options.diagonal_inches},
                             .text_size = options.text_size,
                             .icons = options.icons};
  auto stage = Stage::create(stage_options);
  if (!stage) {
    return tl::unexpected(stage.error());
  }
  state->stage = std::move(*stage);
  state->wake_event = SDL_RegisterEvents(1);
  state->last_input = clock.steady();
  SDL_ShowCursor(full ? SDL_DISABLE : SDL_ENABLE);
  SDL_StartTextInput();
  return std::unique_ptr<Window>(new Window(std::move(state)));
}

Window::Woken Window::wait(base::SteadyTime deadline) {
  if (!state_->stage->input_pending()) {
    state_->sleep_until(std::min(deadline, state_->stage->next_frame_at()));
  }
  return state_->closed ? Woken::closed : Woken::yes;
}

void Window::wake() noexcept {
  if (!state_->wake_sent.exchange(true)) {
    SDL_Event event{};
    event.type = state_->wake_event;
    if (SDL_PushEvent(&event) != 1) {
      state_->wake_sent.store(false);  // the queue is full: wait() is about to return anyway
    }
  }
}

bool Window::frame(const DrawFunction& draw) {
  const Pixels target = state_->pixels();
  if (target.data == nullptr) {
    base::log(base::LogLevel::error, "widgets.window_has_no_pixels", {{"reason", SDL_GetError()}});
    return false;
  }
  const std::vector<PixelRect>& dirty = state_->stage->frame(state_->clock.steady(), draw, target);
  if (dirty.empty()) {
    return false;
  }
  state_->present(dirty);
  return true;
}

bool Window::input_pending() const { return state_->stage->input_pending(); }
void Window::inject(Input input) { state_->feed(std::move(input)); }
base::SteadyTime Window::last_input() const { return state_->last_input; }
Stage& Window::stage() { return *state_->stage; }
const std::vector<Item>& Window::items() const { return state_->stage->items(); }
Pixels Window::pixels() { return state_->pixels(); }

base::Result<void> Window::save_png(const std::filesystem::path& path) { return widgets::save_png(pixels(), path); }

}  // namespace bangwu::widgets
