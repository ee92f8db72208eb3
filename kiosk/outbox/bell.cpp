#include "outbox/bell.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>

#include "base/file.h"

namespace bangwu::outbox {
namespace fs = std::filesystem;
using base::Result;

namespace {

fs::path bell_of(const fs::path& directory) { return directory / "bell"; }

/// An empty file whose times change: nothing is written, so that a full disk rings as well.
base::FileHandle take_bell(const fs::path& directory) {
  return base::FileHandle{::open(bell_of(directory).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
}

}  // namespace

void ring(const fs::path& directory) {
  const auto bell = take_bell(directory);
  if (bell.is_open()) ::futimens(bell.get(), nullptr);
}

struct Listener::Ear {
  base::FileHandle watch, end;
  std::function<void()> heard;
  std::jthread thread;

  Ear() = default;
  Ear(const Ear&) = delete;
  Ear& operator=(const Ear&) = delete;
  ~Ear() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(end.get(), &one, sizeof one);
  }

  void listen() const {
    std::array<pollfd, 2> sources{pollfd{watch.get(), POLLIN, 0}, pollfd{end.get(), POLLIN, 0}};
    for (;;) {
      if (::poll(sources.data(), sources.size(), -1) < 0 && errno != EINTR) return;
      if (sources[1].revents != 0) return;
      if (sources[0].revents == 0) continue;
      std::array<char, 4096> events{};
      if (::read(watch.get(), events.data(), events.size()) <= 0) continue;
      heard();
    }
  }
};

Listener::Listener(std::unique_ptr<Ear> ear) : ear_(std::move(ear)) {}
Listener::Listener(Listener&&) noexcept = default;
Listener& Listener::operator=(Listener&&) noexcept = default;

Listener::~Listener() = default;

Result<Listener> Listener::start(const fs::path& directory, std::function<void()> heard) {
  const auto failed = [&](const char* doing) {
    return tl::unexpected(base::error_from_errno(errno, doing, bell_of(directory)));
  };
  if (!take_bell(directory).is_open()) return failed("create");
  auto ear = std::make_unique<Ear>();
  ear->watch = base::FileHandle{::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
  ear->end = base::FileHandle{::eventfd(0, EFD_CLOEXEC)};
  if (!ear->watch.is_open() || !ear->end.is_open()) return failed("watch");
  if (::inotify_add_watch(ear->watch.get(), bell_of(directory).c_str(), IN_ATTRIB) < 0) return failed("watch");
  ear->heard = std::move(heard);
  ear->thread = std::jthread([listening = ear.get()] { listening->listen(); });
  return Listener(std::move(ear));
}

}  // namespace bangwu::outbox
