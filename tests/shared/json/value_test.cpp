#include "json/value.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace bangwu::json {
namespace {

TEST(JsonValue, BracesMakeObjects) {
  const Value value{{"id", 7}, {"by", {{"who", "kiosk"}}}, {"none", nullptr}};
  EXPECT_TRUE(value.is_object());
  ASSERT_EQ(value.members().size(), 3U);
  EXPECT_EQ(value.members()[0].name, "by") << "sorted";
  EXPECT_EQ(*value.find("by")->text_of("who"), "kiosk");
  EXPECT_TRUE(value.find("none")->is_null());
  EXPECT_EQ(value.find("nothing"), nullptr);
  const Value pair{{"a", "b"}};
  EXPECT_EQ(*pair.text_of("a"), "b") << "one member is no list of two texts";
}

TEST(JsonValue, OfTwoMembersOfOneNameTheLastStays) {
  const Value value{{"a", 1}, {"a", 2}};
  EXPECT_EQ(value.members().size(), 1U);
  EXPECT_EQ(value.find("a")->integer(), 2);
}

TEST(JsonValue, TakesTheLanguagesOwnContainers) {
  const std::map<std::string, std::vector<std::map<std::string, std::string>>> rows{{"f", {{{"a", "1"}}, {}}}};
  const Value value(rows);
  ASSERT_EQ(value.find("f")->elements().size(), 2U);
  EXPECT_EQ(*value.find("f")->elements()[0].text_of("a"), "1");
  EXPECT_TRUE(value.find("f")->elements()[1].is_object());
  EXPECT_EQ(Value(std::set<std::string>{"b", "a"}), Value::array({"a", "b"}));
}

TEST(JsonValue, IsOnlyWhatItIs) {
  EXPECT_EQ(Value(1).truth(), std::nullopt);
  EXPECT_EQ(Value(true).integer(), std::nullopt);
  EXPECT_EQ(Value("1").integer(), std::nullopt);
  EXPECT_EQ(Value(1.0).integer(), std::nullopt) << "a double is no whole number, whatever its value";
  EXPECT_EQ(Value(UINT64_MAX).integer(), std::nullopt);
  EXPECT_EQ(Value(-1).natural(), std::nullopt);
  EXPECT_EQ(Value(-1).number(), -1.0);
  EXPECT_EQ(Value(1).text(), nullptr);
  EXPECT_EQ(Value(1).find("a"), nullptr);
  EXPECT_TRUE(Value("text").elements().empty());
  EXPECT_EQ(Value(1), Value(1U)) << "a number is one number whatever wrote it";
}

TEST(JsonValue, IsChangedByName) {
  Value value;
  value["b"] = 1;
  value["a"].push_back("x");
  value["b"] = 2;
  EXPECT_EQ(value, (Value{{"a", Value::array({"x"})}, {"b", 2}}));
  value.erase("a");
  value.erase("nothing");
  EXPECT_EQ(value, (Value{{"b", 2}}));
}

}  // namespace
}  // namespace bangwu::json
