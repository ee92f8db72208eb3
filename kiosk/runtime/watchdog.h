#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>

namespace bangwu::runtime {

/// Wakes the UI thread every `each` and ends the process (exit 70, EX_SOFTWARE) when it did not turn its loop in four
/// of these, a whole minute: the service manager starts it anew, and what was accepted is on the disk.
[[nodiscard]] std::jthread start_watchdog(const std::atomic<std::uint64_t>& turns, std::function<void()> wake,
                                          std::chrono::milliseconds each = std::chrono::seconds{15});

}  // namespace bangwu::runtime
