#include "kiosk/session/walk.h"

namespace bangwu::session {
namespace {

constexpr int kMessages = 125'000;  // of each of eight seeds

/// Which question is on the screen; empty when nothing is typed or chosen there.
struct QuestionOf {
  std::string operator()(const FieldView& view) const {
    return view.row ? view.rows_label + std::to_string(*view.row) + view.field.id : "field:" + view.field.id;
  }
  std::string operator()(const IdNumberView& view) const {
    return std::string(view.who == Who::agent ? "agent_id" : "id") + (view.kind == domain::IdKind::uscc ? "/o" : "");
  }
  std::string operator()(const NameView& view) const {
    return std::string(view.who == Who::agent ? "agent_name" : "name") + (view.of_organisation ? "/o" : "");
  }
  std::string operator()(const PickupView&) const { return "pickup"; }
  std::string operator()(const RateTextView& view) const {
    return "text" + std::to_string(static_cast<int>(view.text));
  }
  template <class V>
  std::string operator()(const V&) const {
    return {};
  }
};
struct TypedOn {
  std::string operator()(const PickupView& view) const { return view.chosen; }
  template <class V>
  std::string operator()(const V& view) const {
    if constexpr (requires { view.typed; }) return view.typed;
    else return {};
  }
};
std::string question_on(const View& view) { return std::visit(QuestionOf{}, view.screen); }
std::string typed_on(const View& view) { return std::visit(TypedOn{}, view.screen); }

const apply::Draft* draft_in(const Session& session) {
  const auto* visit = std::get_if<apply::Visit>(&session.journey);
  return visit && visit->draft ? &*visit->draft : nullptr;
}
std::optional<domain::Application> application_in(const Session& session) {
  const auto* draft = draft_in(session);
  return draft ? std::optional(apply::application_of(*draft, Language::zh_CN)) : std::nullopt;
}

/// The properties that every journey must hold, whatever a person and the machine do.
class Walk : public testing::TestWithParam<unsigned> {
 protected:
  void step() {
    const auto view = driver.view();
    const auto message = who.next(driver, view, visit, ticket);
    const bool is_back = fact_in<WentBack>(message) != nullptr;
    const bool is_unconfirmed = is_back || only_begins(message);
    const auto before = is_unconfirmed ? application_in(driver.session_) : std::nullopt;
    driver.send(message);
    if (before && draft_in(driver.session_)) {
      ASSERT_EQ(*application_in(driver.session_), *before)
          << "an answer took effect unconfirmed: " << name_of(view.screen);
    }
    if (is_back) went_back(view);
    if (const auto* change = fact_in<ChangeAsked>(message); change && name_of(view.screen) == std::string("check"))
      line = change->line;
    look_at_effects();
    look_at_pages(message);
    if (who.one_in(40)) driver.pass(std::chrono::seconds{who.below(who.one_in(8) ? 200 : 9)}), look_at_effects();
    if (who.one_in(64)) find_way_out();
  }

  // What is typed or chosen takes effect by 下一步 only: 上一步 never leaves a half-changed answer.
  static bool only_begins(const Message& message) {
    return fact_in<TextChanged>(message) || fact_in<ChoiceMade>(message) || fact_in<ApplicantKindChosen>(message) ||
           fact_in<IdKindChosen>(message);
  }

  // What was typed stands there again when the question returns.
  void went_back(const View& view) {
    const auto question = question_on(view);
    if (question.empty() || !driver.has_visit()) return;
    Driver again = probe();
    for (int i = 0; i < 4; ++i) {
      const auto shown = again.view();
      if (question_on(shown) == question) {
        ++returned;
        ASSERT_EQ(typed_on(shown), typed_on(view)) << "上一步 on " << question << " lost what was typed";
        return;
      }
      return_towards(again, shown, view);
    }
  }
  void return_towards(Driver& again, const View& shown, const View& left) {
    const auto* field = std::get_if<FieldView>(&left.screen);
    if (std::holds_alternative<CheckView>(shown.screen)) again.send(ChangeAsked{line});
    else if (const auto* rows = std::get_if<RowsView>(&shown.screen); rows && field && field->row)
      again.send(*field->row < rows->rows.size() ? Message{RowOpened{*field->row}} : Message{RowAdded{}});
    else if (const auto* text = std::get_if<RateTextView>(&left.screen)) again.send(RatingTextOpened{text->text});
    else again.send(WentOn{});
  }

