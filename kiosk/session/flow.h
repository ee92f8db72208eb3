#pragma once
#include <utility>
#include <variant>

#include "session/session.h"

/// Inside of the room: one message being applied. A handler reads and changes `session`, adds to `effects`, and leaves
/// everything as it is when the message does not fit the step.
namespace bangwu::session {

struct Change {
  const Hall& hall;
  Session session;
  Effects effects;
  Now now;

  template <class S>
  [[nodiscard]] S* at() {
    return std::get_if<S>(&session.step);
  }
  [[nodiscard]] Draft* draft() { return session.visit && session.visit->draft ? &*session.visit->draft : nullptr; }
  [[nodiscard]] std::chrono::year_month_day today() const { return base::china_date(now.wall); }
  void order(Effect effect) { effects.push_back(std::move(effect)); }

  void go(Step next);       ///< forward: 上一步 comes back to the present step
  void replace(Step next);  ///< instead of the present step
  void back();              ///< to the last step; from the first, the visit ends
  /// Back along the trail to the last step of kind S; false, and nothing changed, when there is none.
  template <class S>
  bool return_to() {
    auto& trail = session.visit->trail;
    for (std::size_t i = trail.size(); i-- > 0;) {
      if (!std::holds_alternative<S>(trail[i])) continue;
      session.step = trail[i];
      trail.resize(i);
      return true;
    }
    return false;
  }

  void begin_visit();
  void end_visit();  ///< everything of the visit is forgotten; the machine is as before the first touch
};

/// The step after the present question: what is still open of the identity, then the form's questions from number
/// `form_from` on, then materials, pickup, check. While an answer is being changed: what that opened, then back to the
/// check page.
void go_to_next_question(Change& change, std::size_t form_from);
/// To the choice of pickup, or past it when there is nothing to choose.
void go_to_pickup(Change& change);

/// Steps with what is already known filled in.
[[nodiscard]] AtIdNumber at_id_number(const Draft& draft, Who who);
[[nodiscard]] AtName at_name(const Draft& draft, Who who);
[[nodiscard]] Step at_form_field(const Draft& draft, std::size_t field);
[[nodiscard]] std::string typed_form_of(const domain::Field& field, const std::string& value);

// 下一步, one file a part of the journey: whether the step was one of that part's
[[nodiscard]] bool went_on_identity(Change& change);
[[nodiscard]] bool went_on_form(Change& change);
[[nodiscard]] bool went_on_materials(Change& change);
[[nodiscard]] bool went_on_submitting(Change& change);
[[nodiscard]] bool went_on_rating(Change& change);
void turn_choices(Change& change, int pages);  ///< of a long list of answers
void keep_answer_if_good(Change& change);      ///< before 上一步
void discard_empty_row(Change& change);
void send_rating(Change& change);
[[nodiscard]] domain::Application application_of(const Draft& draft, Language language);
[[nodiscard]] const char* declaration_text();

/// Messages that depend on time.
void on_tick(Change& change);

// one overload a message: a message without one does not compile
void on(Change&, const Touched&);
void on(Change&, const LanguagesOpened&);
void on(Change&, const LanguageChosen&);
void on(Change&, const HelpOpened&);
void on(Change&, const OverlayClosed&);
void on(Change&, const HomeAsked&);
void on(Change&, const HomeConfirmed&);
void on(Change&, const WentBack&);
void on(Change&, const WentOn&);
void on(Change&, const EntryChosen&);
void on(Change&, const DomainChosen&);
void on(Change&, const CodeChosen&);
void on(Change&, const ListTurned&);
void on(Change&, const ApplicantKindChosen&);
void on(Change&, const IdKindChosen&);
void on(Change&, const TextChanged&);
void on(Change&, const ChoiceMade&);
void on(Change&, const RowAdded&);
void on(Change&, const RowOpened&);
void on(Change&, const RowRemoved&);
void on(Change&, const MaterialOpened&);
void on(Change&, const SourceChosen&);
void on(Change&, const FileChosen&);
void on(Change&, const CaptureStopped&);
void on(Change&, const PageOpened&);
void on(Change&, const PageTurned&);
void on(Change&, const PageMoved&);
void on(Change&, const PageRetaken&);
void on(Change&, const PageRemoved&);
void on(Change&, const ChangeAsked&);
void on(Change&, const DeclarationRead&);
void on(Change&, const SignatureDrawn&);
void on(Change&, const SlipSaveAsked&);
void on(Change&, const RateAsked&);
void on(Change&, const LevelChosen&);
void on(Change&, const ReasonToggled&);
void on(Change&, const RatingTextOpened&);
void on(Change&, const Finished&);
void on(Change&, const Ticked&);
void on(Change&, const ScannersListed&);
void on(Change&, const FilesListed&);
void on(Change&, const CaptureProgressed&);
void on(Change&, const PageCaptured&);
void on(Change&, const CaptureEnded&);
void on(Change&, const SubmissionStored&);
void on(Change&, const StoreRefused&);
void on(Change&, const AnswerArrived&);
void on(Change&, const RatingStored&);
void on(Change&, const SlipSaveEnded&);
void on(Change&, const MachineChanged&);

}  // namespace bangwu::session
