#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "support/hall/visitor.h"

namespace bangwu {
namespace {

using support::HallUnderTest;
using support::Visitor;

// Staff see what waits and why, and never whose it is.
TEST(Queue, TheCommandLineShowsNoApplicantsData) {
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
  visitor.expect("result");
  const auto list = hall.queue_command({"list"});
  EXPECT_EQ(list.code, 0);
  for (const char* trace : {"张小明", "11010519491231002X", "002X"}) EXPECT_THAT(list.output, testing::Not(testing::HasSubstr(trace)));
  ASSERT_EQ(hall.queue_command({"export", hall.folder("queue.export").string()}).code, 0);

  hall.start_central();
  const auto imported = hall.central_command({"import", hall.folder("queue.export").string()});
  EXPECT_EQ(imported.code, 0) << imported.output;
  EXPECT_EQ(hall.central_command({"verify"}).code, 0);
}

}  // namespace
}  // namespace bangwu
