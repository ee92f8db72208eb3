#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "screen_stage.h"

namespace bangwu::tests {
namespace {

using session::Message;
using testing::ElementsAre;
using testing::IsEmpty;

struct Tap {
  const char* preview;
  const char* id;
  Message expected;
};

std::string name_of_tap(const testing::TestParamInfo<Tap>& info) {
  std::string name = std::string{info.param.preview} + "_" + info.param.id;
  for (auto& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

class Taps : public testing::TestWithParam<Tap> {};

TEST_P(Taps, SayWhatWasDone) {
  const auto& tap = GetParam();
  ScreenStage stage(variants().front(), preview_view(tap.preview));
  stage.draw();
  EXPECT_THAT(stage.tap(tap.id), ElementsAre(tap.expected));
}

INSTANTIATE_TEST_SUITE_P(
    Choosing, Taps,
    testing::Values(Tap{"start", "entry:apply", session::EntryChosen{session::Entry::apply}},
                    Tap{"start", "entry:bundles", session::EntryChosen{session::Entry::bundles}},
                    Tap{"start", "entry:search", session::EntryChosen{session::Entry::search}},
                    Tap{"start", "entry:rate", session::EntryChosen{session::Entry::rate}},
                    Tap{"start", "help", session::HelpOpened{}}, Tap{"start", "language", session::LanguagesOpened{}},
                    Tap{"domains", "domain:town_agent", session::DomainChosen{domain::Domain::town_agent}},
                    Tap{"domains", "back", session::WentBack{}}, Tap{"domains", "home", session::HomeAsked{}},
                    Tap{"list.items", "code:WJ-XM-0003", session::CodeChosen{"WJ-XM-0003"}},
                    Tap{"list.items", "list:next", session::ListTurned{1}},
                    Tap{"search.found", "code:WJ-YJS-0001", session::CodeChosen{"WJ-YJS-0001"}},
                    Tap{"guide.item", "next", session::WentOn{}}, Tap{"privacy", "next", session::WentOn{}}),
    name_of_tap);

INSTANTIATE_TEST_SUITE_P(
    Form, Taps,
    testing::Values(Tap{"applicant_kind.open", "kind:legal_person",
                        session::ApplicantKindChosen{domain::ApplicantKind::legal_person}},
                    Tap{"id_number.empty", "idkind:hmt_residence_permit",
                        session::IdKindChosen{domain::IdKind::hmt_residence_permit}},
                    Tap{"id_number.wrong_check", "printed_so", session::PrintedSoConfirmed{}},
                    Tap{"field.resident_id_printed_so", "printed_so", session::PrintedSoConfirmed{}},
                    Tap{"id_number.partial", "key:X", session::TextChanged{"3204831990X"}},
                    Tap{"id_number.partial", "key:delete", session::TextChanged{"320483199"}},
                    Tap{"id_number.complete", "key:done", session::WentOn{}},
                    Tap{"id_number.credit_code", "key:backspace", session::TextChanged{"91350100M000100Y4"}},
                    Tap{"field.money", "key:.", session::TextChanged{"1200000.5."}},
                    Tap{"field.choice", "choice:raw", session::ChoiceMade{"raw"}},
                    Tap{"field.choice_many", "list:next", session::ListTurned{1}},
                    Tap{"field.choice_many_chosen", "list:prev", session::ListTurned{-1}},
                    Tap{"field.yes_no", "choice:no", session::ChoiceMade{"no"}},
                    Tap{"rows.some", "row:add", session::RowAdded{}},
                    Tap{"rows.some", "row:open:1", session::RowOpened{1}},
                    Tap{"rows.some", "row:remove:0", session::RowRemoved{0}}),
    name_of_tap);

INSTANTIATE_TEST_SUITE_P(
    Materials, Taps,
    testing::Values(Tap{"materials.begun", "material:floor_plan", session::MaterialOpened{"floor_plan"}},
                    Tap{"source.all", "source:feeder", session::SourceChosen{session::CaptureSource::feeder}},
                    Tap{"source.all", "source:files", session::SourceChosen{session::CaptureSource::files}},
                    Tap{"files.many", "file:2", session::FileChosen{3}},
                    Tap{"files.unusable", "files:rest", session::FileChosen{1, session::FilePages::readable}},
                    Tap{"files.many", "list:prev", session::ListTurned{-1}},
                    Tap{"capturing.flatbed", "stop", session::CaptureStopped{}},
                    Tap{"pages.many", "page:8", session::PageOpened{8}},
                    Tap{"pages.one", "add", session::MaterialOpened{"identity_card"}},
                    Tap{"page.blank", "page:turn", session::PageTurned{}},
                    Tap{"page.blank", "page:earlier", session::PageMoved{-1}},
                    Tap{"page.plain", "page:later", session::PageMoved{1}},
                    Tap{"page.plain", "page:retake", session::PageRetaken{}},
                    Tap{"page.plain", "page:remove", session::PageRemoved{}}),
    name_of_tap);

INSTANTIATE_TEST_SUITE_P(
    Finishing, Taps,
    testing::Values(
        Tap{"pickup", "pickup:0", session::ChoiceMade{"窗口领取"}},
        Tap{"check.person", "change:field:contact_phone", session::ChangeAsked{"field:contact_phone"}},
        Tap{"declaration.open", "declare", session::DeclarationRead{true}},
        Tap{"declaration.accepted", "declare", session::DeclarationRead{false}},
        Tap{"sign.drawn", "pad:clear", session::SignatureDrawn{}}, Tap{"sign.drawn", "next", session::WentOn{}},
        Tap{"result.in_review", "slip:save", session::SlipSaveAsked{}},
        Tap{"result.in_review", "rate", session::RateAsked{}}, Tap{"result.in_review", "next", session::Finished{}},
        Tap{"rate.national", "level:very_dissatisfied", session::LevelChosen{domain::NationalLevel::very_dissatisfied}},
        Tap{"rate.review", "level:fair", session::LevelChosen{domain::ReviewLevel::fair}},
        Tap{"rate_details.filled", "reason:time_long", session::ReasonToggled{"time_long"}},
        Tap{"rate_details.untouched", "text:words", session::RatingTextOpened{session::RatingText::words}},
        Tap{"thanks.rating", "next", session::Finished{}}, Tap{"overlay.countdown", "continue", session::Touched{}},
        Tap{"overlay.home_question", "home:yes", session::HomeConfirmed{}},
        Tap{"overlay.home_question", "home:no", session::OverlayClosed{}},
        Tap{"overlay.languages", "lang:en", session::LanguageChosen{session::Language::en}},
        Tap{"overlay.help", "overlay:close", session::OverlayClosed{}}),
    name_of_tap);

TEST(Screens, DisabledButtonsSayNothing) {
  ScreenStage stage(variants().front(), preview_view("id_number.empty"));
  stage.draw();
  EXPECT_THAT(stage.tap("next"), IsEmpty());
}

TEST(Screens, NothingBehindADialogCanBeTouched) {
  ScreenStage stage(variants().front(), preview_view("overlay.countdown"));
  stage.draw();
  EXPECT_THAT(stage.tap("material:identity_card"), IsEmpty());
  EXPECT_THAT(stage.tap("home"), IsEmpty());
}

TEST(Screens, RatingIsTwoTouchesFromTheStart) {
  ScreenStage start(variants().front(), preview_view("start"));
  start.draw();
  ASSERT_THAT(start.tap("entry:rate"), ElementsAre(Message{session::EntryChosen{session::Entry::rate}}));
  ScreenStage rate(variants().front(), preview_view("rate.national"));
  rate.draw();
  EXPECT_THAT(rate.tap("level:satisfied"),
              ElementsAre(Message{session::LevelChosen{domain::NationalLevel::satisfied}}));
}

TEST(Screens, NoRatingLevelStandsOut) {
  for (const auto& variant : variants()) {
    ScreenStage stage(variant, preview_view("rate.national"));
    stage.draw();
    std::vector<widgets::Size> sizes;
    for (const auto& item : stage.items()) {
      if (item.id.starts_with("level:")) {
        sizes.push_back({item.rect.w, item.rect.h});
        EXPECT_FALSE(item.selected) << item.id;
      }
    }
    ASSERT_EQ(sizes.size(), 5U);
    for (const auto& size : sizes) EXPECT_EQ(size, sizes.front());
  }
}

TEST(Screens, PinyinLettersStayInTheKeyboardUntilACandidateIsChosen) {
  ScreenStage stage(variants().front(), preview_view("name.typed"));
  stage.draw();
  EXPECT_THAT(stage.tap("key:x"), IsEmpty());
  stage.draw();
  EXPECT_THAT(stage.tap("candidate:0"), ElementsAre(Message{session::TextChanged{"欧阳小燕小燕"}}));
}

TEST(Screens, WithoutAPinyinEngineLettersGoStraightIntoTheField) {
  ScreenStage stage(variants().front(), preview_view("name.typed"));
  stage.tools.pinyin = nullptr;
  stage.draw();
  EXPECT_THAT(stage.tap("key:q"), ElementsAre(Message{session::TextChanged{"欧阳小燕q"}}));
}

TEST(Screens, PinyinThatComesWhileThePageIsOpenIsThereForTheNextLetter) {
  ScreenStage stage(variants().front(), preview_view("name.typed"));
  widgets::TextEngine* const pinyin = std::exchange(stage.tools.pinyin, nullptr);
  stage.draw();
  stage.tools.pinyin = pinyin;
  stage.draw();
  EXPECT_THAT(stage.tap("key:x"), IsEmpty());
  EXPECT_EQ(stage.pinyin.composition(), "x");
}

TEST(Screens, APhysicalKeyboardTypesTheNumber) {
  ScreenStage stage(variants().front(), preview_view("id_number.empty"));
  stage.draw();
  EXPECT_THAT(stage.type("44052418800101001x"), ElementsAre(Message{session::TextChanged{"44052418800101001X"}}));
}

TEST(Screens, AnotherScreenForgetsTheStateOfTheLastOne) {
  ScreenStage stage(variants().front(), preview_view("page.plain"));
  stage.draw();
  EXPECT_THAT(stage.tap("page:zoom_in"), IsEmpty());
  EXPECT_GT(stage.state.zoom, 1);
  stage.view = preview_view("sign.drawn");
  stage.draw();
  EXPECT_EQ(stage.state.zoom, 1);
  EXPECT_FALSE(stage.state.strokes.empty());
  stage.view = preview_view("start");
  stage.draw();
  EXPECT_TRUE(stage.state.strokes.empty());
}

TEST(Previews, ShowEveryScreenAndEveryOverlay) {
  std::set<std::size_t> screens, overlays;
  for (const auto& preview : screens::previews()) {
    screens.insert(preview.view.screen.index());
    if (preview.view.overlay) overlays.insert(preview.view.overlay->index());
  }
  for (std::size_t i = 0; i < std::variant_size_v<session::ScreenView>; ++i) {
    EXPECT_TRUE(screens.contains(i)) << "no preview of alternative " << i << " of session::ScreenView";
  }
  for (std::size_t i = 0; i < std::variant_size_v<session::OverlayView>; ++i) {
    EXPECT_TRUE(overlays.contains(i)) << "no preview of alternative " << i << " of session::OverlayView";
  }
}

TEST(Screens, ALanguageSwitchLosesNothingThatOnlyTheScreenKnows) {
  ScreenStage page(variants().front(), preview_view("page.plain"));
  page.draw();
  page.tap("page:zoom_in");
  const float zoom = page.state.zoom;
  ScreenStage name(variants().front(), preview_view("name.typed"));
  name.draw();
  name.tap("key:x");
  ScreenStage sign(variants().front(), preview_view("sign.drawn"));
  sign.draw();
  const auto strokes = sign.state.strokes.size();
  for (auto* stage : {&page, &name, &sign}) {
    for (const auto language : {session::Language::en, session::Language::zh_CN}) {
      stage->view.overlay = session::LanguagesOverlay{};
      stage->draw();
      stage->view.language = language;
      stage->view.overlay.reset();
      stage->draw();
    }
  }
  EXPECT_GT(zoom, 1);
  EXPECT_EQ(page.state.zoom, zoom);
  EXPECT_EQ(name.pinyin.composition(), "x");
  EXPECT_GT(strokes, 0U);
  EXPECT_EQ(sign.state.strokes.size(), strokes);
}

TEST(Screens, LeavingAFieldForgetsWhatWasBeingComposed) {
  ScreenStage stage(variants().front(), preview_view("name.typed"));
  stage.draw();
  stage.tap("key:x");
  ASSERT_EQ(stage.pinyin.composition(), "x");
  stage.view = preview_view("start");
  stage.draw();
  EXPECT_EQ(stage.pinyin.composition(), "");
}

}  // namespace
}  // namespace bangwu::tests
