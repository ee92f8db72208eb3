#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/openat2.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "capture/hand_out.h"
#include "cell/cell.h"
#include "support/files.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::attacks {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using testing::UnorderedElementsAre;

constexpr const char* kSlip = "帮吾办回执-WJ20261123000001.pdf";
constexpr const char* kSecret = "the device's key";

/// A stick of an attacker's making, and a file of the machine that it is after.
class Stick : public testing::Test {
 protected:
  Stick() {
    support::write_file(victim(), kSecret);
    fs::create_directory(scratch_ / "data");
    support::write_file(scratch_ / "data/identity.json", kSecret);
  }
  [[nodiscard]] fs::path victim() const { return scratch_ / "victim"; }
  [[nodiscard]] fs::path root() const { return scratch_ / "stick"; }
  [[nodiscard]] base::Result<std::string> hand_out(const std::string& name = kSlip) const {
    const std::string slip = "%PDF a slip";
    return capture::hand_out({.program = BANGWU_KIOSK_PARTS "/bangwu-capture-worker"},
                             {.path = root(), .label = "stick", .is_removable = true}, name,
                             {reinterpret_cast<const std::uint8_t*>(slip.data()), slip.size()}, rules_);
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(root())) all.push_back(entry.path().filename().string());
    return all;
  }
  void expect_untouched() const {
    EXPECT_EQ(support::read_file(victim()), kSecret);
    EXPECT_EQ(support::read_file(scratch_ / "data/identity.json"), kSecret);
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch_ / "data"), fs::directory_iterator{}), 1);
  }

  support::ScratchDirectory scratch_;
  support::SmallDisk disk_{scratch_ / "stick", 1U << 20};
  capture::HandOutRules rules_{.file_systems = {"tmpfs"}};
};

TEST_F(Stick, GetsItsSlip) {
  EXPECT_EQ(hand_out(), kSlip);
  EXPECT_EQ(support::read_file(root() / kSlip), "%PDF a slip");
  EXPECT_THAT(names(), UnorderedElementsAre(kSlip));
}

TEST_F(Stick, WithALinkUnderTheSlipsNameIsNotFollowed) {
  fs::create_symlink(victim(), root() / kSlip);
  fs::create_symlink(victim(), root() / (std::string(kSlip) + ".new"));
  const auto given = hand_out();
  ASSERT_TRUE(given) << given.error().detail;
  EXPECT_EQ(*given, "帮吾办回执-WJ20261123000001 (2).pdf");
  EXPECT_TRUE(fs::is_symlink(root() / kSlip)) << "what was on it stays";
  expect_untouched();
}

TEST_F(Stick, WithAHardLinkOrAFileUnderTheSlipsNameKeepsIt) {
  support::write_file(root() / "mine", "mine");
  fs::create_hard_link(root() / "mine", root() / kSlip);
  fs::create_directory(root() / "帮吾办回执-WJ20261123000001 (2).pdf");
  ASSERT_EQ(::mkfifo((root() / "帮吾办回执-WJ20261123000001 (3).pdf").c_str(), 0666), 0);
  EXPECT_EQ(hand_out(), "帮吾办回执-WJ20261123000001 (4).pdf");
  EXPECT_EQ(support::read_file(root() / "mine"), "mine");
}

TEST_F(Stick, WithAllNamesTakenGetsNothing) {
  support::write_file(root() / kSlip, "");
  for (int i = 2; i <= 100; ++i) {
    support::write_file(root() / ("帮吾办回执-WJ20261123000001 (" + std::to_string(i) + ").pdf"), "");
  }
  EXPECT_EQ(hand_out().error().code, ErrorCode::already_exists);
  EXPECT_EQ(names().size(), 100U);
}

TEST_F(Stick, ThatLinksToTheMachinesFolderIsNone) {
  const capture::Place link{.path = scratch_ / "link", .label = "link", .is_removable = true};
  fs::create_directory_symlink(scratch_ / "data", link.path);
  const auto onto = [&](const fs::path& path) {
    return capture::hand_out({.program = BANGWU_KIOSK_PARTS "/bangwu-capture-worker"},
                             {.path = path, .label = "x", .is_removable = true}, kSlip, {}, rules_)
        .error()
        .code;
  };
  EXPECT_EQ(onto(link.path), ErrorCode::not_found);
  EXPECT_EQ(onto(scratch_ / "data"), ErrorCode::not_found) << "nothing is mounted there";
  fs::create_directory(root() / "folder");
  EXPECT_EQ(onto(root() / "folder"), ErrorCode::not_found);
  expect_untouched();
}

