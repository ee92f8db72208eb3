#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace bangwu::http {

/// Threads that may wait for the disk, so that the connections' threads need not. Whom a job is for takes turns with
/// the others, and is never worked for by more than half of the threads; the last quarter is for those nothing is done
/// for yet. So one that asks for all there is, or for what takes long, leaves the rest their half, and several of them
/// leave it a quarter. The jobs of one begin in the order they came.
class Workers {
 public:
  explicit Workers(unsigned count);
  ~Workers();
  /// Waits until all that was posted is done, and what that posts; what is posted after is dropped. Not from a worker.
  void finish();
  void post(const std::string& whom, std::function<void()> job);
  /// True when so much waits, for this one or for all, that new work should be turned away with 503.
  [[nodiscard]] bool is_crowded(const std::string& whom) const;

 private:
  struct Line {
    std::deque<std::function<void()>> jobs;
    unsigned running = 0;
  };
  void run();
  [[nodiscard]] std::deque<std::string>::iterator find_next();
  std::function<void()> begin(std::deque<std::string>::iterator next, std::string& whom);
  void end(const std::string& whom);

  const unsigned most_of_one_, most_for_more_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::unordered_map<std::string, Line> lines_;  ///< guarded by mutex_, as are all below; who has or had something here
  std::deque<std::string> next_;                 ///< each that has a job and a thread left for it, once
  std::size_t waiting_ = 0;                      ///< jobs in all lines
  unsigned running_ = 0;                         ///< jobs
  bool ending_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace bangwu::http
