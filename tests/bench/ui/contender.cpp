#include "bench/ui/contender.h"

#include <stdexcept>

#include "support/hall/display.h"
#include "support/hall/hall_under_test.h"

namespace bangwu::bench {
namespace {

using support::ChildProcess;
using support::HallUnderTest;
using support::SeenItem;

class Kiosk final : public Contender {
 public:
  Kiosk() { hall_.stop_kiosk(); }
  void start() override { hall_.launch_kiosk(); }
  void stop() override { hall_.stop_kiosk(); }
  [[nodiscard]] pid_t pid() const override { return hall_.kiosk().pid(); }
  [[nodiscard]] std::string display() const override { return hall_.display(); }

  [[nodiscard]] Places places() override {
    hall_.connect_inspector();
    Observer observer(hall_.display());
    Places places = first_picture();
    const auto tile = centre("entry:apply");
    const auto search = centre("entry:search");
    places.tile_x = tile.first, places.tile_y = tile.second;
    places.search_x = search.first, places.search_y = search.second;
    places.heading = {60, 150, 600, 90};
    observer.tap(tile.first, tile.second);
    const auto back = centre("back");
    places.back_x = back.first, places.back_y = back.second;
    observer.tap(back.first, back.second);
    hall_.inspector().settle();
    observer.tap(search.first, search.second);
    const auto key = centre("key:a");
    const auto erase = centre("key:backspace");
    const auto field = item("input");
    places.key_x = key.first, places.key_y = key.second;
    places.erase_x = erase.first, places.erase_y = erase.second;
    places.field = {static_cast<int>(field.x) + 10, static_cast<int>(field.y) + 10, 200,
                    static_cast<int>(field.h) - 20};
    leave_search(observer);
    return places;
  }

  void leave_search(Observer& observer) override {
    for (const char* id : {"home", "home:yes"}) {
      const auto at = centre(id);
      observer.tap(at.first, at.second);
    }
    hall_.inspector().settle();
  }

  static Places first_picture() { return {.picture = {100, 20, 300, 90}}; }

 private:
  SeenItem item(const std::string& id) {
    SeenItem found;
    const bool there = support::eventually([&] {
      hall_.inspector().settle();
      const auto screen = hall_.inspector().look();
      if (const auto* seen = screen.find(id)) found = *seen;
      return !found.id.empty();
    });
    if (!there) throw std::runtime_error("no " + id);
    return found;
  }
  std::pair<int, int> centre(const std::string& id) {
    const auto at = item(id);
    return {static_cast<int>(at.x + at.w / 2), static_cast<int>(at.y + at.h / 2)};
  }

  mutable HallUnderTest hall_;
};

class Chromium final : public Contender {
 public:
  Chromium() { screen_ = support::start_virtual_display(scratch_ / "display", 1080, 1920, display_); }
  void start() override {
    browser_ = std::make_unique<ChildProcess>(support::Command{
        {"chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1080,1920",
         "--window-position=0,0", "--user-data-dir=" + (scratch_ / "profile").string(),
         std::string("file://") + BANGWU_BENCH_PAGE},
        {{"DISPLAY", display_}},
        scratch_ / "log"});
  }
  void stop() override { browser_.reset(); }
  [[nodiscard]] pid_t pid() const override { return browser_->pid(); }
  [[nodiscard]] std::string display() const override { return display_; }
  // page.html has these places: a header of 120, a heading of 140, tiles of 260, keys of 110 at the bottom.
  [[nodiscard]] Places places() override {
    return {{40, 20, 400, 80}, 280, 380, 280, 380, {40, 160, 600, 70}, 280, 664, 80, 1575, 1002, 1695,
            {45, 275, 300, 90}};
  }
  void leave_search(Observer&) override {
    stop();
    start();
    Observer observer(display_);
    if (observer.until_picture(places().picture, 20000) < 0) throw std::runtime_error("Chromium shows nothing");
    pause_ms(1500);
  }

 private:
  support::ScratchDirectory scratch_;
  std::unique_ptr<ChildProcess> screen_, browser_;
  std::string display_;
};

}  // namespace

void change_pages(Observer& observer, const Places& at) {
  for (int i = 0; i < 10; ++i) {
    observer.tap(at.tile_x, at.tile_y);
    pause_ms(kAimingMs);
    observer.tap(at.back_x, at.back_y);
    pause_ms(kAimingMs);
  }
}

std::unique_ptr<Contender> make_kiosk() { return std::make_unique<Kiosk>(); }
std::unique_ptr<Contender> make_chromium() { return std::make_unique<Chromium>(); }

}  // namespace bangwu::bench
