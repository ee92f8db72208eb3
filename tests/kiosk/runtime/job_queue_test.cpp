#include "runtime/job_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace bangwu::runtime {
namespace {

TEST(JobQueue, GivesJobsInTheirOrderAndKnowsWhenAllAreDone) {
  JobQueue<int> queue;
  std::stop_source stop;
  EXPECT_TRUE(queue.idle());
  queue.push(1);
  queue.push(2);
  EXPECT_EQ(*queue.take(stop.get_token(), std::chrono::seconds{1}), 1);
  EXPECT_FALSE(queue.idle());
  queue.finished();
  EXPECT_EQ(*queue.take(stop.get_token(), std::chrono::seconds{1}), 2);
  queue.finished();
  EXPECT_TRUE(queue.idle());
}

TEST(JobQueue, AStopEndsTheWaitButNotTheWork) {
  JobQueue<int> queue;
  std::stop_source stop;
  queue.push(1);
  stop.request_stop();
  EXPECT_NE(queue.take(stop.get_token(), std::chrono::hours{1}), nullptr) << "what was ordered is still done";
  EXPECT_EQ(queue.take(stop.get_token(), std::chrono::hours{1}), nullptr);
}

TEST(JobQueue, PatienceEnds) {
  JobQueue<int> queue;
  EXPECT_EQ(queue.take(std::stop_source{}.get_token(), std::chrono::milliseconds{1}), nullptr);
}

TEST(JobQueue, TakesFromAnotherThread) {
  JobQueue<int> queue;
  int seen = 0;
  std::jthread worker([&](const std::stop_token& stop) {
    while (auto job = queue.take(stop, std::chrono::hours{1})) {
      seen += *job;
      queue.finished();
    }
  });
  for (int i = 1; i <= 100; ++i) queue.push(i);
  worker.request_stop();
  worker.join();
  EXPECT_EQ(seen, 5050);
}

}  // namespace
}  // namespace bangwu::runtime