TEST_F(Stick, OfAnotherFileSystemGetsNothing) {
  rules_ = {};
  EXPECT_EQ(hand_out().error().code, ErrorCode::unsupported);
  EXPECT_TRUE(fs::is_empty(root()));
}

TEST_F(Stick, NamesLeadNowhereElse) {
  for (const std::string name : {"../victim", "data/x", ".", "..", "", "/tmp/x", ".hidden"}) {
    EXPECT_EQ(hand_out(name).error().code, ErrorCode::invalid_input) << name;
  }
  expect_untouched();
}

TEST_F(Stick, ThatIsFullOrLockedIsLeftAsItWas) {
  disk_.leave_only(0);
  EXPECT_EQ(hand_out().error().code, ErrorCode::disk_full);
  EXPECT_THAT(names(), UnorderedElementsAre("filler"));
  disk_.make_read_only();
  EXPECT_EQ(hand_out().error().code, ErrorCode::unauthorised);
}

/// What a writer could do that the stick had taken over; 0: it could.
int as_hander_out(const fs::path& root, const std::function<long(int directory)>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int directory = ::dup2(::open(root.c_str(), O_RDONLY | O_DIRECTORY), 9);
    const auto walls = cell::enter(
        {.purpose = cell::Purpose::hand_out, .channel = STDERR_FILENO, .directory = directory, .hidden = {}});
    if (!cell::is_shut(cell::Purpose::hand_out, walls)) ::_exit(200);
    ::_exit(act(directory) < 0 ? errno : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

long open_beneath(int directory, const char* path, std::uint64_t flags) {
  open_how how{};
  how.flags = flags;
  how.mode = (flags & O_CREAT) != 0 ? 0600 : 0;
  return ::syscall(SYS_openat2, directory, path, &how, sizeof how);
}

TEST_F(Stick, WhoWritesToItReachesNothingElse) {
  const std::string victim_path = victim().string();
  EXPECT_EQ(as_hander_out(root(), [](int at) { return open_beneath(at, "new", O_WRONLY | O_CREAT | O_EXCL); }), 0);
  fs::create_symlink(victim(), root() / "link");
  ASSERT_EQ(::chmod(victim().c_str(), 0666), 0);
  EXPECT_NE(as_hander_out(root(), [](int at) { return open_beneath(at, "link", O_WRONLY); }), 0);
  EXPECT_NE(as_hander_out(root(), [](int at) { return open_beneath(at, "../victim", O_WRONLY); }), 0);
  EXPECT_NE(as_hander_out(root(), [&](int at) { return open_beneath(at, victim_path.c_str(), O_WRONLY); }), 0);
  EXPECT_NE(as_hander_out(root(), [](int at) { return open_beneath(at, "/etc/passwd", O_RDONLY); }), 0);
  EXPECT_NE(as_hander_out(root(), [](int at) { return ::symlinkat("/etc", at, "to-etc"); }), 0);
  EXPECT_NE(as_hander_out(root(), [](int at) { return ::linkat(at, "new", at, "again", 0); }), 0);
  EXPECT_NE(as_hander_out(root(), [](int) { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), 0);
  EXPECT_NE(as_hander_out(root(), [](int) { return ::fork(); }), 0);
  expect_untouched();
}

// It is a race the attacker cannot win by planting names: he would have to foresee them.
TEST_F(Stick, ThatChangesAllTheTimeGetsNothingOfTheMachine) {
  std::atomic<bool> is_over = false;
  std::jthread attacker([&, at = root()] {
    std::error_code ignored;
    while (!is_over) {
      fs::create_symlink(victim(), at / kSlip, ignored);
      fs::create_symlink(victim(), at / (std::string(kSlip) + ".new"), ignored);
      fs::remove(at / kSlip, ignored);
      for (const auto& entry : fs::directory_iterator(at, ignored)) {
        if (!entry.path().filename().string().starts_with(".bangwu-")) continue;
        fs::remove(entry.path(), ignored);
        fs::create_symlink(victim(), entry.path(), ignored);
      }
    }
  });
  for (int i = 0; i < 20; ++i) {
    [[maybe_unused]] const auto given = hand_out();
  }
  is_over = true;
  attacker.join();
  expect_untouched();
}

}  // namespace
}  // namespace bangwu::attacks
