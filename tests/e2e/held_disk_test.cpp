#include <gtest/gtest.h>

#include "support/hall/card_application.h"

namespace bangwu {
namespace {

using support::HallUnderTest;
using support::Visitor;

// Promise 4 of the house: a disk that does not answer holds the storage thread, never the picture.
class HeldDisk : public testing::Test {
 protected:
  void expect_an_answer_to_a_touch(Visitor& visitor) {
    visitor.touch_at_once("help");
    visitor.touch_at_once("overlay:close");
    ASSERT_TRUE(support::eventually([&] { return hall_.inspector().look().find("overlay:close") == nullptr; }));
  }
  HallUnderTest hall_{{.disk = support::Answering::unless_held}};
};

TEST_F(HeldDisk, WhileASubmissionIsStoredTouchesAreAnsweredAndNothingIsThankedFor) {
  Visitor visitor(hall_);
  support::fill_in(visitor);
  hall_.hold_disk();
  support::submit(visitor);
  ASSERT_TRUE(hall_.somebody_waits_for_the_disk());
  expect_an_answer_to_a_touch(visitor);
  EXPECT_EQ(hall_.inspector().look().name, "sign") << "not before it is on the disk";
  hall_.let_disk_go();
  visitor.expect("result");
  EXPECT_TRUE(hall_.queue_is_empty());
}

TEST_F(HeldDisk, WhilePagesAreStoredTouchesAreAnswered) {
  Visitor visitor(hall_);
  support::fill_in(visitor);
  hall_.hold_disk();
  visitor.begin_scan("id_card", "flatbed");
  ASSERT_TRUE(hall_.somebody_waits_for_the_disk());
  expect_an_answer_to_a_touch(visitor);
  EXPECT_EQ(hall_.inspector().look().name, "capturing");
  hall_.let_disk_go();
  visitor.expect("pages");
}

TEST_F(HeldDisk, WhileAVisitIsForgottenTheNextPersonIsServed) {
  Visitor visitor(hall_);
  support::fill_in(visitor);
  visitor.scan("id_card", "flatbed");
  hall_.hold_disk();
  visitor.touch("home");
  visitor.touch("home:yes");
  visitor.expect("start");
  ASSERT_TRUE(hall_.somebody_waits_for_the_disk());
  expect_an_answer_to_a_touch(visitor);
  visitor.touch_at_once("entry:apply");
  visitor.expect("domains");
  hall_.let_disk_go();
}

}  // namespace
}  // namespace bangwu
