#include "support/hall/card_application.h"

#include <regex>

namespace bangwu::support {
namespace {

std::string said_like(const SeenScreen& screen, const std::string& pattern) {
  std::smatch found;
  for (const auto& item : screen.items) {
    if (std::regex_search(item.label, found, std::regex(pattern))) return found[0];
  }
  return "";
}

}  // namespace

void type_name(Visitor& visitor) {
  visitor.begin("shbzk", "WJ-GG-0004", kCardId);
  visitor.type_pinyin(kCardNamePinyin, kCardName);
}

void fill_in(Visitor& visitor, const CardApplication& application) {
  type_name(visitor);
  visitor.touch("next");
  visitor.expect("field");
  visitor.touch("choice:" + application.reason);
  visitor.touch("next");
  visitor.type_digits(application.telephone);
  visitor.touch("next");
  visitor.expect("materials");
}

SeenScreen ask_for(Visitor& visitor, const std::string& number, const std::string& secret) {
  visitor.touch("entry:progress");
  visitor.expect("progress_number");
  visitor.type_capitals(number);
  visitor.touch("next");
  visitor.expect("progress_proof");
  for (const char c : secret) {
    if (c != '-') visitor.type_capitals(std::string(1, c));
  }
  visitor.touch("next");
  constexpr int kMostTries = 5;
  for (int i = 0; i < kMostTries; ++i) {
    visitor.settle();
    auto screen = visitor.look();
    if (screen.name != "progress_failed" || !screen.says("没有及时得到答复")) return screen;
    visitor.touch("next");
  }
  return visitor.expect("progress");
}

void submit(Visitor& visitor) { visitor.finish("现场领卡"); }

std::string number_on(const SeenScreen& result) { return said_like(result, "WJ20\\d{12}"); }
std::string secret_on(const SeenScreen& result) { return said_like(result, "^[0-9A-Z]{3}-[0-9A-Z]{3}$"); }
std::string provisional_number_on(const SeenScreen& result) {
  return said_like(result, "临[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}");
}

}  // namespace bangwu::support
