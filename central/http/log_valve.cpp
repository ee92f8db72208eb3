#include "http/log_valve.h"

#include <utility>

namespace bangwu::http {

std::optional<std::uint64_t> LogValve::let_through(base::SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (in_period_ == 0 || now - began_ >= period_) {
    began_ = now;
    in_period_ = 0;
  }
  if (in_period_ >= most_) {
    ++held_back_;
    return std::nullopt;
  }
  ++in_period_;
  return std::exchange(held_back_, 0);
}

}  // namespace bangwu::http
