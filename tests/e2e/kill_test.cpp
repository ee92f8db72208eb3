#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "e2e/sample_pages.h"
#include "support/hall/visitor.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::HallUnderTest;
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
  EXPECT_EQ(json::parse(hall.central_command({"ratings", "--json"}).output).size(), 3U);
}

TEST(Kill, CentralMayDieAtAnyTime) {
  HallUnderTest hall;
  hall.kill_central();
  Visitor visitor(hall);
  visitor.begin("shbzk", "WJ-GG-0004", "11010519491231002X");
  visitor.type_pinyin("zhangxiaoming", "张小明");
  visitor.touch("next");
  visitor.touch("choice:lost");
  visitor.touch("next");
  visitor.touch("next");
  visitor.finish("现场领卡");
  visitor.expect("sending");
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("已存本机")) << result.listing();
  EXPECT_TRUE(result.says("临")) << result.listing();
  EXPECT_THAT(hall.queue_command({"list"}).output, testing::HasSubstr("submission"));
}

}  // namespace
}  // namespace bangwu
