// Every language a visitor can choose has its folder and every text of the catalogue and of the hall,
// and no translation is left over.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "base/language.h"
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

// What config/kiosk.toml calls the hall and its zone, also where the line is commented out.
void add_hall(std::vector<VisibleText>& texts) {
  std::ifstream file(kSource / "config/kiosk.toml");
  const std::regex named("(# )?(name|zone) = \"(.*)\"");
  std::smatch match;
  for (std::string line; std::getline(file, line);) {
    if (std::regex_match(line, match, named)) texts.push_back({match[3], {"config/kiosk.toml " + match[2].str()}});
  }
}

std::vector<VisibleText> shown() {
  auto texts = visible_texts(load_catalogue(kSource / "config/catalogue").catalogue);
  const auto of_the_catalogue = texts.size();
  add_hall(texts);
  EXPECT_EQ(texts.size(), of_the_catalogue + 2) << "the hall's name and zone stand in config/kiosk.toml";
  return texts;
}

TEST(Languages, AreThoseThatHaveAFolderOfTranslations) {
  std::set<std::string> listed, folders;
  for (const auto& facts : base::kLanguages) listed.insert(facts.name);
  for (const auto& entry : std::filesystem::directory_iterator(kSource / "assets/translations")) {
    folders.insert(entry.path().filename().string());
  }
  EXPECT_EQ(listed, folders) << "base/language.h lists the languages of assets/translations";
}

TEST(Languages, AreListedInTheOrderOfTheEnum) {
  for (const auto& facts : base::kLanguages) EXPECT_EQ(base::facts_of(facts.language).name, std::string{facts.name});
}

TEST(Translations, AreThereForEveryTextOfTheCatalogueAndTheHall) {
  for (const auto& facts : base::kLanguages) {
    const auto translations = read_po(facts.name);
    for (const auto& text : shown()) {
      const auto found = translations.find(text.text);
      ASSERT_NE(found, translations.end()) << facts.name << ": " << text.text << " (" << text.uses.front() << ")";
      EXPECT_FALSE(found->second.empty()) << facts.name << ": " << text.text;
    }
  }
}

TEST(English, IsNotChinese) {
  for (const auto& [chinese, english] : read_po("en")) {
    EXPECT_NE(english, chinese);
    EXPECT_LT(count_hanzi(english), 12) << english;
  }
}

TEST(Translations, HaveNoEntryThatTheCatalogueNoLongerShows) {
  std::map<std::string, bool> used;
  for (const auto& text : shown()) used[text.text] = true;
  for (const auto& facts : base::kLanguages) {
    for (const auto& [id, translation] : read_po(facts.name)) EXPECT_TRUE(used[id]) << facts.name << ": " << id;
  }
}

TEST(Chinese, IsTheTextItself) {
  const auto chinese = read_po("zh_CN");
  for (const auto& text : shown()) EXPECT_EQ(chinese.count(text.text) ? chinese.at(text.text) : "missing", text.text);
}

}  // namespace
}  // namespace bangwu::catalogue
