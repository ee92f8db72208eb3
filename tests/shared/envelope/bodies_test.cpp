#include "envelope/bodies.h"

#include "domain/signature.h"
#include "samples.h"

namespace bangwu::envelope {
namespace {

using base::ErrorCode;

domain::Application sample_application() {
  domain::Application a;
  a.procedure = "370000-001";
  a.applicant = {domain::ApplicantKind::legal_person,
                 {domain::IdKind::uscc, "91350100M000100Y43", "某某有限公司 \"甲\""},
                 domain::Person{domain::IdKind::resident_id, "11010519491231002X", "张三"}};
  a.answers.values = {{"place", "一号楼\n二层"}, {"kind", "shop"}};
  a.answers.rows = {{"people", {{{"name", "李四"}, {"share", "50.00"}}, {{"name", "王五"}}}}, {"none", {}}};
  a.materials = {{"id_card", {{hash_of('a'), "image/jpeg", 0}, {hash_of('b'), "image/png", 3}}}, {"plan", {}}};
  a.declaration = "本人承诺以上材料真实有效。";
  a.signature = {{{{0.1F, 0.2F, 0}, {0.3F, 1.0F / 3, 17}}, {{1, 0, 900}}}, 2.5F};
  a.pickup = "窗口领取";
  a.language = "zh_CN";
  a.definition = hash_of('d');
  return a;
}

TEST(ApplicationBody, ComesBackWithEveryMember) {
  const auto application = sample_application();
  const auto read = application_from_json(to_json(application));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, application);
}

TEST(ApplicationBody, NumbersConfirmedAsPrintedComeBackAndAreLeftOutIfThereAreNone) {
  auto application = sample_application();
  EXPECT_EQ(to_json(application).find("printed_so"), std::string::npos);
  application.printed_so = {"110105194912310012", "91110105MA00B0D0XQ"};
  EXPECT_EQ(application_from_json(to_json(application)), application);
  EXPECT_FALSE(application_from_json(with(to_json(application), "[\"110105194912310012\"", "[5")));
}

TEST(ApplicationBody, WithoutADefinitionHasTheBytesItAlwaysHad) {
  auto application = sample_application();
  application.definition.clear();
  EXPECT_EQ(to_json(application).find("definition"), std::string::npos);
  EXPECT_EQ(application_from_json(to_json(application)), application);
}

TEST(ApplicationBody, ComesBackForEveryKindOfApplicantAndNumber) {
  auto application = sample_application();
  application.applicant.agent.reset();
  for (const auto kind : {domain::ApplicantKind::natural_person, domain::ApplicantKind::legal_person,
                          domain::ApplicantKind::other_organisation}) {
    for (const auto id : {domain::IdKind::resident_id, domain::IdKind::foreign_permanent_resident,
                          domain::IdKind::hmt_residence_permit, domain::IdKind::uscc}) {
      application.applicant.kind = kind;
      application.applicant.identity.id_kind = id;
      EXPECT_EQ(application_from_json(to_json(application)), application);
    }
  }
}

TEST(ApplicationBody, MalformedMembersAreRefused) {
  const std::string text = to_json(sample_application());
  const std::pair<std::string, std::string> changes[] = {
      {"{\"", "{\"extra\":1,\""},
      {"\"language\":\"zh_CN\"", "\"language\":1"},
      {"\"language\":\"zh_CN\"", "\"language\":\"zh_CN\",\"language\":\"en\""},
      {"\"legal_person\"", "\"ghost\""},
      {"\"uscc\"", "\"passport\""},
      {"\"kind\":\"shop\"", "\"kind\":5"},
      {"\"none\":[]", "\"none\":{}"},
      {"\"none\":[]", "\"none\":[1]"},
      {"\"none\":[]", "\"none\":[{\"a\":1}]"},
      {"\"quarter_turns\":3", "\"quarter_turns\":4"},
      {"\"quarter_turns\":3", "\"quarter_turns\":-1"},
      {hash_of('a'), std::string(63, 'a')},
      {hash_of('a'), hash_of('A')},
      {"\"material\":\"plan\"", "\"material\":\"\""},
      {"\"t\":900", "\"t\":900,\"z\":1"},
      {"\"t\":900", "\"t\":-1"},
      {"\"t\":900", "\"t\":4294967296"},
      {"\"aspect\":2.5", "\"aspect\":0"},
      {"\"pickup\":", "\"pick\":"},
  };
  for (const auto& [from, to] : changes) {
    EXPECT_EQ(code_of(application_from_json(with(text, from, to))), ErrorCode::invalid_input) << from << " -> " << to;
  }
}

TEST(ApplicationBody, EveryTruncationIsRefused) {
  const std::string text = to_json(sample_application());
  for (std::size_t length = 0; length < text.size(); ++length) {
    ASSERT_EQ(code_of(application_from_json(text.substr(0, length))), ErrorCode::invalid_input) << length;
  }
}

TEST(ApplicationBody, ErrorNeverRepeatsWhatTheApplicantTyped) {
  const auto read =
      application_from_json(with(to_json(sample_application()), "\"id_kind\":\"resident_id\"", "\"id_kind\":\"张三\""));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().detail.find("张三"), std::string::npos) << read.error().detail;
}

