#include "runtime/inspection.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "support/scratch_directory.h"

namespace bangwu::runtime {
namespace {

class InspectionTest : public testing::Test {
 protected:
  InspectionTest() {
    auto opened = Inspection::open(scratch_ / "socket", [this] { woken_.store(true); });
    inspection_ = std::move(*opened);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (scratch_ / "socket").c_str(), sizeof address.sun_path - 1);
    client_ = base::FileHandle{::socket(AF_UNIX, SOCK_STREAM, 0)};
    EXPECT_EQ(::connect(client_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }

  void say(const std::string& line) {
    woken_.store(false);
    EXPECT_EQ(::send(client_.get(), line.data(), line.size(), 0), static_cast<ssize_t>(line.size()));
    while (!inspection_->has_request()) std::this_thread::yield();
  }
  std::string hear() {
    char text[4096];
    const auto got = ::recv(client_.get(), text, sizeof text, 0);
    return {text, static_cast<std::size_t>(got)};
  }
  Inspected now(bool settled) {
    return {"guide", &items_, settled, [](const std::filesystem::path&) -> base::Result<void> { return {}; }};
  }

  support::ScratchDirectory scratch_;
  std::atomic<bool> woken_ = false;
  std::vector<widgets::Item> items_;
  std::unique_ptr<Inspection> inspection_;
  base::FileHandle client_;
};

TEST_F(InspectionTest, TheSocketIsTheOwnersOnly) {
  struct stat status {};
  ASSERT_EQ(::stat((scratch_ / "socket").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(InspectionTest, ListsWhatIsOnTheScreen) {
  items_.push_back({.id = "input",
                    .role = widgets::Role::field,
                    .label = "姓名",
                    .value = "张三",
                    .rect = {1, 2, 3, 4},
                    .enabled = false,
                    .focused = true});
  say("{\"op\":\"items\"}\n");
  inspection_->serve(now(true));
  const auto answer = hear();
  EXPECT_NE(answer.find("\"screen\":\"guide\""), std::string::npos);
  for (const char* member : {"\"id\":\"input\"", "\"role\":\"field\"", "\"label\":\"姓名\"", "\"value\":\"张三\"",
                             "\"rect\":[1.0,2.0,3.0,4.0]", "\"enabled\":false", "\"focused\":true"}) {
    EXPECT_NE(answer.find(member), std::string::npos) << member << answer;
  }
}

TEST_F(InspectionTest, SettledWaitsUntilNothingMoves) {
  say("{\"op\":\"settled\"}\n");
  inspection_->serve(now(false));
  EXPECT_TRUE(inspection_->has_request());
  inspection_->serve(now(true));
  EXPECT_NE(hear().find("\"settled\":true"), std::string::npos);
}

TEST_F(InspectionTest, NonsenseIsAnsweredWithWhatIsWrong) {
  for (const char* line : {"hello\n", "[]\n", "{\"op\":7}\n", "{\"op\":\"quit\"}\n"}) {
    say(line);
    inspection_->serve(now(true));
    EXPECT_NE(hear().find("error"), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace bangwu::runtime
