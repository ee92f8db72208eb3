#include "json/members.h"

#include <gtest/gtest.h>

#include <functional>

namespace bangwu::json {
namespace {

std::string fault_of(const Value& value, const std::function<void(Members&)>& read) {
  Fault fault;
  Members members(value, "it", fault);
  read(members);
  members.finish();
  return fault.is_noted() ? fault.error().detail : "none";
}

TEST(JsonMembers, NameWhereTheFirstFaultIs) {
  const Value value{{"a", {{"n", 300}}}, {"more", 1}};
  const auto read = [](Members& it) {
    auto inner = it.object("a");
    (void)inner.integer("n", 0, 255);
    (void)it.text("missing", {0, 10});
  };
  EXPECT_EQ(fault_of(value, read), "it.a.n: must be a whole number from 0 to 255");
}

TEST(JsonMembers, WhatNobodyAskedForIsRefusedWithoutBeingNamed) {
  EXPECT_EQ(fault_of(Value{{"张三", 1}}, [](Members&) {}), "it: has an unknown member");
}

TEST(JsonMembers, AnObjectIsOneObject) {
  EXPECT_EQ(parse_object("[1]", "the answer").error().detail, "the answer must be a JSON object");
  EXPECT_EQ(parse_object("{", "the answer").error().detail, "the answer is not JSON");
  EXPECT_EQ(parse_object(R"({"a":1})", "the answer")->find("a")->integer(), 1);
}

}  // namespace
}  // namespace bangwu::json
