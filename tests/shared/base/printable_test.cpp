#include "base/printable.h"

#include <gtest/gtest.h>

#include <sstream>
#include <utility>
#include <vector>

#include "base/log.h"

namespace bangwu::base {
namespace {

TEST(Printable, WordsOfAnyLanguageStay) {
  for (const char* text : {"", "hall 3", "一号机 · 武进", "Zoë, \"a\\b\"", "𠮷野家 😀", "é"}) {
    EXPECT_EQ(printable(text), text);
  }
}

TEST(Printable, WhatMovesColoursHidesOrReordersIsWrittenOut) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"\x1b[2J\x1b[31mred", "\\u001b[2J\\u001b[31mred"},
      {"a\nb\rc\td", "a\\u000ab\\u000dc\\u0009d"},
      {"a\x7f", "a\\u007f"},
      {"\xc2\x9b"
       "31m",
       "\\u009b31m"},  // CSI in C1
      {"\xe2\x80\xae"
       "gpj.exe",
       "\\u202egpj.exe"},  // right-to-left override
      {"\xe2\x81\xa6"
       "a",
       "\\u2066a"},  // isolate
      {"a\xe2\x80\x8b"
       "b",
       "a\\u200bb"},  // zero width space
      {"a\xe2\x80\xa8"
       "b",
       "a\\u2028b"},                           // line separator
      {"\xf3\xa0\x81\x81", "\\udb40\\udc41"},  // a tag
      {"\x80\xff", "\\x80\\xff"},
      {"\xc0\x9b", "\\xc0\\x9b"},           // overlong
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // a surrogate
      {"\xe4\xb8", "\\xe4\\xb8"},           // cut off
      {std::string("a\0b", 3), "a\\u0000b"},
  };
  for (const auto& [text, shown] : table) EXPECT_EQ(printable(text), shown);
}

TEST(Printable, AStreamLetsNothingElseThrough) {
  std::ostringstream stream;
  {
    const PrintableOutput safe(stream);
    stream << "name  \x1b]0;owned\x07 一号\n" << 7 << '\t' << "a\xe4" << std::flush << "\xb8\x80" << std::flush;
    stream << "\xe4";
  }
  EXPECT_EQ(stream.str(), "name  \\u001b]0;owned\\u0007 一号\n7\ta一\\xe4");
}

TEST(Log, AStrangersValueStaysInItsLine) {
  testing::internal::CaptureStderr();
  log(LogLevel::info, "test.event",
      {{"name", "\x1b[2Ja\nb"}, {"plain", "一号机"}, {"quoted", "a \"b\\"}, {"empty", ""}});
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_NE(line.find(R"( info test.event name="\u001b[2Ja b" plain=一号机 quoted="a \"b\\" empty="")"
                      "\n"),
            std::string::npos)
      << line;
}

}  // namespace
}  // namespace bangwu::base
