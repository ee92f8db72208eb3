#include "outbox/bell.h"

#include <chrono>
#include <future>

#include "desk.h"

namespace bangwu::outbox {
namespace {

using Bell = Desk;

TEST_F(Bell, ARetryByAnotherConnectionIsHeard) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  std::promise<void> heard;
  std::atomic_flag once;
  auto listener = Listener::start(folder_ / "outbox", [&] {
    if (!once.test_and_set()) heard.set_value();
  });
  ASSERT_TRUE(listener) << listener.error().detail;
  auto other = open_as("k-1");
  ASSERT_TRUE(other->retry(id_of(1)));
  EXPECT_EQ(heard.get_future().wait_for(30s), std::future_status::ready);
}

TEST_F(Bell, AListenerEndsAtOnceThoughNothingRings) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Listener::start(folder_ / "outbox", [] {}));
}

TEST_F(Bell, NobodyNeedsToListen) {
  ring(folder_ / "outbox");
  ring(folder_ / "nowhere");
}

}  // namespace
}  // namespace bangwu::outbox
