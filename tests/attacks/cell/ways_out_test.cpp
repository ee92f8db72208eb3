#include "ways_out.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>

#include "cell/cell.h"
#include "cell/watch.h"
#include "support/files.h"
#include "support/scratch_directory.h"

namespace bangwu::attacks {
namespace {

using cell::Wall;
using cell::Walls;

constexpr int kNoCell = 200;

int listen_at(int family, int type, const void* address, std::size_t size) {
  const int socket = ::socket(family, type | SOCK_CLOEXEC, 0);
  if (::bind(socket, static_cast<const sockaddr*>(address), static_cast<socklen_t>(size)) != 0) return -1;
  if (type == SOCK_STREAM) ::listen(socket, 64);
  return socket;
}

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

/// Something to reach, and a child for each try.
class Cell : public testing::Test {
 protected:
  Cell() {
    outside_.folder = scratch_.path().string();
    outside_.abstract_socket = "bangwu-attack-" + std::to_string(::getpid());
    outside_.parent = ::getpid();
    std::ifstream program("/bin/true", std::ios::binary);
    outside_.program.assign(std::istreambuf_iterator<char>(program), {});
    ::chmod(outside_.folder.c_str(), 0777);
    ::mkdir((outside_.folder + "/mnt").c_str(), 0777);
    std::signal(SIGUSR1, SIG_IGN);
    listen();
  }
  ~Cell() override {
    for (const int socket : sockets_) ::close(socket);
  }

