#pragma once
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace bangwu::http {

/// The memory that bodies take while they wait for a worker: of all together, and of each sender no more than a part,
/// so that one cannot have the others turned away. Thread-safe; never waits.
class BodyMemory {
 public:
  BodyMemory(std::size_t most, std::size_t most_of_one) : most_(most), most_of_one_(most_of_one) {}
  /// Counts bytes that are there, whether they may or not: false says that it is too much.
  [[nodiscard]] bool add(const std::string& whose, std::size_t bytes);
  void remove(const std::string& whose, std::size_t bytes);

 private:
  const std::size_t most_, most_of_one_;
  std::mutex mutex_;
  std::size_t of_all_ = 0;                               ///< guarded by mutex_
  std::unordered_map<std::string, std::size_t> of_one_;  ///< guarded by mutex_; nobody with nothing
};

}  // namespace bangwu::http
