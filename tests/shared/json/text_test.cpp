#include "json/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

namespace bangwu::json {
namespace {

using Library = nlohmann::json;

std::string fault_of(std::string_view text, Limits limits = {}) {
  const auto value = parse(text, limits);
  return value ? "none" : value.error().detail;
}

TEST(JsonText, IsWrittenWithSortedMembersAndNothingElseBetween) {
  const Value value{{"b", Value::array({1, -2, 0.5, true, nullptr})}, {"a", {{"甲", "一\n\"\\\x01/"}}}, {"", ""}};
  EXPECT_EQ(write(value), "{\"\":\"\",\"a\":{\"甲\":\"一\\n\\\"\\\\\\u0001/\"},\"b\":[1,-2,0.5,true,null]}");
  EXPECT_EQ(write(Value{{"a", 1}}, Layout::indented), "{\n  \"a\": 1\n}");
  EXPECT_EQ(write(Value::array()) + write(Value::object()), "[]{}");
}

// Signatures of kiosks and of the service are over these bytes.
TEST(JsonText, NumbersAreWrittenAsTheyAlwaysWere) {
  EXPECT_EQ(write(Value::array({INT64_MIN, INT64_MAX, UINT64_MAX, 0, 9007199254740993U})),
            "[-9223372036854775808,9223372036854775807,18446744073709551615,0,9007199254740993]");
  EXPECT_EQ(write(Value::array({0.25F, 0.1F, 0.1, 1.0, 1e100, -0.0, 3.5e-7, std::nan("")})),
            "[0.25,0.10000000149011612,0.1,1.0,1e+100,-0.0,3.5e-07,null]");
}

TEST(JsonText, WhatIsNoUtf8IsReplacedWhenWritten) { EXPECT_EQ(write("a\xFF\xE4\xB8z"), "\"a\uFFFD\uFFFDz\""); }

TEST(JsonText, WhatIsReadIsWrittenTheSame) {
  for (const std::string text :
       {R"({"a":[1,-2,0.5,1e+100,true,false,null,"甲\u0000"],"b":{"c":{}}})", "[]", "\"x\"", "18446744073709551615",
        "-9223372036854775808", "-0.0", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"}) {
    const auto value = parse(text);
    ASSERT_TRUE(value) << text << ": " << value.error().detail;
    EXPECT_EQ(write(*value), text);
  }
}

TEST(JsonText, WhatIsNotStrictlyJsonIsRefused) {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "{}x",
                                 "{} {}",
                                 "[1,]",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "'a'",
                                 "01",
                                 "+1",
                                 ".5",
                                 "1.",
                                 "NaN",
                                 "Infinity",
                                 "// a\n1",
                                 "\"\x01\"",
                                 "\"\xFF\"",
                                 "\"\xC0\x80\"",
                                 "\"\xED\xA0\x80\"",
                                 "\"\\ud800\"",
                                 "\"\\x\"",
                                 "tru",
                                 "1e999"}) {
    EXPECT_EQ(fault_of(text), "is not JSON") << text;
  }
}

TEST(JsonText, WhatHasTwoMeaningsIsRefused) {
  EXPECT_EQ(fault_of(R"({"a":1,"b":2,"a":1})"), "has a member twice");
  EXPECT_EQ(fault_of(R"([{"b":{"a":1,"\u0061":2}}])"), "has a member twice");
  EXPECT_EQ(fault_of("18446744073709551616"), "has a number that is too large");
  EXPECT_EQ(fault_of("[-9223372036854775809]"), "has a number that is too large");
}

TEST(JsonText, LimitsHold) {
  EXPECT_EQ(fault_of(std::string(17, '[') + std::string(17, ']')), "is nested too deeply");
  EXPECT_EQ(fault_of(std::string(100000, '[')), "is nested too deeply");
  EXPECT_EQ(fault_of("[[1]]", {.depth = 2}), "none");
  EXPECT_EQ(fault_of("[[[1]]]", {.depth = 2}), "is nested too deeply");
  EXPECT_EQ(fault_of("12345", {.bytes = 4}), "is longer than 4 bytes");
}

TEST(JsonText, NoFaultQuotesTheText) {
  for (const std::string text : {"{\"name\":\"张三\",", "{\"张三\":1,\"张三\":2}", "[\"张三\" 1]"})
    EXPECT_EQ(fault_of(text).find("张"), std::string::npos);
}

TEST(JsonText, ManyMembersAreReadInTime) {
  std::string text = "{";
  for (int i = 200000; i > 0; --i) text += "\"" + std::to_string(i) + "\":0,";
  text += "\"\":0}";
  EXPECT_EQ(parse(text)->members().size(), 200001U);
}

/// The same tree twice, one in each form.
class Twins {
 public:
  explicit Twins(unsigned seed) : random_(seed) {}

  std::pair<Value, Library> tree(int depth) {
    switch (pick(depth > 0 ? 8 : 6)) {
      case 0: return both(nullptr);
      case 1: return both(pick(2) == 0);
      case 2: return both(static_cast<std::int64_t>(random_()));
      case 3: return both(random_());
      case 4: return both(std::ldexp(static_cast<double>(static_cast<std::int64_t>(random_())), pick(200) - 100));
      case 5: return both(text());
      case 6: return list(depth - 1);
      default: return object(depth - 1);
    }
  }

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  template <class T>
  std::pair<Value, Library> both(const T& value) {
    return {Value(value), Library(value)};
  }
  std::string text() {
    std::string text;
    for (int left = pick(6); left > 0; --left) text += static_cast<char>(random_());
    return text;
  }
  std::pair<Value, Library> list(int depth) {
    std::pair<Value, Library> made{Value::array(), Library::array()};
    for (int left = pick(5); left > 0; --left) {
      auto [value, library] = tree(depth);
      made.first.push_back(std::move(value));
      made.second.push_back(std::move(library));
    }
    return made;
  }
  std::pair<Value, Library> object(int depth) {
    std::pair<Value, Library> made{Value::object(), Library::object()};
    for (int left = pick(5); left > 0; --left) {
      auto [value, library] = tree(depth);
      const std::string name = std::to_string(pick(100));
      made.first[name] = std::move(value);
      made.second[name] = std::move(library);
    }
    return made;
  }
  std::mt19937_64 random_;
};

// Everything signed before this room was there was written by the library.
TEST(JsonText, IsWrittenAsTheLibraryWritesIt) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const auto [value, library] = Twins(seed).tree(6);
    const std::string text = write(value);
    ASSERT_EQ(text, library.dump(-1, ' ', false, Library::error_handler_t::replace)) << seed;
    ASSERT_EQ(write(parse(text).value()), text) << seed;
  }
}

}  // namespace
}  // namespace bangwu::json
