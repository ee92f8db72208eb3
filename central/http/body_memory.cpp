#include "http/body_memory.h"

namespace bangwu::http {

bool BodyMemory::add(const std::string& whose, std::size_t bytes) {
  if (bytes == 0) return true;
  const std::lock_guard lock(mutex_);
  of_all_ += bytes;
  const std::size_t now = of_one_[whose] += bytes;
  return of_all_ <= most_ && now <= most_of_one_;
}

void BodyMemory::remove(const std::string& whose, std::size_t bytes) {
  if (bytes == 0) return;
  const std::lock_guard lock(mutex_);
  of_all_ -= bytes;
  const auto found = of_one_.find(whose);
  if ((found->second -= bytes) == 0) of_one_.erase(found);
}

}  // namespace bangwu::http
