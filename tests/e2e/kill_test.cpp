#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "support/hall/card_application.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::fill_in;
using support::HallUnderTest;
using support::submit;
using support::Visitor;

void rate(HallUnderTest& hall) {
  Visitor visitor(hall);
  visitor.expect("start");
  visitor.touch("entry:rate");
  visitor.touch("level:satisfied");
  visitor.expect("rate_details");
  visitor.touch("next");
  visitor.expect("thanks");
  hall.inspector().settle();
}

// Promises 1 and 2 with whole processes; the outbox's own tests kill at every single durable step.
TEST(Kill, WhatWasAcceptedBeforeTheKioskDiedArrivesOnce) {
  HallUnderTest hall;
  for (int i = 0; i < 3; ++i) {
    rate(hall);
    hall.kill_kiosk();
    hall.start_kiosk();
  }
  ASSERT_TRUE(hall.queue_is_empty());
  EXPECT_EQ(json::parse(hall.central().run({"ratings", "--json"}).output).size(), 3U);
}

TEST(Kill, CentralMayDieAtAnyTime) {
  HallUnderTest hall;
  hall.central().kill();
  Visitor visitor(hall);
  fill_in(visitor);
  submit(visitor);
  visitor.expect("sending");
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("已存本机")) << result.listing();
  EXPECT_TRUE(result.says("临")) << result.listing();
  EXPECT_THAT(hall.queue_command({"list"}).output, testing::HasSubstr("submission"));
}

}  // namespace
}  // namespace bangwu