  void look_at_effects() {
    for (const auto& effect : driver.effects_) {
      if (std::holds_alternative<BeginVisit>(effect)) ++visit;
      if (const auto* order = std::get_if<Store>(&effect)) look_at_order(*order);
      if (const auto* drop = std::get_if<DropPage>(&effect)) kept.erase(drop->key);
      if (std::holds_alternative<ForgetVisit>(effect)) look_at_ended_visit();
    }
  }

  void look_at_order(const Store& order) {
    ticket = order.ticket;
    if (const auto* application = std::get_if<domain::Application>(&order.body)) {
      ++applications;
      look_at_application(*application);
      return;
    }
    ++ratings;
    for (const auto& text : {std::get<domain::Rating>(order.body).name, std::get<domain::Rating>(order.body).words})
      is_of_this_visit(text);
  }

  // No Store without an applicant, a declaration and its signature.
  void look_at_application(const domain::Application& application) {
    const auto& procedure = draft_in(driver.session_)->procedure;
    for (const auto& lack : domain::assess(procedure, application, base::china_date(driver.now_.wall)).lacks)
      ASSERT_NE(lack.what, domain::Lack::What::part) << "stored without its " << lack.id;
    says_what_lacks(procedure, application);
    says_what_lacks(procedure, with_a_lack(application));
    is_of_this_visit(application.applicant.identity.name);
    if (application.applicant.agent) is_of_this_visit(application.applicant.agent->name);
    if (const auto shop = application.answers.values.find("shop"); shop != application.answers.values.end())
      is_of_this_visit(shop->second);
  }
  // What the check page says lacks is what lacks by the central service's rule, also in what nobody could hand in.
  void says_what_lacks(const domain::Procedure& procedure, const domain::Application& application) {
    const auto seen = checking::see({driver.hall_, driver.now_}, {procedure, application});
    std::set<std::string> said, lacking;
    for (const auto& shown : std::get<CheckView>(seen.screen).lines) {
      if (shown.lacks) said.insert(shown.id);
    }
    for (const auto& lack : domain::assess(procedure, application, base::china_date(driver.now_.wall)).lacks) {
      if (lack.what == domain::Lack::What::field) lacking.insert("field:" + lack.id);
      if (lack.what == domain::Lack::What::material) lacking.insert("material:" + lack.id);
      if (lack.id == "applicant") lacking.merge(std::set<std::string>{"id", "name"});
      if (lack.id == "agent") lacking.merge(std::set<std::string>{"agent_id", "agent_name"});
    }
    ASSERT_EQ(said, lacking);
  }
  domain::Application with_a_lack(domain::Application application) {
    auto& [values, rows] = application.answers;
    switch (who.below(6)) {
      case 0: rows.clear(); break;
      case 1: values.erase("shop"); break;
      case 2: values["contact_phone"] = "1"; break;
      case 3: application.applicant.identity.name.clear(); break;
      case 4: application.materials.clear(); break;
      default:
        for (auto& [field, all] : rows) all.front().clear();
    }
    return application;
  }
  void is_of_this_visit(const std::string& text) {
    const auto digits = text.find_first_of("0123456789");
    if (digits == std::string::npos || text.starts_with("1")) return;
    ASSERT_EQ(std::stoi(text.substr(digits)), visit) << "of another visit: " << text;
  }

