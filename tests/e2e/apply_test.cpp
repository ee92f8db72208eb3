#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "e2e/sample_pages.h"
#include "support/hall/visitor.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::HallUnderTest;
using support::Visitor;

std::string number_on(const support::SeenScreen& screen) {
  for (const auto& item : screen.items) {
    const auto start = item.label.find("WJ20");
    if (start != std::string::npos) return item.label.substr(start, 16);
  }
  return "";
}

// Journey 1 of the house: an instant item, pages from the scanner and from a stick, typed with touches only.
TEST(Journey1, AnApplicationArrivesAsItWasMadeAndIsAnsweredWithinTheVisit) {
  HallUnderTest hall;
  write_jpeg(noise_page(1, 800, 1100), hall.folder("stick") / "face.jpg");
  write_png(noise_page(2, 640, 900), hall.folder("stick") / "back.png");
  Visitor visitor(hall);
  visitor.begin("shbzk", "WJ-GG-0004", "11010519491231002X");
  visitor.type_pinyin("zhangxiaoming", "张小明");
  visitor.touch("next");
  visitor.expect("field");
  visitor.touch("choice:lost");
  visitor.touch("next");
  visitor.type_digits("13800001234");
  visitor.touch("next");
  visitor.expect("materials");
  visitor.hand_in_file("id_card", "face");
  visitor.touch("material:id_card");
  visitor.touch("add");
  visitor.touch("source:files");
  visitor.expect("files");
  visitor.touch_label("back");
  visitor.expect("pages");
  visitor.touch("next");
  visitor.finish("现场领卡");
  const auto result = visitor.expect("result");
  const std::string number = number_on(result);
  ASSERT_THAT(number, testing::StartsWith("WJ2")) << result.listing();
  EXPECT_TRUE(result.says("已受理")) << result.listing();

  const auto shown = hall.central_command({"show", number, "--json"});
  ASSERT_EQ(shown.code, 0) << shown.output;
  const json found = json::parse(shown.output);
  const json& application = found.at("application");
  EXPECT_EQ(application.at("procedure"), "WJ-GG-0004");
  EXPECT_EQ(application.at("applicant").at("identity").at("id_number"), "11010519491231002X");
  EXPECT_EQ(application.at("applicant").at("identity").at("name"), "张小明");
  EXPECT_EQ(application.at("answers").at("values").at("replacement_reason"), "lost");
  EXPECT_EQ(application.at("answers").at("values").at("contact_phone"), "13800001234");
  EXPECT_FALSE(application.at("signature").at("strokes").empty());

  ASSERT_EQ(hall.central_command({"export", number, hall.folder("exported").string()}).code, 0);
  std::vector<std::vector<std::uint8_t>> exported;
  for (const auto& file : std::filesystem::recursive_directory_iterator(hall.folder("exported"))) {
    if (file.path().extension() == ".jpg" || file.path().extension() == ".png") exported.push_back(bytes_of(file.path()));
  }
  EXPECT_THAT(exported, testing::UnorderedElementsAre(bytes_of(hall.folder("stick") / "face.jpg"), bytes_of(hall.folder("stick") / "back.png")));
  EXPECT_EQ(hall.central_command({"verify"}).code, 0);

  visitor.touch("rate");
  visitor.expect("rate");
  visitor.touch("level:satisfied");
  visitor.expect("rate_details");
  visitor.touch("next");
  visitor.expect("thanks");
  visitor.expect("start");
  ASSERT_TRUE(hall.queue_is_empty());
  const json ratings = json::parse(hall.central_command({"ratings", "--json"}).output);
  ASSERT_EQ(ratings.size(), 1U);
  EXPECT_THAT(ratings.dump(), testing::HasSubstr("\"satisfied\""));
}

TEST(Journey1, AScannerThatCannotScanIsSaidAndTheVisitGoesOn) {
  HallUnderTest hall;
  write_pnm(noise_page(3, 620, 877), hall.folder("pages") / "scan.pnm");
  Visitor visitor(hall);
  visitor.begin("shbzk", "WJ-GG-0004", "11010519491231002X");
  visitor.type_pinyin("zhangxiaoming", "张小明");
  visitor.touch("next");
  visitor.touch("choice:damaged");
  visitor.touch("next");
  visitor.touch("next");
  visitor.expect("materials");
  visitor.touch("material:id_card");
  visitor.expect("source");
  // The pnm backend asks for a file's name, which no scanner does: the fault is said, and the visit goes on.
  visitor.touch("source:flatbed");
  visitor.expect("source");
}

TEST(Journey1, WhatLacksIsListedAtOnce) {
  HallUnderTest hall;
  Visitor visitor(hall);
  visitor.begin("shbzk", "WJ-GG-0004", "11010519491231002X");
  visitor.type_pinyin("zhangxiaoming", "张小明");
  visitor.touch("next");
  visitor.touch("choice:lost");
  visitor.touch("next");
  visitor.touch("next");
  visitor.finish("现场领卡");
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("补正")) << result.listing();
  EXPECT_TRUE(result.says("申请人身份证")) << result.listing();
}

TEST(Journey1, LanguageCanBeSwitchedAnywhereWithoutLosingAnything) {
  HallUnderTest hall;
  Visitor visitor(hall);
  visitor.begin("shbzk", "WJ-GG-0004", "11010519491231002X");
  visitor.type_pinyin("zhangxiaoming", "张小明");
  visitor.touch("language");
  visitor.touch("lang:en");
  hall.inspector().settle();
  auto screen = visitor.look();
  EXPECT_EQ(screen.name, "name");
  ASSERT_NE(screen.find("input"), nullptr) << screen.listing();
  EXPECT_EQ(screen.find("input")->value, "张小明");
  visitor.touch("back");
  EXPECT_EQ(visitor.expect("id_number").find("input")->value.substr(0, 6), "110105");
}

}  // namespace
}  // namespace bangwu
