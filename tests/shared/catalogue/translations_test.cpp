// Every text of the catalogue has an English one, and no translation is left over.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "catalogue/load.h"
#include "catalogue/text_checks.h"
#include "catalogue/visible_texts.h"

namespace bangwu::catalogue {
namespace {

const std::filesystem::path kSource = BANGWU_SOURCE_DIR;

// The text between the first and the last quote of a line, escapes undone.
std::string unquoted(const std::string& line) {
  std::string text;
  const auto first = line.find('"'), last = line.rfind('"');
  for (auto i = first + 1; i < last; ++i) {
    if (line[i] == '\\') ++i;
    text += line[i];
  }
  return text;
}

std::map<std::string, std::string> read_po(const std::string& language) {
  std::ifstream file(kSource / "assets/translations" / language / "catalogue.po");
  EXPECT_TRUE(file.is_open()) << language;
  std::map<std::string, std::string> entries;
  std::string line, id, translation;
  std::string* current = nullptr;
  const auto keep = [&] {
    const bool is_new = id.empty() || entries.emplace(id, translation).second;
    EXPECT_TRUE(is_new) << "twice: " << id;
    id.clear();
    translation.clear();
  };
  while (std::getline(file, line)) {
    if (line.starts_with("msgid ")) {
      keep();
      current = &id;
    } else if (line.starts_with("msgstr ")) {
      current = &translation;
    } else if (!line.starts_with("\"")) {
      continue;
    }
    *current += unquoted(line);
  }
  keep();
  return entries;
}

std::vector<VisibleText> shown() { return visible_texts(load_catalogue(kSource / "config/catalogue").catalogue); }

TEST(English, IsThereForEveryTextOfTheCatalogue) {
  const auto english = read_po("en");
  for (const auto& text : shown()) {
    const auto found = english.find(text.text);
    ASSERT_NE(found, english.end()) << text.text << " (" << text.uses.front() << ")";
    EXPECT_FALSE(found->second.empty()) << text.text;
    EXPECT_NE(found->second, text.text);
    EXPECT_LT(count_hanzi(found->second), 12) << found->second;
  }
}

TEST(Translations, HaveNoEntryThatTheCatalogueNoLongerShows) {
  std::map<std::string, bool> used;
  for (const auto& text : shown()) used[text.text] = true;
  for (const char* language : {"en", "zh_CN"}) {
    for (const auto& [id, translation] : read_po(language)) EXPECT_TRUE(used[id]) << language << ": " << id;
  }
}

TEST(Chinese, IsTheTextItself) {
  const auto chinese = read_po("zh_CN");
  for (const auto& text : shown()) EXPECT_EQ(chinese.count(text.text) ? chinese.at(text.text) : "missing", text.text);
}

}  // namespace
}  // namespace bangwu::catalogue
