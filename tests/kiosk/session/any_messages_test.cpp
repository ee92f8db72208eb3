#include <random>

#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

// Strangers press anything at any time and workers answer late: whatever comes, a view can be made, and a visit that
// ends leaves nothing behind.
class AnyMessages : public testing::TestWithParam<unsigned> {
 protected:
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>{0, limit - 1}(random_); }
  template <class T, std::size_t N>
  const T& one_of(const T (&options)[N]) {
    return options[below(N)];
  }

  Message any_message(Driver& driver) {
    static const char* kTexts[] = {"",    "11010519491231002X", "张三", "440524188001010014", "13800001234",
                                   "120", "20260230",           "食品", "91350100M000100Y43"};
    static const char* kLines[] = {"kind",          "id",         "name",       "agent_id",    "agent_name",
                                   "pickup",        "field:shop", "field:kind", "field:staff", "material:id_card",
                                   "material:none", "field:none"};
    static const char* kValues[] = {"shop", "canteen", "yes", "窗口领取", "邮寄", "nothing"};
    const Message messages[] = {
        Touched{},
        LanguagesOpened{},
        LanguageChosen{base::kLanguages[below(base::kLanguages.size())].language},
        HelpOpened{},
        OverlayClosed{},
        HomeAsked{},
        below(20) ? Message{Touched{}} : Message{HomeConfirmed{}},
        WentBack{},
        WentOn{},
        WentOn{},
        WentOn{},
        WentOn{},
        EntryChosen{static_cast<Entry>(below(4))},
        DomainChosen{static_cast<domain::Domain>(below(6))},
        CodeChosen{below(2) ? "A" : "P"},
        ListTurned{below(2) ? 1 : -1},
        ApplicantKindChosen{static_cast<domain::ApplicantKind>(below(3))},
        IdKindChosen{static_cast<domain::IdKind>(below(4))},
        TextChanged{one_of(kTexts)},
        TextChanged{one_of(kTexts)},
        TextChanged{one_of(kTexts)},
        ChoiceMade{one_of(kValues)},
        RowAdded{},
        RowOpened{below(3)},
        RowRemoved{below(3)},
        MaterialOpened{below(2) ? "id_card" : "plan"},
        SourceChosen{static_cast<CaptureSource>(below(3))},
        FileChosen{below(3)},
        CaptureStopped{},
        PageOpened{below(3)},
        PageTurned{},
        PageMoved{below(2) ? 1 : -1},
        PageRetaken{},
        PageRemoved{},
        ChangeAsked{one_of(kLines)},
        DeclarationRead{below(2) == 0},
        SignatureDrawn{Driver::signature()},
        SlipSaveAsked{},
        RateAsked{},
        LevelChosen{static_cast<domain::NationalLevel>(below(5))},
        ReasonToggled{"time_long"},
        RatingTextOpened{static_cast<RatingText>(below(3))},
        below(10) ? Message{Touched{}} : Message{Finished{}},
        Ticked{},
        ScannersListed{true, true},
        FilesListed{{{1, "a.pdf", "PDF", 10}, {2, "b.jpg", "JPEG", 10}}, true},
        CaptureProgressed{50, 1},
        driver.page(),
        CaptureEnded{static_cast<domain::PageFault>(below(20))},
        SubmissionStored{"e-1", "临7K3Q-9X2M"},
        StoreRefused{static_cast<StoreProblem>(below(3))},
        AnswerArrived{"e-1", "WJ20261123000001", static_cast<domain::Outcome>(below(4)), {}, std::nullopt, false},
        RatingStored{},
        SlipSaveEnded{static_cast<SlipOutcome>(below(4))},
        MachineChanged{true, true}};
    return messages[below(std::size(messages))];
  }

  std::mt19937 random_{GetParam()};
};

TEST_P(AnyMessages, NeverBreakASessionAndAnEndedVisitLeavesNothing) {
  Driver driver;
  int begun = 0;
  int forgotten = 0;
  for (int i = 0; i < 20000; ++i) {
    driver.send(any_message(driver));
    if (driver.ordered<BeginVisit>()) ++begun;
    if (driver.ordered<ForgetVisit>()) ++forgotten;
    if (below(50) == 0) driver.pass(std::chrono::seconds{below(200)});
    if (driver.ordered<ForgetVisit>() && !driver.ordered<BeginVisit>()) {
      EXPECT_FALSE(driver.session_.visit.has_value());
      EXPECT_TRUE(std::holds_alternative<AtStart>(driver.session_.step));
    }
    const auto view = driver.view();
    ASSERT_NE(name_of(view.screen), nullptr);
    ASSERT_TRUE(driver.session_.visit.has_value() || driver.screen() == "start");
    ASSERT_TRUE(next_tick(driver.hall_, driver.session_, driver.now_).has_value());
  }
  EXPECT_GT(begun, 10);
  EXPECT_LE(forgotten, begun);
}

/// What a visit orders, whatever language it is spoken in.
Effects without_language(Effects effects) {
  for (auto& effect : effects) {
    if (auto* order = std::get_if<StoreSubmission>(&effect)) order->application.language.clear();
  }
  return effects;
}

// Two people do the same, one of them in changing languages: all they see and all that comes of it is the same.
TEST_P(AnyMessages, ALanguageSwitchOnAnyScreenChangesNothingElse) {
  Driver steady;
  Driver switching;
  int submissions = 0;
  for (int i = 0; i < 20000; ++i) {
    if (steady.screen() == "start" && below(4) == 0) {
      switching.next_page_ = steady.next_page_;
      steady.to_sign();
      switching.to_sign();
    }
    if (!steady.session_.overlay) {
      steady.send(OverlayClosed{});  // a touch, too
      switching.send_all(LanguagesOpened{}, LanguageChosen{i % 2 == 0 ? Language::en : Language::zh_CN});
    }
    const auto message = any_message(steady);
    steady.send(message);
    switching.send(message);
    ASSERT_EQ(switching.screen(), steady.screen());
    ASSERT_EQ(without_language(switching.effects_), without_language(steady.effects_)) << steady.screen();
    if (steady.ordered<StoreSubmission>()) ++submissions;
    if (below(50) != 0) continue;
    const std::chrono::seconds time{below(200)};
    steady.pass(time);
    switching.pass(time);
    ASSERT_EQ(without_language(switching.effects_), without_language(steady.effects_)) << steady.screen();
  }
  EXPECT_GT(submissions, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyMessages, testing::Range(1U, 9U));

}  // namespace
}  // namespace bangwu::session
