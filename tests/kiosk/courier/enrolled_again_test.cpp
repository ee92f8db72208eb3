#include <gmock/gmock.h>

#include "with_central.h"

/// The documented cure of nearly everything, enrolling again, with a queue behind it and the real central service.
namespace bangwu::courier {
namespace {

using testing::HasSubstr;

class EnrolledAgain : public WithCentral {
 protected:
  void stop_central() { ASSERT_EQ(central.terminate(), 0); }
  void start_central() {
    central.start();
    proxy.set_upstream(central.port());
  }
  /// Applications without a network, each with its rating behind it.
  void queue(int count) {
    auto box = open_outbox();
    for (int i = 0; i < count; ++i) accept_rating(box, accept(box, {20'000, 30'000}));
  }
  void carry_by_hand() {
    auto box = open_outbox();
    const auto exported = box.export_to(directory / "carried", clock.now());
    ASSERT_TRUE(exported) << exported.error().detail;
    const auto imported = central.run({"import", directory / "carried"});
    EXPECT_THAT(imported.output, HasSubstr("stored  " + std::to_string(envelopes + ratings))) << imported.errors;
  }
  void enrol_again() {
    const std::string before = identity->kiosk;
    identity.emplace(enrol_at("kiosk"));
    EXPECT_EQ(identity->kiosk, before) << "a kiosk's id lasts";
  }
  void deliver_everything() {
    auto box = open_outbox();
    auto courier = Courier::open(settings(), identity->central_url, box, *store, clock, random);
    ASSERT_TRUE(courier);
    for (int i = 0; i < 200 && undelivered(box) > 0; ++i) {
      const auto due = box.next_due(clock.now()).value();
      if (due && *due > clock.now()) clock.advance(*due - clock.now());
      ASSERT_TRUE(courier->deliver_one({}));
    }
    EXPECT_EQ(undelivered(box), 0U);
  }
  void replace_receipt_key() const {
    const auto key = central.data() / "keys" / "receipt.key";
    std::filesystem::rename(key, directory / "receipt.key.of-before");
    ASSERT_TRUE(envelope::SigningKey::make().save(key));
  }
  void expect_all_at_central() {
    const auto stock = central.verify();
    EXPECT_EQ(stock.envelopes, envelopes + ratings) << stock.output;
    EXPECT_EQ(stock.cases, envelopes) << stock.output;
    EXPECT_EQ(stock.ratings, ratings) << stock.output;
  }
};

TEST_F(EnrolledAgain, WhatWaitedIsDelivered) {
  stop_central();
  queue(10);
  start_central();
  enrol_again();
  deliver_everything();
  expect_all_at_central();
  EXPECT_EQ(central.verify().damaged, 0);
}

TEST_F(EnrolledAgain, WhatWasCarriedByHandIsAnsweredAsItWasStored) {
  stop_central();
  queue(10);
  carry_by_hand();
  start_central();
  enrol_again();
  deliver_everything();
  expect_all_at_central();
  EXPECT_EQ(central.verify().damaged, 0);
}

TEST_F(EnrolledAgain, ALostAnswerIsFoundAgain) {
  queue(3);
  {
    auto box = open_outbox();
    auto courier = Courier::open(settings(), identity->central_url, box, *store, clock, random);
    ASSERT_TRUE(courier);
    // Its answers are cut off somewhere, so that some envelopes are there and the kiosk does not know it.
    for (std::uint64_t i = 0; i < 60; ++i) {
      proxy.interfere_next({.cut_after_received = 1'500 + 50 * i});
      proxy.cut_all();
      const auto due = box.next_due(clock.now()).value();
      if (due && *due > clock.now()) clock.advance(*due - clock.now());
      ASSERT_TRUE(courier->deliver_one({}));
    }
  }
  enrol_again();
  deliver_everything();
  expect_all_at_central();
  EXPECT_EQ(central.verify().damaged, 0);
}

TEST_F(EnrolledAgain, WithAnotherReceiptKeyWhatIsThereIsProvenByTheEarlierOne) {
  stop_central();
  queue(5);
  carry_by_hand();
  replace_receipt_key();
  start_central();
  enrol_again();
  auto box = open_outbox();
  accept_rating(box, accept(box, {10'000}));
  deliver_everything();
  expect_all_at_central();
}

}  // namespace
}  // namespace bangwu::courier
