#pragma once
#include <atomic>
#include <cstdint>

namespace bangwu::capture {

/// Asks a running scan or import to stop; it is seen within 20 ms. One for each call. Thread-safe.
class CancelToken {
 public:
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool is_cancelled() const {
    looks_.fetch_add(1, std::memory_order_relaxed);
    return cancelled_.load(std::memory_order_relaxed);
  }
  /// How often the work looked whether it is still wanted: work that stops looking hangs.
  [[nodiscard]] std::uint64_t looks() const { return looks_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_ = false;
  mutable std::atomic<std::uint64_t> looks_ = 0;
};

}  // namespace bangwu::capture
