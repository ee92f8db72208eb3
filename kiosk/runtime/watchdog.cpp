#include "runtime/watchdog.h"

#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>

#include "base/log.h"

namespace bangwu::runtime {
namespace {

struct Seen {
  std::uint64_t count = 0;
  int silent = 0;
  bool hangs = false;
};

/// What changed with this look, if anything.
std::optional<Hang> look_at(const Watched& watched, Seen& seen) {
  const auto sign = watched.look();
  const bool is_silent = sign.unfinished > 0 && sign.count == seen.count;
  const int silent = is_silent ? seen.silent + 1 : 0;
  const bool hung = std::exchange(seen.hangs, silent >= watched.patience);
  seen.count = sign.count;
  seen.silent = silent;
  if (hung == seen.hangs) return std::nullopt;
  return seen.hangs ? Hang::begun : Hang::over;
}

void act_on(const Watched& watched, Hang hang) {
  if (watched.tell) return watched.tell(hang);
  base::log(base::LogLevel::error, "kiosk.hangs",
            {{"thread", watched.name}, {"what_to_do", "it is started anew; report this with the log"}});
  std::_Exit(70);
}

}  // namespace

void log_hang(const std::string& device, Hang hang) {
  if (hang == Hang::begun) {
    base::log(base::LogLevel::error, "device.hangs",
              {{"device", device}, {"what_to_do", "switch it off and on or pull it out; visits go on without it"}});
  } else {
    base::log(base::LogLevel::info, "device.moves_again", {{"device", device}});
  }
}

std::jthread start_watchdog(std::vector<Watched> watched, std::function<void()> wake, std::chrono::milliseconds each) {
  return std::jthread([watched = std::move(watched), wake = std::move(wake), each](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::vector<Seen> seen;
    for (const auto& thread : watched) seen.push_back({.count = thread.look().count});
    while (true) {
      std::unique_lock lock(mutex);
      never.wait_for(lock, stop, each, [] { return false; });
      if (stop.stop_requested()) return;
      for (std::size_t i = 0; i < watched.size(); ++i) {
        if (const auto hang = look_at(watched[i], seen[i])) act_on(watched[i], *hang);
      }
      wake();
    }
  });
}

}  // namespace bangwu::runtime
