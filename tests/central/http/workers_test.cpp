#include "http/workers.h"

#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "http/body_memory.h"

namespace bangwu::http {
namespace {

TEST(Workers, LeaveHalfOfThemselvesToOthersHoweverMuchOneAsksFor) {
  Workers workers(4);
  std::promise<void> go_on;
  const auto may_go_on = go_on.get_future().share();
  std::latch begun(2);
  std::atomic<int> running = 0;
  for (int i = 0; i < 100; ++i) {
    workers.post("greedy", [&, may_go_on] {
      if (++running <= 2) begun.count_down();
      may_go_on.wait();
    });
  }
  begun.wait();
  for (int i = 0; i < 20; ++i) {
    std::promise<void> done;
    workers.post("other", [&] { done.set_value(); });
    done.get_future().wait();
  }
  EXPECT_EQ(running, 2);
  go_on.set_value();
  workers.finish();
  EXPECT_EQ(running, 100) << "all that was posted is done";
}

TEST(Workers, LeaveAQuarterToThoseNothingIsDoneForHoweverManyAreGreedy) {
  Workers workers(4);
  std::promise<void> go_on;
  const auto may_go_on = go_on.get_future().share();
  std::latch begun(3);
  std::atomic<int> running = 0;
  for (const char* greedy : {"a", "b"}) {
    for (int i = 0; i < 50; ++i) {
      workers.post(greedy, [&, may_go_on] {
        if (++running <= 3) begun.count_down();
        may_go_on.wait();
      });
    }
  }
  begun.wait();
  std::promise<void> done;
  workers.post("other", [&] { done.set_value(); });
  done.get_future().wait();
  EXPECT_EQ(running, 3);
  go_on.set_value();
  workers.finish();
  EXPECT_EQ(running, 100);
}

TEST(Workers, TakeTurnsBetweenThoseWhoWait) {
  Workers workers(1);
  std::promise<void> go_on;
  std::string order;
  workers.post("x", [may_go_on = go_on.get_future().share()] { may_go_on.wait(); });
  for (int i = 0; i < 3; ++i) workers.post("a", [&] { order += 'a'; });
  workers.post("b", [&] { order += 'b'; });
  go_on.set_value();
  workers.finish();
  EXPECT_EQ(order, "abaa");
}

TEST(Workers, TurnAwayWhoHasTooMuchWaitingNotTheRest) {
  Workers workers(2);
  std::promise<void> go_on;
  const auto may_go_on = go_on.get_future().share();
  for (int i = 0; i < 300; ++i) workers.post("greedy", [may_go_on] { may_go_on.wait(); });
  EXPECT_TRUE(workers.is_crowded("greedy"));
  EXPECT_FALSE(workers.is_crowded("other"));
  go_on.set_value();
  workers.finish();
  EXPECT_FALSE(workers.is_crowded("greedy"));
}

TEST(Workers, GoOnWithWhatIsUnderWayWhenTheyEnd) {
  Workers workers(2);
  std::promise<void> go_on;
  std::atomic<bool> is_done = false;
  workers.post("a", [&, may_go_on = go_on.get_future().share()] {
    may_go_on.wait();
    workers.post("b", [&] { is_done = true; });
  });
  std::jthread end([&] { workers.finish(); });
  go_on.set_value();
  end.join();
  EXPECT_TRUE(is_done);
  workers.post("a", [] { ADD_FAILURE() << "after the end"; });
}

TEST(BodyMemory, OneCannotTakeWhatOthersNeed) {
  BodyMemory memory(100, 25);
  EXPECT_TRUE(memory.add("greedy", 25));
  EXPECT_FALSE(memory.add("greedy", 1));
  EXPECT_TRUE(memory.add("other", 25));
  memory.remove("greedy", 26);
  EXPECT_TRUE(memory.add("greedy", 25));
}

TEST(BodyMemory, HasAnEndForAllTogether) {
  BodyMemory memory(100, 25);
  for (const char* each : {"a", "b", "c", "d"}) EXPECT_TRUE(memory.add(each, 25));
  EXPECT_FALSE(memory.add("e", 1));
}

}  // namespace
}  // namespace bangwu::http
