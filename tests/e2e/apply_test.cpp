#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "e2e/arrival.h"
#include "e2e/sample_pages.h"
#include "e2e/scanned_sheet.h"
#include "support/hall/card_application.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::fill_in;
using support::HallUnderTest;
using support::submit;
using support::Visitor;

constexpr const char* kShortThanks = "thanks_seconds = 3";

void rate(HallUnderTest& hall, Visitor& visitor) {
  visitor.touch("rate");
  visitor.expect("rate");
  visitor.touch("level:satisfied");
  visitor.expect("rate_details");
  visitor.touch("next");
  visitor.expect("thanks");
  visitor.expect("start");
  ASSERT_TRUE(hall.queue_is_empty());
  const json ratings = json::parse(hall.central().run({"ratings", "--json"}).output);
  ASSERT_EQ(ratings.size(), 1U);
  EXPECT_THAT(ratings.dump(), testing::HasSubstr("\"satisfied\""));
}

void expect_answers(const json& application) {
  EXPECT_EQ(application.at("procedure"), "WJ-GG-0004");
  EXPECT_EQ(application.at("applicant").at("identity").at("id_number"), support::kCardId);
  EXPECT_EQ(application.at("applicant").at("identity").at("name"), support::kCardName);
  EXPECT_EQ(application.at("answers").at("values").at("replacement_reason"), "lost");
  EXPECT_EQ(application.at("answers").at("values").at("contact_phone"), "13800001234");
  EXPECT_EQ(application.at("pickup"), "现场领卡");
}

/// The stroke that was drawn, in 0…1 of the pad, to a pixel or two.
void expect_signature(const json& application) {
  const auto drawn = Visitor::signature();
  const json& strokes = application.at("signature").at("strokes");
  ASSERT_EQ(strokes.size(), 1U);
  const auto distance = [](const json& point, const std::pair<double, double>& other) {
    return std::hypot(point.at("x").get<double>() - other.first, point.at("y").get<double>() - other.second);
  };
  constexpr double kNear = 0.01;
  EXPECT_LT(distance(strokes[0].front(), drawn.front()), kNear);
  EXPECT_LT(distance(strokes[0].back(), drawn.back()), kNear);
  for (const auto& point : drawn) {
    EXPECT_TRUE(std::any_of(strokes[0].begin(), strokes[0].end(),
                            [&](const json& kept) { return distance(kept, point) < kNear; }))
        << point.first << ", " << point.second;
  }
  EXPECT_LE(strokes[0].front().at("t").get<int>(), strokes[0].back().at("t").get<int>());
}

void expect_as_it_was_made(const Arrival& arrival) {
  expect_answers(arrival.application);
  expect_signature(arrival.application);
  expect_manifest_names_the_blobs(arrival);
}

/// A JPEG of quality 85 is not the sheet to the bit: it may be as far from it as that quality makes it, and no further.
void expect_scan_of(const SamplePage& sheet, const std::vector<std::uint8_t>& page) {
  const double loss = mean_difference(sheet, page_of_jpeg(jpeg_of(sheet, 85)));
  const auto shown = page_of_jpeg(page);
  EXPECT_EQ(shown.width, sheet.width);
  EXPECT_EQ(shown.height, sheet.height);
  EXPECT_LT(mean_difference(sheet, shown), loss + 0.1);
}

// Journey 1 of the house: an instant item, typed with touches only, pages from a stick.
TEST(Journey1, AnApplicationArrivesAsItWasMadeAndIsAnsweredWithinTheVisit) {
  HallUnderTest hall({.visit_settings = kShortThanks});
  write_jpeg(noise_page(1, 800, 1100), hall.folder("stick") / "face.jpg");
  write_png(noise_page(2, 640, 900), hall.folder("stick") / "back.png");
  Visitor visitor(hall);
  fill_in(visitor, {.telephone = "13800001234"});
  visitor.import_file("id_card", "face");
  visitor.import_file("id_card", "back");
  visitor.touch("next");
  submit(visitor);
  const auto result = visitor.expect("result");
  ASSERT_THAT(support::number_on(result), testing::StartsWith("WJ2")) << result.listing();
  EXPECT_TRUE(result.says("已受理")) << result.listing();

  const auto arrival = arrival_of(hall, support::number_on(result));
  expect_as_it_was_made(arrival);
  ASSERT_EQ(arrival.pages.size(), 2U);
  EXPECT_EQ(arrival.pages[0].opened, bytes_of(hall.folder("stick") / "face.jpg"));
  EXPECT_EQ(arrival.pages[1].opened, bytes_of(hall.folder("stick") / "back.png"));
  EXPECT_EQ(hall.central().run({"verify"}).code, 0);
  rate(hall, visitor);
}

