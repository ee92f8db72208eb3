#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "support/files.h"
#include "support/hall/card_application.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::HallUnderTest;
using support::Visitor;

// Promise 4 of the house: the UI answers whatever the workers do.
class StuckWorkers : public testing::Test {
 protected:
  /// What works for the kiosk in processes of its own stands still and hears nothing. Not before it is a program of its
  /// own: until then whoever starts it waits for it.
  [[nodiscard]] bool stop_workers() const {
    return support::eventually([&] {
      bool is_any = false;
      for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(hall_.kiosk().pid()) + "/task")) {
        std::ifstream children(task.path() / "children");
        for (pid_t worker = 0; children >> worker;) is_any = stop_worker(worker) || is_any;
      }
      return is_any;
    });
  }
  [[nodiscard]] static bool stop_worker(pid_t worker) {
    std::error_code ignored;
    const auto program = fs::read_symlink("/proc/" + std::to_string(worker) + "/exe", ignored);
    return program.filename() == "bangwu-capture-worker" && ::kill(worker, SIGSTOP) == 0;
  }
  // So slow that no page comes to an end while the test looks.
  HallUnderTest hall_{
      {.scanner_settings = "read-limit true\nread-limit-size 4096\nread-delay true\nread-delay-duration 200000\n"}};
};

TEST_F(StuckWorkers, WhileAScannerHangsTheLanguageSwitchesAndItCanBeStopped) {
  Visitor visitor(hall_);
  support::fill_in(visitor);
  visitor.begin_scan("id_card", "flatbed");
  ASSERT_TRUE(stop_workers());
  visitor.touch_at_once("language");
  visitor.touch_at_once("lang:en");
  EXPECT_TRUE(support::eventually([&] {
    const auto screen = hall_.inspector().look();
    return screen.name == "capturing" && screen.find("lang:en") == nullptr && screen.says("Scanning");
  })) << hall_.inspector().look().listing();
  visitor.touch_at_once("stop");
  visitor.expect("source");
}

TEST_F(StuckWorkers, WhileCentralHangsTheVisitorIsToldAfterFourSecondsThatItIsKeptHere) {
  Visitor visitor(hall_);
  support::fill_in(visitor);
  ASSERT_EQ(::kill(hall_.central().pid(), SIGSTOP), 0);
  support::submit(visitor);
  const auto sending = visitor.expect("sending");
  EXPECT_TRUE(sending.says("正在送达")) << sending.listing();
  visitor.touch_at_once("help");
  visitor.touch_at_once("overlay:close");
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("已存本机")) << result.listing();
  EXPECT_FALSE(support::provisional_number_on(result).empty());
  ASSERT_EQ(::kill(hall_.central().pid(), SIGCONT), 0);
}

/// A courier that does not start delivers nothing: whoever comes is told before they begin, not after.
TEST(NoCourier, AMachineThatCannotDeliverTakesNoVisit) {
  HallUnderTest hall;
  hall.stop_kiosk();
  const auto file = hall.kiosk_data() / "identity" / "identity.json";
  std::string identity = support::read_file(file);
  identity.replace(identity.find("https://"), 8, "http://");
  std::ofstream{file} << identity;
  hall.start_kiosk();
  EXPECT_TRUE(support::eventually([&] { return hall.inspector().look().says("现在不能接收申请和评价"); }))
      << hall.inspector().look().listing();
  EXPECT_NE(hall.kiosk_log().find("error courier.not_started"), std::string::npos) << hall.kiosk_log();
}

}  // namespace
}  // namespace bangwu
