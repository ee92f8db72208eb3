// How the kiosk's screen compares with Chromium in kiosk mode showing the same screen, measured in one run on one
// machine: prints each figure of both and the ratio, with the limit it is held to.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>

#include "bench/ui/contender.h"

namespace bangwu::bench {
namespace {

struct Figures {
  double first_warm = 0, first_cold = 0, memory = 0, idle_percent = 0;
  Times screen, key;
};

constexpr int kTouches = 120;

double time_first_picture(Contender& contender, const Area& area) {
  Observer observer(contender.display());
  const double begun = now_ms();
  contender.start();
  return observer.until_picture(area, 30000) < 0 ? -1 : now_ms() - begun;
}

enum class Caches { warm, dropped };

// Only what is on the disk can be dropped, and a disk that is still writing would be measured with it.
void drop_caches() {
  ::sync();
  std::ofstream("/proc/sys/vm/drop_caches") << "3\n";
}

/// The median of five starts.
double time_starts(Contender& contender, const Area& picture, Caches caches) {
  Times times;
  for (int i = 0; i < 5; ++i) {
    if (caches == Caches::dropped) drop_caches();
    times.ms.push_back(time_first_picture(contender, picture));
    pause_ms(500);
    contender.stop();
  }
  std::sort(times.ms.begin(), times.ms.end());
  return times.at(0.5);
}

Times time_screens(Observer& observer, const Places& at) {
  Times times;
  for (int i = 0; i < kTouches / 2; ++i) {
    times.ms.push_back(observer.touch_to_pixel(at.tile_x, at.tile_y, at.heading, Observer::Clock::from_release));
    observer.wait_until_still(at.heading);
    pause_ms(kAimingMs);
    times.ms.push_back(observer.touch_to_pixel(at.back_x, at.back_y, at.heading, Observer::Clock::from_release));
    observer.wait_until_still(at.heading);
    pause_ms(kAimingMs);
  }
  std::sort(times.ms.begin(), times.ms.end());
  return times;
}

Times time_keys(Observer& observer, const Places& at) {
  Times times;
  observer.tap(at.search_x, at.search_y);
  pause_ms(500);
  for (int i = 0; i < kTouches / 2; ++i) {
    times.ms.push_back(observer.touch_to_pixel(at.key_x, at.key_y, at.field, Observer::Clock::from_press));
    observer.wait_until_still(at.field);
    times.ms.push_back(observer.touch_to_pixel(at.erase_x, at.erase_y, at.field, Observer::Clock::from_press));
    observer.wait_until_still(at.field);
  }
  std::sort(times.ms.begin(), times.ms.end());
  return times;
}

Figures measure(Contender& contender) {
  Figures figures;
  const Area picture{100, 25, 280, 70};
  time_first_picture(contender, picture);  // fills the caches
  pause_ms(2000);
  contender.stop();
  figures.first_warm = time_starts(contender, picture, Caches::warm);
  figures.first_cold = time_starts(contender, picture, Caches::dropped);
  contender.start();
  pause_ms(2500);

  const Places places = contender.places();
  Observer observer(contender.display());
  figures.screen = time_screens(observer, places);
  figures.key = time_keys(observer, places);
  contender.leave_search(observer);
  change_pages(observer, places);
  pause_ms(3000);
  figures.memory = pss_mib(contender.pid());
  const double before = cpu_seconds(contender.pid());
  const double begun = now_ms();
  pause_ms(30000);
  figures.idle_percent = (cpu_seconds(contender.pid()) - before) / (now_ms() - begun) * 1e5;
  contender.stop();
  return figures;
}

int failed = 0;

void line(const char* what, double ours, double theirs, const char* unit, double limit) {
  const double ratio = ours / theirs;
  const bool holds = ratio <= limit;
  failed += holds ? 0 : 1;
  std::printf("%-34s kiosk %8.2f %-4s chromium %8.2f %-4s ratio %5.2f  limit %4.2f  %s\n", what, ours, unit, theirs,
              unit, ratio, limit, holds ? "ok" : "NOT REACHED");
}

}  // namespace
}  // namespace bangwu::bench

int main() try {
  using namespace bangwu::bench;
  const auto ours = measure(*make_kiosk());
  const auto theirs = measure(*make_chromium());
  line("first picture, warm", ours.first_warm, theirs.first_warm, "ms", 0.2);
  line("first picture, cold", ours.first_cold, theirs.first_cold, "ms", 0.25);
  line("memory (PSS) after 20 changes of page", ours.memory, theirs.memory, "MiB", 0.2);
  line("touch to new screen, median", ours.screen.at(0.5), theirs.screen.at(0.5), "ms", 0.5);
  line("touch to key shown, median", ours.key.at(0.5), theirs.key.at(0.5), "ms", 0.5);
  std::printf("touch to new screen, 99th percentile kiosk %.2f ms, chromium %.2f ms\n", ours.screen.at(0.99),
              theirs.screen.at(0.99));
  std::printf("touch to key shown,  99th percentile kiosk %.2f ms, chromium %.2f ms\n", ours.key.at(0.99),
              theirs.key.at(0.99));
  const bool idle_holds = ours.idle_percent <= 0.05;
  std::printf("idle: kiosk %.3f %% of a core, chromium %.3f %%, limit 0.050 %%  %s\n", ours.idle_percent,
              theirs.idle_percent, idle_holds ? "ok" : "NOT REACHED");
  return failed == 0 && idle_holds ? 0 : 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "ui_bench: %s\n", error.what());
  return 1;
}