// The same with a scanner's pages at the machine's own resolution: the feeder's stack, one sheet from the glass, one
// file, some of them turned, moved and removed.
TEST(Journey1, PagesFromFeederAndFlatbedArriveAsTheScannerMadeThem) {
  HallUnderTest hall({.visit_settings = kShortThanks});
  write_jpeg(noise_page(4, 500, 700), hall.folder("stick") / "back.jpg");
  Visitor visitor(hall);
  fill_in(visitor, {.telephone = "13800001234"});
  visitor.scan("id_card", "feeder");
  visitor.scan("id_card", "flatbed");
  visitor.import_file("id_card", "back");
  visitor.touch("page:3");
  visitor.touch("page:remove");
  visitor.expect("pages");
  visitor.touch("page:2");
  visitor.touch("page:turn");
  visitor.touch("back");
  visitor.expect("pages");
  visitor.touch("list:next");
  visitor.touch("page:10");
  visitor.touch("page:earlier");
  visitor.touch("back");
  visitor.expect("pages");
  visitor.touch("next");
  submit(visitor);
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("已受理")) << result.listing();

  const auto arrival = arrival_of(hall, support::number_on(result));
  expect_as_it_was_made(arrival);
  ASSERT_EQ(arrival.pages.size(), 11U);
  const auto sheet = scanned_sheet(hall.folder("sane"), 300);
  ASSERT_NEAR(sheet.width, 2480, 2);
  ASSERT_NEAR(sheet.height, 3508, 2);
  for (std::size_t i = 0; i < arrival.pages.size(); ++i) {
    const auto& page = arrival.pages[i];
    SCOPED_TRACE("page " + std::to_string(i));
    EXPECT_EQ(page.quarter_turns, i == 2 ? 1 : 0);
    if (i == 9) EXPECT_EQ(page.opened, bytes_of(hall.folder("stick") / "back.jpg"));
    else expect_scan_of(sheet, page.opened);
  }
  EXPECT_EQ(hall.central().run({"verify"}).code, 0);
  rate(hall, visitor);
}

TEST(Journey1, AScannerThatCannotScanIsSaidAndTheVisitGoesOn) {
  HallUnderTest hall({.scanner_settings = "read-status-code \"SANE_STATUS_JAMMED\"\n"});
  write_jpeg(noise_page(3, 620, 877), hall.folder("stick") / "card.jpg");
  Visitor visitor(hall);
  fill_in(visitor, {.reason = "damaged"});
  visitor.touch("material:id_card");
  visitor.expect("source");
  visitor.touch("source:feeder");
  hall.inspector().settle();
  const auto source = visitor.look();
  EXPECT_TRUE(source.says("纸张卡住了")) << source.listing();
  visitor.touch("back");
  visitor.expect("materials");
  visitor.import_file("id_card", "card");
  visitor.import_file("id_card", "card");
  visitor.touch("next");
  submit(visitor);
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("已受理")) << result.listing();
}

TEST(Journey1, WhatLacksIsListedAtOnce) {
  HallUnderTest hall;
  Visitor visitor(hall);
  fill_in(visitor);
  submit(visitor);
  const auto result = visitor.expect("result");
  EXPECT_TRUE(result.says("补正")) << result.listing();
  EXPECT_TRUE(result.says("申请人身份证")) << result.listing();
}

TEST(Journey1, LanguageCanBeSwitchedAnywhereWithoutLosingAnything) {
  HallUnderTest hall;
  Visitor visitor(hall);
  support::type_name(visitor);
  visitor.touch("language");
  visitor.touch("lang:en");
  hall.inspector().settle();
  auto screen = visitor.look();
  EXPECT_EQ(screen.name, "name");
  ASSERT_NE(screen.find("input"), nullptr) << screen.listing();
  EXPECT_EQ(screen.find("input")->value, support::kCardName);
  visitor.touch("back");
  EXPECT_EQ(visitor.expect("id_number").find("input")->value.substr(0, 6), "110105");
}

}  // namespace
}  // namespace bangwu
