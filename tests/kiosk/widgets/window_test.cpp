#include "widgets/window.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "widgets/controls.h"
#include "widgets/window_events.h"

namespace bangwu::widgets {
namespace {

SDL_Event finger(Uint32 type, SDL_FingerID id, float x, float y) {
  SDL_Event event{};
  event.tfinger.type = type;
  event.tfinger.touchId = 1;
  event.tfinger.fingerId = id;
  event.tfinger.x = x;
  event.tfinger.y = y;
  return event;
}

SDL_Event mouse(Uint32 type, int x, int y, Uint32 which = 0) {
  SDL_Event event{};
  event.button.type = type;
  event.button.which = which;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.x = x;
  event.button.y = y;
  return event;
}

TEST(EventReader, FingersCarryTheirOwnPlace) {
  EventReader reader;
  const auto down = reader.read(finger(SDL_FINGERDOWN, 1, 0.5F, 0.25F), 1080, 1920);
  ASSERT_EQ(down.size(), 1U);
  EXPECT_EQ(std::get<PointerDown>(down[0]).at, (Point{540, 480}));
  const auto up = reader.read(finger(SDL_FINGERUP, 1, 0.6F, 0.25F), 1080, 1920);
  ASSERT_EQ(up.size(), 1U);
  EXPECT_NEAR(std::get<PointerUp>(up[0]).at.x, 648, 0.01);
}

TEST(EventReader, ASecondFingerIsIgnoredUntilTheFirstIsUp) {
  EventReader reader;
  EXPECT_EQ(reader.read(finger(SDL_FINGERDOWN, 1, 0, 0), 100, 100).size(), 1U);
  EXPECT_TRUE(reader.read(finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F), 100, 100).empty());
  EXPECT_TRUE(reader.read(finger(SDL_FINGERMOTION, 2, 0.6F, 0.5F), 100, 100).empty());
  EXPECT_TRUE(reader.read(finger(SDL_FINGERUP, 2, 0.5F, 0.5F), 100, 100).empty());
  EXPECT_EQ(reader.read(finger(SDL_FINGERUP, 1, 0, 0), 100, 100).size(), 1U);
  EXPECT_EQ(reader.read(finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F), 100, 100).size(), 1U);
}

SDL_Event at(Uint32 milliseconds, SDL_Event event) {
  event.tfinger.timestamp = milliseconds;
  return event;
}

