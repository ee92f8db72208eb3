#include "runtime/watchdog.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>

#include "base/log.h"

namespace bangwu::runtime {

std::jthread start_watchdog(const std::atomic<std::uint64_t>& turns, std::function<void()> wake,
                            std::chrono::milliseconds each) {
  return std::jthread([&turns, wake = std::move(wake), each](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::uint64_t seen = turns.load(std::memory_order_relaxed);
    int silent = 0;
    while (true) {
      std::unique_lock lock(mutex);
      never.wait_for(lock, stop, each, [] { return false; });
      if (stop.stop_requested()) return;
      const auto now = turns.load(std::memory_order_relaxed);
      silent = now == seen ? silent + 1 : 0;
      seen = now;
      if (silent >= 4) {
        base::log(base::LogLevel::error, "kiosk.hangs",
                  {{"what_to_do", "it is started anew; report this with the log"}});
        std::_Exit(70);
      }
      wake();
    }
  });
}

}  // namespace bangwu::runtime
