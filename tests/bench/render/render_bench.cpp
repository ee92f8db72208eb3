// render_bench ICONS [idle seconds]: how long from a finger on the X screen to the pixels on it.
//
// Presses are made with XTEST on a connection of their own; a picture counts as shown when the X server has taken it
// (SDL synchronises after each update). START_NS in the environment (CLOCK_REALTIME nanoseconds) dates the process
// start.
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "gallery_pages.h"
#include "widgets/window.h"

namespace {

using namespace bangwu;
using Clock = std::chrono::steady_clock;

/// Processor time of this process: what is left when others share the cores.
double processor_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void print(const char* what, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double p) {
    return values[std::min(values.size() - 1, static_cast<std::size_t>(p * static_cast<double>(values.size())))];
  };
  std::printf("%-34s p50 %6.2f  p95 %6.2f  max %6.2f ms  (%zu)\n", what, at(0.5), at(0.95), values.back(),
              values.size());
}

class Bench {
 public:
  explicit Bench(widgets::Window& window) : window_(window), display_(XOpenDisplay(nullptr)) {}
  ~Bench() { XCloseDisplay(display_); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  widgets::Drawn draw(widgets::Ui& ui) {
    pages_[page_].draw(ui);
    const auto touch =
        ui.item({.id = "go", .role = widgets::Role::button, .label = "go", .rect = {0, 0, 60, 60}, .touchable = true});
    if (touch.clicked) {
      page_ = (page_ + 1) % 8;
      return widgets::Drawn::stale;
    }
    return widgets::Drawn::current;
  }

  /// From the X request to the picture that answers it.
  double button(bool down, int x, int y) {
    XTestFakeMotionEvent(display_, -1, x, y, CurrentTime);
    XFlush(display_);
    settle();
    const auto start = Clock::now();
    XTestFakeButtonEvent(display_, 1, down ? True : False, CurrentTime);
    XFlush(display_);
    while (since(start) < 1000) {
      (void)window_.wait(deadline(100));
      bool shown = false;
      do {
        shown = window_.frame([this](widgets::Ui& ui) { return draw(ui); }) || shown;
      } while (window_.input_pending());
      if (shown) {
        return since(start);
      }
    }
    return 1000;
  }

  void settle() {
    for (int i = 0; i < 2; ++i) {
      (void)window_.wait(deadline(5));
      window_.frame([this](widgets::Ui& ui) { return draw(ui); });
    }
  }

  void new_screens(int rounds, const char* name) {
    std::vector<double> press;
    std::vector<double> show;
    for (int i = 0; i < rounds; ++i) {
      button(true, 30, 30);
      show.push_back(button(false, 31, 31));
    }
    print(name, show);
  }

  void keys() {
    page_ = 1;
    settle();
    std::vector<double> press;
    for (int i = 0; i < 60; ++i) {
      const auto items = window_.items();
      const auto* key = widgets::find_item(items, i % 2 == 0 ? "key:a" : "key:backspace");
      const auto at = key->rect.centre();
      press.push_back(button(true, static_cast<int>(at.x), static_cast<int>(at.y)));
      button(false, static_cast<int>(at.x), static_cast<int>(at.y));
    }
    print("key press -> shown", press);
  }

  template <class Action>
  static void measure(const char* name, Action action) {
    std::vector<double> wall;
    std::vector<double> processor;
    for (int i = 0; i < 60; ++i) {
      const auto start = Clock::now();
      const double used = processor_ms();
      action();
      processor.push_back(processor_ms() - used);
      wall.push_back(since(start));
    }
    print(name, wall);
    print("  processor time of it", processor);
  }

  void full_repaints() {
    const auto drawing = [this](widgets::Ui& ui) { return draw(ui); };
    std::vector<std::uint32_t> memory(1080 * 1920);
    const widgets::Pixels target{memory.data(), 1080, 1920, 1080};
    measure("full repaint with present", [&] {
      window_.stage().repaint_all();
      window_.frame(drawing);
    });
    measure("full repaint without present", [&] {
      window_.stage().repaint_all();
      window_.stage().frame({}, drawing, target);
    });
    measure("frame that changes nothing", [&] { window_.stage().frame({}, drawing, target); });
  }

  void idle(double seconds) {
    settle();
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const auto start = Clock::now();
    int woken = 0;
    while (since(start) < seconds * 1000) {
      (void)window_.wait(deadline(static_cast<int>(seconds * 1000 - since(start)) + 1));
      window_.frame([this](widgets::Ui& ui) { return draw(ui); });
      ++woken;
    }
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    const auto ms = [](const timeval& t) {
      return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    const double used = ms(after.ru_utime) + ms(after.ru_stime) - ms(before.ru_utime) - ms(before.ru_stime);
    std::printf("idle %.0f s: %.2f ms of a core = %.4f %%, woken %d times, resident at most %ld MB\n", seconds, used,
                used / (seconds * 10), woken, after.ru_maxrss / 1024);
  }

  std::size_t page_ = 0;

 private:
  base::SteadyTime deadline(int ms) { return clock_.steady() + std::chrono::milliseconds(ms); }
  widgets::Window& window_;
  Display* display_;
  base::RealClock clock_;
  std::vector<tests::GalleryPage> pages_ = tests::gallery_pages();
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: render_bench ICONS [IDLE_SECONDS]\n");
    return 2;
  }
  const base::RealClock clock;
  auto window = widgets::Window::open({.mode = widgets::WindowMode::windowed, .icons = argv[1]}, clock);
  if (!window) {
    std::fprintf(stderr, "%s\n", window.error().detail.c_str());
    return 1;
  }
  Bench bench(**window);
  (*window)->frame([&](widgets::Ui& ui) { return bench.draw(ui); });
  if (const char* start = std::getenv("START_NS")) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    std::printf("first picture %.1f ms after the process began\n",
                (static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec) - std::atof(start)) / 1e6);
  }
  bench.settle();
  bench.new_screens(8, "new screen, first time seen");
  bench.new_screens(80, "new screen -> shown");
  bench.keys();
  bench.page_ = 3;
  bench.full_repaints();
  bench.page_ = 0;
  bench.idle(argc > 2 ? std::atof(argv[2]) : 5);
  return 0;
}
