#include "bench/ui/measure.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace bangwu::bench {

double now_ms() {
  using namespace std::chrono;
  return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

void pause_ms(double ms) { std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(ms)); }

double Times::at(double part) const {
  if (ms.empty()) return -1;
  return ms[std::min(ms.size() - 1, static_cast<std::size_t>(part * static_cast<double>(ms.size())))];
}

struct Observer::State {
  ::Display* x = nullptr;

  std::vector<char> look(const Area& area) const {
    XImage* image = XGetImage(x, DefaultRootWindow(x), area.x, area.y, static_cast<unsigned>(area.w),
                              static_cast<unsigned>(area.h), AllPlanes, ZPixmap);
    std::vector<char> pixels(image->data,
                             image->data + static_cast<std::ptrdiff_t>(image->bytes_per_line) * image->height);
    XDestroyImage(image);
    return pixels;
  }
};

Observer::Observer(const std::string& display) : state_(std::make_unique<State>()) {
  state_->x = XOpenDisplay(display.c_str());
  if (state_->x == nullptr) throw std::runtime_error("no display " + display);
}

Observer::~Observer() { XCloseDisplay(state_->x); }

void Observer::tap(int x, int y) {
  XTestFakeMotionEvent(state_->x, -1, x, y, CurrentTime);
  XTestFakeButtonEvent(state_->x, 1, True, CurrentTime);
  XFlush(state_->x);
  pause_ms(40);
  XTestFakeButtonEvent(state_->x, 1, False, CurrentTime);
  XSync(state_->x, False);
}

double Observer::touch_to_pixel(int x, int y, const Area& watched, Clock clock) {
  XTestFakeMotionEvent(state_->x, -1, x, y, CurrentTime);
  XSync(state_->x, False);
  pause_ms(30);
  std::vector<char> before = state_->look(watched);
  double start = now_ms();
  XTestFakeButtonEvent(state_->x, 1, True, CurrentTime);
  XFlush(state_->x);
  if (clock == Clock::from_release) {
    pause_ms(60);
    before = state_->look(watched);
    start = now_ms();
    XTestFakeButtonEvent(state_->x, 1, False, CurrentTime);
    XFlush(state_->x);
  }
  double seen = -1;
  while (now_ms() - start < 2000) {
    const auto now = state_->look(watched);
    const double at = now_ms();
    if (now != before) {
      seen = at - start;
      break;
    }
  }
  if (clock == Clock::from_press) {
    pause_ms(20);
    XTestFakeButtonEvent(state_->x, 1, False, CurrentTime);
    XSync(state_->x, False);
  }
  return seen;
}

double Observer::until_picture(const Area& area, double patience_ms) {
  const double start = now_ms();
  while (now_ms() - start < patience_ms) {
    const auto pixels = state_->look(area);
    std::set<std::uint32_t> colours;
    for (std::size_t i = 0; i + 4 <= pixels.size() && colours.size() <= 2; i += 4) {
      std::uint32_t colour = 0;
      std::memcpy(&colour, pixels.data() + i, 4);
      colours.insert(colour);
    }
    if (colours.size() > 2) return now_ms() - start;
    pause_ms(1);
  }
  return -1;
}

void Observer::wait_until_still(const Area& area) {
  auto last = state_->look(area);
  double since = now_ms();
  const double give_up = since + 5000;
  while (now_ms() - since < 100 && now_ms() < give_up) {
    pause_ms(5);
    auto now = state_->look(area);
    if (now != last) {
      last = std::move(now);
      since = now_ms();
    }
  }
}

namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// All processes whose chain of parents leads to root.
std::set<pid_t> family(pid_t root) {
  std::map<pid_t, pid_t> parent;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::string stat = read(entry.path() / "stat");
    const auto after = stat.rfind(')');
    if (after == std::string::npos) continue;
    std::istringstream rest(stat.substr(after + 4));
    pid_t above = 0;
    rest >> above;
    parent[std::stoi(name)] = above;
  }
  std::set<pid_t> members{root};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [pid, above] : parent) grew = (members.contains(above) && members.insert(pid).second) || grew;
  }
  return members;
}

double mebibytes(pid_t root, const std::string& field) {
  double kib = 0;
  for (const pid_t pid : family(root)) {
    std::istringstream lines(read("/proc/" + std::to_string(pid) + "/smaps_rollup"));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(field)) kib += std::stod(line.substr(field.size()));
    }
  }
  return kib / 1024;
}

}  // namespace

double pss_mib(pid_t root) { return mebibytes(root, "Pss:"); }
double own_mib(pid_t root) { return mebibytes(root, "Pss_Anon:"); }

double cpu_seconds(pid_t root) {
  double nanoseconds = 0;
  for (const pid_t pid : family(root)) {
    std::error_code gone;
    const std::filesystem::directory_iterator threads("/proc/" + std::to_string(pid) + "/task", gone);
    for (const auto& thread : threads) {
      std::istringstream fields(read(thread.path() / "schedstat"));
      double ran = 0;
      if (fields >> ran) nanoseconds += ran;
    }
  }
  return nanoseconds / 1e9;
}

}  // namespace bangwu::bench
