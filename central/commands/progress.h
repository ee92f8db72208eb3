#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace bangwu::commands {

/// Says on standard error, every two seconds, how far a long command has come; a short one says nothing. One thread.
class Progress {
 public:
  /// `total` 0: not known.
  Progress(std::string doing, std::uint64_t total);
  void step();

 private:
  std::string doing_;
  std::uint64_t total_, done_ = 0;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace bangwu::commands
