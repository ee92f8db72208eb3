// Any bytes may be in a file: nothing crashes, and what is read is what a sound file may say.
#include <random>

#include "domain/characters.h"
#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using Mutation = Folder;

std::string mutated(std::string text, std::mt19937& random) {
  static const std::string kBytes = "\"[]{}=,.\n#'\\-0123456789abz\xFF\xE9\x00\x1B";
  for (int changes = 1 + static_cast<int>(random() % 4); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = random() % text.size();
    switch (random() % 3) {
      case 0: text[at] = kBytes[random() % kBytes.size()]; break;
      case 1: text.erase(at, 1 + random() % 12); break;
      default: text.insert(at, text.substr(random() % text.size(), random() % 40)); break;
    }
  }
  return text;
}

TEST_F(Mutation, OfAnItemIsReadSoundlyOrReported) {
  std::mt19937 random(20261123);
  int left_out = 0;
  for (int round = 0; round < 600; ++round) {
    const std::string text = mutated(kItem, random);
    write("items/a.toml", text);
    const auto loaded = load();
    ASSERT_NE(loaded.catalogue.items.empty(), loaded.problems.empty()) << text;
    if (loaded.catalogue.items.empty()) {
      ++left_out;
      continue;
    }
    const auto& item = loaded.catalogue.items[0];
    ASSERT_FALSE(item.code.empty() || item.name.empty() || item.applicants.empty() || item.pickup.empty()) << text;
    ASSERT_TRUE(domain::is_utf8(item.name)) << text;
    ASSERT_TRUE(domain::procedure_for(loaded.catalogue, item.code).has_value());
  }
  EXPECT_GT(left_out, 200);
}

TEST_F(Mutation, OfDeeplyNestedBracketsIsReported) {
  for (const char* bracket : {"[", "{a="}) {
    std::string deep = "code = ";
    for (int i = 0; i < 20000; ++i) deep += bracket;
    write("items/a.toml", deep);
    EXPECT_EQ(load().problems.size(), 1U);
  }
}

}  // namespace
}  // namespace bangwu::catalogue