domain::Rating sample_rating(domain::RatingLevel level) {
  return {.level = level,
          .reasons = {"slow", "rude"},
          .words = "等了很久",
          .name = "李四",
          .telephone = "13800138000",
          .procedure = "370000-001"};
}

TEST(RatingBody, ComesBackForEveryLevelOfBothInstruments) {
  std::vector<domain::RatingLevel> levels;
  for (int i = 0; i < 4; ++i) levels.emplace_back(static_cast<domain::ReviewLevel>(i));
  for (int i = 0; i < 5; ++i) levels.emplace_back(static_cast<domain::NationalLevel>(i));
  for (const auto& level : levels) {
    const auto rating = sample_rating(level);
    const auto read = rating_from_json(to_json(rating));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, rating);
    EXPECT_EQ(domain::instrument_of(read->level), domain::instrument_of(level));
  }
}

TEST(RatingBody, ComesBackWithNothingButItsLevel) {
  const domain::Rating rating{.level = domain::NationalLevel::satisfied,
                              .reasons = {},
                              .words = {},
                              .name = {},
                              .telephone = {},
                              .procedure = {}};
  EXPECT_EQ(rating_from_json(to_json(rating)), rating);
  EXPECT_EQ(to_json(rating).find("name"), std::string::npos);
}

TEST(RatingBody, LevelOfTheOtherInstrumentIsRefused) {
  const std::string text = to_json(sample_rating(domain::ReviewLevel::fair));
  EXPECT_FALSE(rating_from_json(with(text, "\"review\"", "\"national\"")));
  const std::string national = to_json(sample_rating(domain::NationalLevel::very_dissatisfied));
  EXPECT_FALSE(rating_from_json(with(national, "\"national\"", "\"review\"")));
}

TEST(RatingBody, MalformedMembersAndTruncationAreRefused) {
  const std::string text = to_json(sample_rating(domain::ReviewLevel::fair));
  const std::pair<std::string, std::string> changes[] = {
      {"{\"", "{\"extra\":1,\""},
      {"\"fair\"", "\"good\""},
      {"\"fair\"", "3"},
      {"\"review\"", "\"survey\""},
      {"\"slow\"", "7"},
      {"\"slow\"", "\"" + std::string(201, 's') + "\""},
      {"\"13800138000\"", "\"" + std::string(65, '1') + "\""},
      {"\"level\":\"fair\"", "\"level\":\"fair\",\"level\":\"fair\""},
      {"\"level\":\"fair\",", ""},
  };
  for (const auto& [from, to] : changes) EXPECT_FALSE(rating_from_json(with(text, from, to))) << from << " -> " << to;
  for (std::size_t length = 0; length < text.size(); ++length) EXPECT_FALSE(rating_from_json(text.substr(0, length)));
}

TEST(Body, ComesBackAsTheKindItTravelsAs) {
  for (const domain::Body& body : {domain::Body{sample_application()},
                                   domain::Body{domain::Rating{domain::ReviewLevel::fair, {}, {}, {}, {}, {}}}}) {
    const auto read = body_from_json(kind_of(body), to_json(body));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, body);
  }
  EXPECT_EQ(body_from_json(Kind::commission, "{}").error().code, ErrorCode::unsupported);
}

TEST(Body, WhatTheCentralServiceCannotOpenIsRefusedByTheSameReader) {
  auto application = sample_application();
  application.signature.strokes = {domain::Stroke(60'000, domain::InkPoint{0.5F, 0.5F, 1})};
  EXPECT_FALSE(body_from_json(Kind::submission, to_json(domain::Body{application})));
  application.signature = domain::fitted(application.signature);
  EXPECT_TRUE(body_from_json(Kind::submission, to_json(domain::Body{application})));
}

}  // namespace
}  // namespace bangwu::envelope
