#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "support/hall/visitor.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::HallUnderTest;
using support::Visitor;

// Journey 6: two touches from the start screen; the rest is optional and an untouched page sends what was chosen.
TEST(Journey6, ARatingTakesTwoTouchesAndArrivesOnce) {
  HallUnderTest hall({.visit_settings = "thanks_seconds = 3"});
  Visitor visitor(hall);
  visitor.expect("start");
  visitor.touch("entry:rate");
  visitor.touch("level:dissatisfied");
  visitor.expect("rate_details");
  visitor.touch("reason:time_long");
  visitor.touch("text:telephone");
  visitor.expect("rate_text");
  visitor.type_digits("13800001234");
  visitor.touch("next");
  visitor.expect("rate_details");
  visitor.touch("next");
  visitor.expect("thanks");
  visitor.expect("start");
  ASSERT_TRUE(hall.queue_is_empty());
  const auto ratings = json::parse(hall.central().run({"ratings", "--json"}).output);
  ASSERT_EQ(ratings.size(), 1U);
  EXPECT_THAT(ratings.dump(), testing::HasSubstr("time_long"));
  EXPECT_THAT(ratings.dump(), testing::HasSubstr("13800001234"));
  EXPECT_THAT(ratings.dump(), testing::HasSubstr("national"));
}

TEST(Journey6, TheHallChoosesTheInstrument) {
  HallUnderTest hall({.visit_settings = "rating = \"review\""});
  Visitor visitor(hall);
  visitor.touch("entry:rate");
  const auto screen = visitor.expect("rate");
  EXPECT_TRUE(screen.says("很满意"));
  EXPECT_TRUE(screen.says("较满意"));
  EXPECT_FALSE(screen.says("非常满意"));
}

}  // namespace
}  // namespace bangwu
