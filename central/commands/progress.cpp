#include "commands/progress.h"

#include <iostream>
#include <utility>

namespace bangwu::commands {
namespace {
constexpr std::chrono::seconds kSayEach{2};
}  // namespace

Progress::Progress(std::string doing, std::uint64_t total)
    : doing_(std::move(doing)), total_(total), next_(std::chrono::steady_clock::now() + kSayEach) {}

void Progress::step() {
  ++done_;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kSayEach;
  std::cerr << doing_ << "  " << done_;
  if (total_ > 0) std::cerr << " of " << total_;
  std::cerr << std::endl;
}

}  // namespace bangwu::commands
