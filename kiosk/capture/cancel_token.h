#pragma once
#include <atomic>

namespace bangwu::capture {

/// Asks a running scan or import to stop; it is seen within 20 ms. One for each call. Thread-safe.
class CancelToken {
 public:
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool is_cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_ = false;
};

}  // namespace bangwu::capture
