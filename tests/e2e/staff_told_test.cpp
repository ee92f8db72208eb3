#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "support/files.h"
#include "support/hall/card_application.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::HallUnderTest;
using testing::HasSubstr;

// In public nobody reads a log: what keeps a machine from its work stands on its own screen, for staff.
class StaffTold : public testing::Test {
 protected:
  void restart_after(const std::function<void()>& what_happened) {
    hall_.stop_kiosk();
    what_happened();
    hall_.start_kiosk();
  }
  /// The start page takes nobody, and says this.
  void expect_closed(const std::string& words) {
    EXPECT_TRUE(support::eventually([&] { return hall_.inspector().look().says(words); }))
        << hall_.inspector().look().listing();
    const auto screen = hall_.inspector().look();
    EXPECT_EQ(screen.name, "start");
    EXPECT_EQ(screen.find("entry:apply"), nullptr) << screen.listing();
    EXPECT_TRUE(screen.says("工作人员请看"));
  }
  HallUnderTest hall_;
};

TEST_F(StaffTold, WhyACourierDidNotStartAndThatNoVisitBegins) {
  restart_after([&] {
    const auto file = hall_.kiosk_data() / "identity/identity.json";
    auto identity = json::parse(support::read_file(file));
    identity["central_url"] = "http://service.example";
    support::write_file(file, identity.dump());
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  });
  expect_closed("送件程序没有启动");
  EXPECT_THAT(hall_.kiosk_log(), HasSubstr("courier.not_started"));
}

TEST_F(StaffTold, WhatToDoWithAQueueThatIsLostAndTheDataIsFreeForIt) {
  hall_.stop_kiosk();
  support::write_file(hall_.kiosk_data() / "outbox/outbox.sqlite", std::string(8192, '!'));
  hall_.start_kiosk();
  expect_closed("bangwu-kiosk queue recover");
  EXPECT_THAT(hall_.kiosk_log(), HasSubstr("kiosk.not_started"));
  const auto recovered = hall_.queue_command({"recover"});
  EXPECT_EQ(recovered.code, 0) << recovered.output << recovered.errors;
  hall_.kiosk().signal(SIGTERM);
  const auto code = hall_.kiosk().wait(std::chrono::seconds{20});
  ASSERT_TRUE(code);
  EXPECT_EQ(*code, 4) << "so that the service manager starts it anew";
  hall_.start_kiosk();
  EXPECT_TRUE(support::eventually([&] { return hall_.inspector().look().find("entry:apply") != nullptr; }))
      << hall_.inspector().look().listing();
}

}  // namespace
}  // namespace bangwu
