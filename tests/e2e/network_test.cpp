#include <gmock/gmock.h>

#include "support/hall/card_application.h"

namespace bangwu {
namespace {

using support::HallUnderTest;
using support::Visitor;

// Staff see what waits and why, and never whose it is.
TEST(Queue, TheCommandLineShowsNoApplicantsData) {
  HallUnderTest hall;
  hall.central().kill();
  Visitor visitor(hall);
  support::fill_in(visitor);
  support::submit(visitor);
  visitor.expect("result");
  const auto list = hall.queue_command({"list"});
  EXPECT_EQ(list.code, 0);
  for (const char* trace : {support::kCardName, support::kCardId, "002X"})
    EXPECT_THAT(list.output, testing::Not(testing::HasSubstr(trace)));
  ASSERT_EQ(hall.queue_command({"export", hall.folder("queue.export").string()}).code, 0);

  hall.central().start();
  const auto imported = hall.central().run({"import", hall.folder("queue.export").string()});
  EXPECT_EQ(imported.code, 0) << imported.output;
  EXPECT_EQ(hall.central().run({"verify"}).code, 0);
}

}  // namespace
}  // namespace bangwu