  /// 0 when the way was open, the errno of the refusal, or kNoCell.
  int go(const WayOut& way, std::optional<cell::Plan> plan) {
    lay_out();
    const pid_t child = ::fork();
    if (child == 0) {
      // Root outside a cell really can mount: what it does stays in mounts of its own.
      if (::unshare(CLONE_NEWNS) == 0) ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
      if (plan && !cell::is_shut(plan->purpose, cell::enter(*plan))) ::_exit(kNoCell);
      ::_exit(way.go());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  [[nodiscard]] std::vector<std::string> open_ways(std::optional<cell::Plan> plan) {
    std::vector<std::string> open;
    for (const WayOut& way : ways_out(outside_)) {
      const int end = go(way, plan);
      EXPECT_NE(end, kNoCell) << way.name;
      if (end == 0) open.emplace_back(way.name);
    }
    return open;
  }

  Outside outside_;

 private:
  void listen() {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockets_.push_back(listen_at(AF_INET, SOCK_STREAM, &any, sizeof any));
    outside_.tcp_port = port_of(sockets_.back());
    sockets_.push_back(listen_at(AF_INET, SOCK_DGRAM, &any, sizeof any));
    outside_.udp_port = port_of(sockets_.back());
    sockaddr_un named{};
    named.sun_family = AF_UNIX;
    const std::string path = outside_.folder + "/sock";
    std::memcpy(named.sun_path, path.data(), path.size());
    sockets_.push_back(listen_at(AF_UNIX, SOCK_STREAM, &named, sizeof named));
    ::chmod(path.c_str(), 0777);
    sockaddr_un hidden{};
    hidden.sun_family = AF_UNIX;
    const std::string& name = outside_.abstract_socket;
    std::memcpy(hidden.sun_path + 1, name.data(), name.size());
    sockets_.push_back(listen_at(AF_UNIX, SOCK_STREAM, &hidden, offsetof(sockaddr_un, sun_path) + 1 + name.size()));
  }
  void lay_out() const {
    ::unlink((outside_.folder + "/new").c_str());
    ::unlink("/dev/shm/bangwu-attack");
    for (const char* name : {"/token", "/victim"}) {
      support::write_file(outside_.folder + name, "secret--");
      ::chmod((outside_.folder + name).c_str(), 0666);
    }
  }

  support::ScratchDirectory scratch_;
  std::vector<int> sockets_;
};

cell::Plan decoder(Walls wanted) {
  // The channel is one of the standard streams here: nothing above them stays open.
  return {.purpose = cell::Purpose::decode, .channel = STDERR_FILENO, .directory = -1, .hidden = {}, .wanted = wanted};
}

/// The walls that this kernel and its container grant.
Walls granted() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(static_cast<int>(cell::enter(decoder(Walls::all())).bits()));
  int status = 0;
  ::waitpid(child, &status, 0);
  return Walls(static_cast<unsigned>(WEXITSTATUS(status)));
}

/// Landlock's version 6 (Linux 6.12); before it they cannot be refused to who needs the network (cell.h).
bool refuses_abstract_sockets() {
  constexpr int kScopes = 6;
  return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= kScopes;
}

// Else what follows could not fail.
TEST_F(Cell, OutsideOfItTheWaysAreOpen) {
  EXPECT_THAT(open_ways(std::nullopt),
              testing::IsSupersetOf({"read the token", "append to a file", "TCP", "an abstract socket, as X11 has",
                                     "the parent's environment", "fork", "exec", "executable memory"}));
}

TEST_F(Cell, HasNoWayOut) {
  EXPECT_TRUE(cell::is_shut(cell::Purpose::decode, granted())) << cell::to_string(granted());
  const auto open = open_ways(decoder(Walls::all()));
  // A machine without namespaces of its own for anybody shows that a file is there, and no more.
  const bool shows_names = !granted().has(Wall::root_directory) && granted().has(Wall::landlock);
  EXPECT_EQ(open, shows_names ? std::vector<std::string>{"look at a file"} : std::vector<std::string>{});
}

TEST_F(Cell, HasNoneWithoutLandlock) {
  EXPECT_THAT(open_ways(decoder(Walls::all().without(Wall::landlock))), testing::IsEmpty());
}

TEST_F(Cell, ShowsThatAFileIsThereAndNoMoreWithoutNamespaces) {
  if (!granted().has(Wall::landlock)) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_THAT(open_ways(decoder(Walls::all().without(Wall::namespaces))), testing::ElementsAre("look at a file"));
}

TEST_F(Cell, OpensNothingWithoutEither) {
  const Walls calls_only = Walls().with(Wall::calls);
  EXPECT_THAT(open_ways(decoder(calls_only)), testing::IsEmpty());
  EXPECT_FALSE(cell::has_fonts(calls_only)) << "and so draws no PDF";
}

TEST_F(Cell, ReadsFonts) {
  const WayOut font{"read the fonts' settings",
                    [] { return ::open("/etc/fonts/fonts.conf", O_RDONLY) < 0 ? errno : 0; }};
  for (const Walls walls :
       {Walls::all(), Walls::all().without(Wall::landlock), Walls::all().without(Wall::namespaces)}) {
    EXPECT_EQ(go(font, decoder(walls)), 0) << cell::to_string(walls);
  }
}

TEST_F(Cell, HoldsWhenTriedFromInside) {
  for (const Walls walls :
       {Walls::all(), Walls::all().without(Wall::landlock), Walls::all().without(Wall::namespaces)}) {
    EXPECT_EQ(go({"try it", [] { return cell::holds() ? 0 : 1; }}, decoder(walls)), 0) << cell::to_string(walls);
  }
  EXPECT_EQ(go({"try it outside", [] { return cell::holds() ? 0 : 1; }}, std::nullopt), 1);
}

TEST_F(Cell, IsBuiltForAUserWithoutRightsToo) {
  constexpr uid_t kSomebody = 12'345;
  if (::geteuid() != 0) GTEST_SKIP() << "the other tests are run by one";
  const WayOut by_somebody{
      "everything, as somebody", [&] {
        if (::setresgid(kSomebody, kSomebody, kSomebody) != 0 || ::setresuid(kSomebody, kSomebody, kSomebody) != 0)
          return 1;
        ::prctl(PR_SET_DUMPABLE, 1);
        const Walls walls = cell::enter(decoder(Walls::all()));
        return cell::is_shut(cell::Purpose::decode, walls) && cell::has_fonts(walls) && cell::holds() ? 0 : 2;
      }};
  EXPECT_EQ(go(by_somebody, std::nullopt), 0);
}

// Drivers need files, devices and the network. What they must not have is the machine's own: its data, its other
// programs and their memory, its display, and powers.
TEST_F(Cell, OfScannersHidesTheMachinesDataAndLetsNothingBeStarted) {
  cell::Plan scanner{.purpose = cell::Purpose::scan, .channel = STDERR_FILENO, .hidden = {outside_.folder}};
  const auto open = open_ways(scanner);
  EXPECT_THAT(open, testing::IsSupersetOf({"read /etc/passwd", "TCP", "fork"}));
  for (const std::string refused : {"append to a file",
                                    "create a file",
                                    "unlink",
                                    "rename",
                                    "a Unix socket",
                                    "signal the parent",
                                    "ptrace the parent",
                                    "the parent's memory by /proc",
                                    "the parent's memory",
                                    "the parent's descriptors",
                                    "exec",
                                    "exec what lies in memory",
                                    "io_uring",
                                    "keys",
                                    "userfaultfd",
                                    "perf_event_open",
                                    "bpf",
                                    "a user namespace",
                                    "mount",
                                    "chroot",
                                    "raise a limit"}) {
    EXPECT_THAT(open, testing::Not(testing::Contains(refused)));
  }
  EXPECT_THAT(open, testing::Not(testing::Contains("read the token"))) << "it is covered";
  if (refuses_abstract_sockets()) {
    EXPECT_THAT(open, testing::Not(testing::Contains("an abstract socket, as X11 has")));
  }
}

// Where nothing can be covered a driver would read the machine's data and talk to the network.
TEST_F(Cell, OfScannersDoesNotStandWithoutItsRootDirectory) {
  for (const Wall lacking : {Wall::namespaces, Wall::root_directory}) {
    const cell::Plan scanner{.purpose = cell::Purpose::scan,
                             .channel = STDERR_FILENO,
                             .hidden = {outside_.folder},
                             .wanted = Walls::all().without(lacking)};
    EXPECT_EQ(go({"any", [] { return 0; }}, scanner), kNoCell);
  }
}

// The directory it holds has a `..`.
TEST_F(Cell, OfWhoWritesToSticksDoesNotStandWithoutTheLandlockOfThisKernel) {
  if (!granted().has(Wall::landlock)) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_FALSE(cell::is_shut(cell::Purpose::hand_out, Walls::all().without(Wall::landlock)));
  EXPECT_TRUE(cell::is_shut(cell::Purpose::hand_out, Walls::all()));
}

TEST(CellSeenFromOutside, IsNotBelievedButLookedAt) {
  EXPECT_FALSE(cell::look_at(::getpid()));
  EXPECT_FALSE(cell::look_at(-1));
}

}  // namespace
}  // namespace bangwu::attacks
