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

void submit(Visitor& visitor) { visitor.finish("现场领卡"); }

std::string number_on(const SeenScreen& result) { return said_like(result, "WJ20\\d{12}"); }
std::string provisional_number_on(const SeenScreen& result) {
  return said_like(result, "临[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}");
}

}  // namespace bangwu::support