  void look_at_ended_visit() {
    ++ended;
    kept.clear();
    if (driver.has_visit()) return;  // the next one has begun already
    ASSERT_FALSE(driver.session_.overlay.has_value());
    ASSERT_EQ(driver.session_.language, Language::zh_CN);
    ASSERT_EQ(driver.screen(), "start");
  }

  // Each page that was captured is in the draft, was ordered dropped, or went along with what was stored.
  void look_at_pages(const Message& message) {
    if (const auto* page = fact_in<PageCaptured>(message); page && driver.has_visit()) {
      const auto* drop = driver.ordered<DropPage>();
      if (!drop || drop->key != page->key) kept.insert(page->key);
    }
    const auto* draft = draft_in(driver.session_);
    if (!draft) return kept.clear();
    std::set<PageKey> known;
    for (const auto& [material, pages] : draft->capture.pages) {
      for (const auto& page : pages) known.insert(page.key);
    }
    if (const auto* at = std::get_if<capture::AtCapturing>(&draft->capture.step); at && at->replaced)
      known.insert(at->replaced->key);
    ASSERT_EQ(known, kept) << driver.screen();
  }

  // Every step has a way out: 回首页, or time.
  void find_way_out() {
    Driver leaving = probe();
    leaving.send_all(HomeAsked{}, HomeConfirmed{});
    if (!leaving.has_visit()) return;
    for (int i = 0; i < 8 && leaving.has_visit(); ++i) leaving.pass(std::chrono::seconds{200});
    ASSERT_FALSE(leaving.has_visit()) << "no way out of " << driver.screen();
  }

  [[nodiscard]] Driver probe() const {
    Driver other;
    other.session_ = driver.session_;
    other.now_ = driver.now_;
    return other;
  }

  Driver driver;
  Stranger who{GetParam()};
  int visit = 0, ended = 0, applications = 0, ratings = 0, returned = 0;
  Ticket ticket = 0;
  std::string line;
  std::set<PageKey> kept;
};

TEST_P(Walk, HoldsWhatEveryJourneyMustHold) {
  for (int i = 0; i < kMessages; ++i) {
    step();
    if (HasFatalFailure()) FAIL() << "after " << i << " messages of seed " << GetParam();
  }
  EXPECT_GT(ended, 500);
  EXPECT_GT(applications, 100) << "it hardly gets to the end";
  EXPECT_GT(ratings, 100);
  EXPECT_GT(returned, 1000);
}

/// What a visit orders, whatever language it is spoken in.
Effects without_language(Effects effects) {
  for (auto& effect : effects) {
    auto* order = std::get_if<Store>(&effect);
    if (auto* application = order ? std::get_if<domain::Application>(&order->body) : nullptr)
      application->language.clear();
  }
  return effects;
}

// Two people do the same, one of them in changing languages: all they see and all that comes of it is the same.
TEST_P(Walk, ALanguageSwitchOnAnyScreenChangesNothingElse) {
  Driver switching;
  for (int i = 0; i < 20'000; ++i) {
    if (!driver.session_.overlay) {
      driver.send(OverlayClosed{});  // a touch, too
      switching.send_all(LanguagesOpened{}, LanguageChosen{i % 2 == 0 ? Language::en : Language::zh_CN});
    }
    const auto message = who.next(driver, driver.view(), visit, ticket);
    driver.send(message);
    switching.send(message);
    look_at_effects();
    ASSERT_EQ(switching.screen(), driver.screen());
    ASSERT_EQ(without_language(switching.effects_), without_language(driver.effects_)) << driver.screen();
    if (!who.one_in(50)) continue;
    const std::chrono::seconds time{who.below(200)};
    driver.pass(time);
    switching.pass(time);
    ASSERT_EQ(without_language(switching.effects_), without_language(driver.effects_)) << driver.screen();
  }
  EXPECT_GT(applications, 5);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Walk, testing::Range(1U, 9U));

}  // namespace
}  // namespace bangwu::session
