#include "runtime/watchdog.h"

#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <utility>

#include "base/log.h"

namespace bangwu::runtime {
namespace {

struct Seen {
  std::uint64_t count = 0;
  int silent = 0;
};

bool hangs(const Watched& watched, Seen& seen) {
  const auto sign = watched.look();
  const bool is_silent = sign.unfinished > 0 && sign.count == seen.count;
  seen = {sign.count, is_silent ? seen.silent + 1 : 0};
  return seen.silent >= watched.patience;
}

}  // namespace

std::jthread start_watchdog(std::vector<Watched> watched, std::function<void()> wake, std::chrono::milliseconds each) {
  return std::jthread([watched = std::move(watched), wake = std::move(wake), each](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::vector<Seen> seen;
    for (const auto& thread : watched) seen.push_back({thread.look().count, 0});
    while (true) {
      std::unique_lock lock(mutex);
      never.wait_for(lock, stop, each, [] { return false; });
      if (stop.stop_requested()) return;
      for (std::size_t i = 0; i < watched.size(); ++i) {
        if (!hangs(watched[i], seen[i])) continue;
        base::log(base::LogLevel::error, "kiosk.hangs",
                  {{"thread", watched[i].name}, {"what_to_do", "it is started anew; report this with the log"}});
        std::_Exit(70);
      }
      wake();
    }
  });
}

}  // namespace bangwu::runtime