TEST(EventReader, ARestingPalmGivesWayToANewFinger) {
  EventReader reader;
  EXPECT_EQ(reader.read(at(10'000, finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F)), 1080, 1920).size(), 1U);
  EXPECT_TRUE(reader.read(at(11'999, finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F)), 1080, 1920).empty());
  EXPECT_TRUE(reader.read(at(12'000, finger(SDL_FINGERUP, 2, 0.5F, 0.5F)), 1080, 1920).empty());
  // It trembles, as palms do.
  EXPECT_EQ(reader.read(at(12'001, finger(SDL_FINGERMOTION, 1, 0.103F, 0.1F)), 1080, 1920).size(), 1U);
  const auto taken = reader.read(at(12'002, finger(SDL_FINGERDOWN, 3, 0.5F, 0.5F)), 1080, 1920);
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<PointerLost>(taken[0]));
  EXPECT_EQ(std::get<PointerDown>(taken[1]).at, (Point{540, 960}));
  EXPECT_TRUE(reader.read(at(12'003, finger(SDL_FINGERUP, 1, 0.1F, 0.1F)), 1080, 1920).empty());
  EXPECT_EQ(reader.read(at(12'004, finger(SDL_FINGERUP, 3, 0.5F, 0.5F)), 1080, 1920).size(), 1U);
}

TEST(EventReader, AFingerThatMovesIsNotTakenFor2SecondsAfterItsMotion) {
  EventReader reader;
  EXPECT_EQ(reader.read(at(10'000, finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F)), 1080, 1920).size(), 1U);
  EXPECT_EQ(reader.read(at(15'000, finger(SDL_FINGERMOTION, 1, 0.3F, 0.1F)), 1080, 1920).size(), 1U);
  EXPECT_TRUE(reader.read(at(16'999, finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F)), 1080, 1920).empty());
  EXPECT_EQ(reader.read(at(17'000, finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F)), 1080, 1920).size(), 2U);
}

TEST(EventReader, AMouseMadeFromATouchIsNotASecondTouch) {
  EventReader reader;
  EXPECT_TRUE(reader.read(mouse(SDL_MOUSEBUTTONDOWN, 5, 5, SDL_TOUCH_MOUSEID), 100, 100).empty());
}

TEST(EventReader, ThePlaceOfAClickIsTheEventsNotTheLastMotions) {
  EventReader reader;
  SDL_Event motion{};
  motion.motion.type = SDL_MOUSEMOTION;
  motion.motion.x = 90;
  EXPECT_TRUE(reader.read(motion, 100, 100).empty());  // nothing follows a mouse that is not pressed
  const auto down = reader.read(mouse(SDL_MOUSEBUTTONDOWN, 7, 8), 100, 100);
  EXPECT_EQ(std::get<PointerDown>(down.at(0)).at, (Point{7, 8}));
}

TEST(EventReader, LosingTheWindowLosesTheTouch) {
  EventReader reader;
  EXPECT_EQ(reader.read(finger(SDL_FINGERDOWN, 1, 0, 0), 100, 100).size(), 1U);
  SDL_Event lost{};
  lost.window.type = SDL_WINDOWEVENT;
  lost.window.event = SDL_WINDOWEVENT_FOCUS_LOST;
  const auto inputs = reader.read(lost, 100, 100);
  ASSERT_EQ(inputs.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<PointerLost>(inputs[0]));
  EXPECT_TRUE(reader.read(finger(SDL_FINGERUP, 1, 0, 0), 100, 100).empty());
}

TEST(EventReader, AFingerThatSdlForgotExpires) {
  ASSERT_EQ(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
  ASSERT_EQ(SDL_InitSubSystem(SDL_INIT_VIDEO), 0) << "SDL knows its touch devices by its video driver";
  EventReader reader;
  EXPECT_FALSE(reader.expire_stuck_touch());
  EXPECT_EQ(reader.read(finger(SDL_FINGERDOWN, 1, 0, 0), 100, 100).size(), 1U);
  EXPECT_TRUE(reader.expire_stuck_touch());  // SDL knows no such device
  EXPECT_FALSE(reader.expire_stuck_touch());
  EXPECT_EQ(reader.read(finger(SDL_FINGERDOWN, 9, 0, 0), 100, 100).size(), 1U);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

TEST(EventReader, TheSameFingerDownTwiceLosesTheFirst) {
  EventReader reader;
  EXPECT_EQ(reader.read(finger(SDL_FINGERDOWN, 1, 0, 0), 100, 100).size(), 1U);
  const auto again = reader.read(finger(SDL_FINGERDOWN, 1, 0.5F, 0), 100, 100);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<PointerLost>(again[0]));
  EXPECT_TRUE(std::holds_alternative<PointerDown>(again[1]));
}

/// The real window on SDL's dummy driver.
class RealWindow : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    auto opened =
        Window::open({.mode = WindowMode::windowed, .width = 640, .height = 480, .icons = BANGWU_ICONS}, clock_);
    ASSERT_TRUE(opened) << opened.error().detail;
    window_ = std::move(*opened);
  }
  [[nodiscard]] base::SteadyTime in(int ms) const { return clock_.steady() + std::chrono::milliseconds{ms}; }

  base::RealClock clock_;
  std::unique_ptr<Window> window_;
};

TEST_F(RealWindow, DrawsPresentsAndThenSkipsWhatDidNotChange) {
  const DrawFunction draw = [](Ui& ui) {
    ui.fill(ui.screen(), rgb(0x123456));
    return Drawn::current;
  };
  EXPECT_TRUE(window_->frame(draw));
  EXPECT_EQ(window_->pixels().data[0] & 0xFFFFFFU, 0x123456U);
  EXPECT_FALSE(window_->frame(draw));
}

void ask_to_close() {
  SDL_Event quit{};
  quit.type = SDL_QUIT;
  ASSERT_EQ(SDL_PushEvent(&quit), 1);
}

TEST_F(RealWindow, ClosesWhenAskedTo) {
  ask_to_close();
  EXPECT_EQ(window_->wait(in(10'000)), Window::Woken::closed);
}

// A kiosk's window that closed would leave visitors before a desktop.
TEST(WindowInProduction, StaysWhenAskedToClose) {
  ASSERT_EQ(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
  const base::RealClock clock;
  const auto window = Window::open(
      {.mode = WindowMode::windowed, .on_close = OnClose::stay, .width = 640, .height = 480, .icons = BANGWU_ICONS},
      clock);
  ASSERT_TRUE(window) << window.error().detail;
  ask_to_close();
  EXPECT_EQ((*window)->wait(clock.steady() + std::chrono::seconds{10}), Window::Woken::yes);
}

TEST_F(RealWindow, AWakeFromAnotherThreadEndsTheWait) {
  std::jthread other([&] { window_->wake(); });
  const auto start = clock_.steady();
  while (clock_.steady() - start < std::chrono::seconds{20}) {
    EXPECT_EQ(window_->wait(in(30'000)), Window::Woken::yes);
    break;
  }
  EXPECT_LT(clock_.steady() - start, std::chrono::seconds{20});
}

TEST_F(RealWindow, WaitsUntilTheFrameWantsToBeDrawnAgain) {
  window_->frame([this](Ui& ui) {
    ui.draw_again_at(in(40));
    return Drawn::current;
  });
  const auto start = clock_.steady();
  for (int i = 0; i < 50 && clock_.steady() - start < std::chrono::milliseconds{30}; ++i) {
    (void)window_->wait(in(20'000));
  }
  EXPECT_LT(clock_.steady() - start, std::chrono::seconds{10});
}

TEST_F(RealWindow, InjectedTouchesChoose) {
  int count = 0;
  const DrawFunction draw = [&](Ui& ui) {
    count += button(ui, "b", {100, 100, 200, 100}, {.label = "按"}) ? 1 : 0;
    return Drawn::current;
  };
  window_->frame(draw);
  window_->inject(PointerDown{{150, 150}});
  window_->inject(PointerUp{{150, 150}});
  int frames = 0;
  do {
    window_->frame(draw);
    ++frames;
  } while (window_->input_pending());
  EXPECT_EQ(count, 1);
  EXPECT_EQ(frames, 2);
  EXPECT_EQ(window_->items().front().id, "b");
}

TEST_F(RealWindow, TheSystemMayAskItToEnd) {
  SDL_Event quit{};
  quit.type = SDL_QUIT;
  SDL_PushEvent(&quit);
  EXPECT_EQ(window_->wait(in(1000)), Window::Woken::closed);
}

}  // namespace
}  // namespace bangwu::widgets
