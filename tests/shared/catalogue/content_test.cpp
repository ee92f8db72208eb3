// The catalogue that ships: what a hall starts from.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "catalogue/load.h"
#include "catalogue/text_checks.h"
#include "domain/characters.h"
#include "domain/search.h"
#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using namespace domain;
using testing::IsEmpty;

const LoadedCatalogue& shipped() {
  static const auto loaded = load_catalogue(std::filesystem::path(BANGWU_SOURCE_DIR) / "config/catalogue");
  return loaded;
}

const SearchIndex& index() {
  static const SearchIndex made(shipped().catalogue, [](std::string_view text) { return std::string(text); });
  return made;
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

std::string problems() {
  std::string all;
  for (const auto& problem : shipped().problems) all += to_string(problem) + "\n";
  return all;
}

TEST(Content, HasNoProblems) { EXPECT_EQ(problems(), ""); }

TEST(Content, CoversTheSixDomains) {
  std::map<Domain, int> count;
  for (const auto& item : shipped().catalogue.items) ++count[item.domain];
  EXPECT_GE(shipped().catalogue.items.size(), 26U);
  for (const auto domain : kDomains) EXPECT_GE(count[domain], 3) << name_of(domain);
  EXPECT_GE(shipped().catalogue.bundles.size(), 5U);
}

TEST(Content, UsesEveryKindOfFieldMaterialApplicantAndHandling) {
  std::set<FieldKind> kinds;
  std::set<MaterialNeed> needs;
  std::set<Handling> handlings;
  std::set<ApplicantKind> applicants;
  bool has_condition = false;
  for (const auto& item : shipped().catalogue.items) {
    handlings.insert(item.handling);
    applicants.insert(item.applicants.begin(), item.applicants.end());
    for (const auto& field : item.form) {
      kinds.insert(field.kind);
      has_condition = has_condition || field.shown_if.has_value();
      for (const auto& column : field.columns) kinds.insert(column.kind);
    }
    for (const auto& material : item.materials) needs.insert(material.need);
  }
  EXPECT_EQ(kinds.size(), 10U);
  EXPECT_EQ(needs.size(), 3U);
  EXPECT_EQ(handlings.size(), 2U);
  EXPECT_EQ(applicants.size(), 3U);
  EXPECT_TRUE(has_condition);
}

TEST(Content, AsksForATelephoneOnlyAsAnOption) {
  for (const auto& item : shipped().catalogue.items) {
    const auto phone = std::find_if(item.form.begin(), item.form.end(),
                                    [](const Field& field) { return field.id == "contact_phone"; });
    ASSERT_NE(phone, item.form.end()) << item.code;
    EXPECT_FALSE(phone->required) << item.code;
    EXPECT_EQ(phone->kind, FieldKind::telephone);
  }
}

TEST(Content, LeavesItToTheScreenToSayWhatIsOptional) {
  for (const auto& item : shipped().catalogue.items) {
    for (const auto& field : item.form)
      EXPECT_FALSE(field.hint.find("选填") != std::string::npos) << item.code << " " << field.id;
  }
}

TEST(Content, KeepsLabelsShortAndFormsFinishable) {
  for (const auto& item : shipped().catalogue.items) {
    EXPECT_LE(item.form.size(), 12U) << item.code;
    EXPECT_GE(item.form.size(), 2U) << item.code;
    EXPECT_FALSE(item.materials.empty()) << item.code;
    for (const auto& field : item.form) {
      EXPECT_LE(decode_utf8(field.label).size(), 12U) << item.code << " " << field.label;
      for (const auto& column : field.columns) EXPECT_LE(decode_utf8(column.label).size(), 12U) << column.label;
    }
  }
}

TEST(Content, HasQuickItemsToTryTheMachineWith) {
  for (const char* code : {"WJ-GG-0004", "WJ-QT-0003"}) {
    const Item* item = shipped().catalogue.find_item(code);
    ASSERT_NE(item, nullptr) << code;
    EXPECT_EQ(item->handling, Handling::instant);
    EXPECT_LE(item->form.size(), 3U);
    EXPECT_EQ(item->materials.size(), 1U);
  }
}

TEST(Content, MarksSamplesInWordsAndNamesItsSource) {
  for (const auto& provenance : shipped().provenance) {
    std::ifstream file(provenance.file);
    std::ostringstream content;
    content << file.rdbuf();
    EXPECT_TRUE(provenance.source.find("《") != std::string::npos ||
                provenance.source.find("发") != std::string::npos ||
                provenance.source.find("公开") != std::string::npos)
        << provenance.code;
    EXPECT_EQ(provenance.sample, content.str().find("样例，待大厅确认") != std::string::npos) << provenance.file;
  }
}

// The examples a technician copies: the first block of the README is an item, the second a bundle.
using Readme = Folder;
TEST_F(Readme, ExamplesCanBeCopied) {
  const std::filesystem::path source = BANGWU_SOURCE_DIR;
  std::ifstream file(source / "config/catalogue/README.md");
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "```toml") {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  ASSERT_EQ(blocks.size(), 2U);
  write("items/example.toml", blocks[0]);
  std::filesystem::copy_file(source / "config/catalogue/items/wj-sc-0001-self-employed.toml",
                             root() / "items/other.toml");
  write("bundles/example.toml", blocks[1]);
  const auto loaded = load();
  EXPECT_THAT(loaded.problems, IsEmpty()) << to_string(loaded.problems.empty() ? Problem{} : loaded.problems[0]);
  EXPECT_EQ(loaded.catalogue.bundles.size(), 1U);
}

TEST(Content, MakesAProcedureOfEveryBundle) {
  for (const auto& bundle : shipped().catalogue.bundles) {
    const auto procedure = procedure_for(shipped().catalogue, bundle.code);
    ASSERT_TRUE(procedure.has_value()) << bundle.code;
    EXPECT_FALSE(procedure->applicants.empty());
    std::size_t separate = 0;
    for (const auto& code : bundle.items) separate += shipped().catalogue.find_item(code)->form.size();
    EXPECT_LT(procedure->form.size(), separate) << bundle.code << ": a bundle saves questions";
  }
}

TEST(Content, IsFoundByNamePinyinInitialsAndKeyword) {
  for (const auto& item : shipped().catalogue.items) {
    std::string initials;
    for (std::size_t i = 0; i < item.pinyin.size(); ++i) {
      if (i == 0 || item.pinyin[i - 1] == ' ') initials += item.pinyin[i];
    }
    std::vector<std::string> queries{item.name, without_spaces(item.pinyin), initials};
    for (const auto& keyword : item.keywords) {
      EXPECT_FALSE(keyword.pinyin.empty() && count_hanzi(keyword.text) > 0) << keyword.text << " of " << item.code;
      queries.push_back(keyword.text);
      queries.push_back(without_spaces(keyword.pinyin));
    }
    for (const auto& query : queries) {
      if (query.empty()) continue;
      EXPECT_THAT(index().find(query), testing::Contains(Found{item.code, Found::Kind::item})) << query;
    }
    EXPECT_EQ(index().find(item.name).front().code, item.code);
  }
}

// What people in the hall type, and what they must see first.
TEST(Content, FindsWhatPeopleSay) {
  const std::vector<std::pair<const char*, const char*>> said{{"yyzz", "营业执照"},
                                                              {"yingyezhizhao", "营业执照"},
                                                              {"sbk", "社会保障卡"},
                                                              {"lfd", "公共场所"},
                                                              {"dibao", "最低生活保障"},
                                                              {"shebao", "养老保险"},
                                                              {"社保", "养老保险"},
                                                              {"gjj", "公积金"},
                                                              {"hz", "护照"},
                                                              {"我要换社保卡", "社会保障卡"}};
  for (const auto& [typed, wanted] : said) {
    const auto found = index().find(typed);
    ASSERT_FALSE(found.empty()) << typed;
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 6); ++i) {
      const auto& code = found[i].code;
      if (const auto* item = shipped().catalogue.find_item(code)) {
        names += item->name + " ";
        for (const auto& keyword : item->keywords) names += keyword.text + " ";
      }
      if (const auto* thing = shipped().catalogue.find_elsewhere(code)) names += thing->name + " ";
    }
    EXPECT_NE(names.find(wanted), std::string::npos) << typed << ": " << names;
  }
  EXPECT_EQ(shipped().catalogue.find_item(index().find("shebao").front().code)->name.find("高新"), std::string::npos);
}

}  // namespace
}  // namespace bangwu::catalogue
