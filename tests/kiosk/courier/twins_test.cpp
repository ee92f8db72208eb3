#include "with_central.h"

namespace bangwu::courier {
namespace {

using outbox::Reason;

/// Two machines made from one disk image.
class Twins : public WithCentral {
 protected:
  static std::optional<Attempt> attempt(outbox::Outbox& box, const identity::KioskIdentity& sender,
                                        const blobs::BlobStore& store, const base::Clock& clock, base::Random& random) {
    auto courier = Courier::open(settings(sender), sender.central_url, box, store, clock, random);
    EXPECT_TRUE(courier);
    auto made = courier->deliver_one({});
    EXPECT_TRUE(made) << made.error().detail;
    return std::move(*made);
  }
  std::optional<Attempt> attempt(outbox::Outbox& box) { return attempt(box, *identity, *store, clock, random); }
};

TEST_F(Twins, AreToldApartAndTheSecondOnesEnvelopeGoesUnderAnotherNumber) {
  auto first = open_outbox("outbox", *identity);
  auto second = open_outbox("twin", *identity);
  accept(first, {20'000});
  const auto later = accept(second, {30'000});
  EXPECT_TRUE(attempt(first)->receipt);
  EXPECT_EQ(std::get<outbox::Dead>(attempt(second)->state).reason, Reason::duplicate_identity);
  EXPECT_EQ(second.counts()->dead, 1U) << "nothing is lost";

  // It was sealed under the id both have, so it goes under that; the copy gets one of its own when its queue is empty.
  ASSERT_TRUE(second.retry(later));
  EXPECT_TRUE(attempt(second)->receipt);
  const auto own = enrol_at("twin-identity");
  auto reopened = open_outbox("twin", own);
  accept(reopened, {5'000}, &own);
  EXPECT_TRUE(attempt(reopened, own, *store, clock, random)->receipt);
  ASSERT_TRUE(first.learn_sequence(2)) << "as it does whenever it meets the service";
  accept(first, {10'000});
  EXPECT_TRUE(attempt(first)->receipt) << "the other one goes on as before";
  expect_everything_arrived_once();
}

}  // namespace
}  // namespace bangwu::courier
