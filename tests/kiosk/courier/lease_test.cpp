#include "hall.h"

namespace bangwu::courier {
namespace {

using support::Fault;
using support::is_request;
using Kind = Fault::Kind;

/// An attempt that hangs while its lease runs.
class HeldLease : public Hall {
 protected:
  HeldLease() {
    auto settings = quick_settings();
    settings.http.stall = std::chrono::seconds{600};  // hanging is hanging in these tests
    restart(settings);
    server.fault_next(is_request("PUT"), {.kind = Kind::hang});
  }
  const std::chrono::milliseconds lease = quick_settings().lease;
};

TEST_F(HeldLease, IsExtendedForAsLongAsTheAttemptTakes) {
  accept();
  int looks = 0;
  const auto attempt = courier->deliver_one({}, [&] {
    EXPECT_FALSE(box->lease_next(clock.now(), lease)->has_value()) << "another courier would send it, too: " << looks;
    clock.advance(lease / 2);
    return ++looks < 4;
  });
  EXPECT_TRUE(attempt);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(HeldLease, WhenItIsAnothersTheAttemptEndsAndChangesNothing) {
  const auto id = accept();
  int looks = 0;
  const auto attempt = courier->deliver_one({}, [&] {
    EXPECT_EQ(box->reclaim_leases().value(), 1U);
    EXPECT_TRUE(box->lease_next(clock.now(), lease)->has_value());
    clock.advance(lease / 2);
    return ++looks < 4;
  });
  EXPECT_EQ(looks, 1) << "it went on";
  ASSERT_FALSE(attempt);
  EXPECT_EQ(attempt.error().code, base::ErrorCode::conflict);
  EXPECT_TRUE(std::holds_alternative<outbox::Leased>(state_of(id)));
}

}  // namespace
}  // namespace bangwu::courier
