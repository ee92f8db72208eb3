#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/catalogue.h"
#include "session/messages.h"

/// What a screen needs to draw itself, and nothing else. Texts from the catalogue are Chinese keys for the translation
/// catalogue "catalogue"; what a visitor typed is shown as it is. Screens choose all other words.
namespace bangwu::session {

/// What is wrong with what was typed.
using InputProblem = std::variant<std::monostate, domain::NumberProblem, domain::AnswerProblem>;

enum class NextLabel { next, confirm, start_application, agree, submit, send, finish, done };

/// The fixed frame. `step` 0: no step is shown.
struct FrameView {
  int step = 0, steps = 0;
  bool back = false, home = false;
  std::optional<NextLabel> next;
  bool next_enabled = true;
};

struct ClosedReason {
  bool no_room = false, not_enrolled = false;
};

struct StartView {
  ClosedReason closed;
  bool catalogue_is_empty = false;
};
struct DomainsView {};
struct ListEntry {
  std::string code, name, summary;
  bool is_bundle = false;
  bool instant = false;
};
/// At most six entries a page.
struct ListView {
  enum class Of { items, bundles } of = Of::items;
  std::optional<domain::Domain> domain;
  std::vector<ListEntry> entries;
  int page = 0, pages = 1;
};
struct SearchView {
  std::string typed;
  std::vector<ListEntry> found;
  int page = 0, pages = 1;
};
struct GuideView {
  domain::Procedure procedure;
  const domain::Item* item = nullptr;             ///< borrowed from the catalogue; null for a bundle
  std::vector<const domain::Item*> bundle_items;  ///< borrowed
};
struct PrivacyView {
  std::string procedure;
  std::vector<std::string> collected;
};  ///< labels of what will be asked
struct ApplicantKindView {
  std::vector<domain::ApplicantKind> offered;
  std::optional<domain::ApplicantKind> chosen;
};
enum class Who { applicant, agent };
struct IdNumberView {
  Who who = Who::applicant;
  domain::IdKind kind = domain::IdKind::resident_id;
  std::vector<domain::IdKind> offered;  ///< more than one: shown as a row of choices
  std::string typed;
  InputProblem problem;
  bool doubtful = false;  ///< valid, but the organisation code inside does not fit: a warning
};
struct NameView {
  Who who = Who::applicant;
  bool of_organisation = false;
  std::string typed;
  InputProblem problem;
};
/// One question of the item's form. For rows, `row` and `rows_label` say which.
struct FieldView {
  domain::Field field;  ///< of many choices, the at most six of this page
  std::string typed;    ///< text being typed, or the chosen value
  InputProblem problem;
  int number = 1, of = 1;  ///< question number among the form's
  std::optional<std::size_t> row;
  std::string rows_label;
  int page = 0, pages = 1;
};
struct RowsView {
  domain::Field field;
  std::vector<std::vector<std::string>> rows;  ///< cells in the order of field.columns, choices as labels
  bool may_add = true;
  InputProblem problem;
  int number = 1, of = 1;
};
struct MaterialLine {
  domain::Material material;
  bool needed = true;  ///< required now
  std::size_t pages = 0;
  bool complete = false;
};
struct MaterialsView {
  std::vector<MaterialLine> lines;
  bool all_there = false;
};
struct SourceView {
  domain::Material material;
  bool flatbed = false, feeder = false, still_looking = false;
  domain::PageFault fault = domain::PageFault::none;
};
struct FilesView {
  domain::Material material;
  std::vector<FileOffer> files;
  bool medium_present = false, still_looking = true;
  int page = 0, pages = 1;
  domain::PageFault fault = domain::PageFault::none;
  int fault_page = 0;                      ///< the page of the file that cannot be read; 0: the file as a whole
  std::optional<std::uint64_t> rest_of{};  ///< the file whose other pages may be taken
};
struct CapturingView {
  domain::Material material;
  CaptureSource source = CaptureSource::flatbed;
  int percent = -1, pages = 0;
  bool stopping = false;
};
struct PageThumb {
  PageKey key = 0;
  int quarter_turns = 0;
  bool looks_blank = false;
  bool is_reduced = false;
};
/// Pages of one material, at most six a screen page.
struct PagesView {
  domain::Material material;
  std::vector<PageThumb> shown;
  std::size_t first = 0, total = 0;
  int page = 0, pages = 1;
  domain::PageFault fault = domain::PageFault::none;
  bool may_add = true;
};
struct PageView {
  domain::Material material;
  PageThumb page;
  std::size_t number = 1, of = 1;
};
struct PickupView {
  std::vector<std::string> ways;
  std::string chosen;
};
struct CheckLine {
  std::string id;  ///< for ChangeAsked
  enum class Group { applicant, form, materials, pickup } group = Group::form;
  std::string label;  ///< catalogue key, or empty for the fixed ones named by id ("kind", "id", "name", "agent_id",
                      ///< "agent_name", "pickup")
  std::string value;  ///< masked where it is a number; empty: 未提供
  bool value_is_catalogue_text = false;
  std::size_t count = 0;  ///< pages or rows
  bool lacks = false;
};
struct CheckView {
  std::string procedure;
  std::vector<CheckLine> lines;
};
struct DeclarationView {
  std::string text;
  bool accepted = false;
};
struct SignView {
  domain::Signature signature;
  std::string name;
  std::optional<StoreProblem> problem;
  bool storing = false;
};
struct SendingView {
  std::string provisional_number;
};
/// Honest states (domain.md rule 4): stored_here until the central service has answered.
struct ResultView {
  enum class State { stored_here, accepted, in_review, correction_needed, not_accepted } state = State::stored_here;
  std::string procedure;
  std::string number;  ///< case number, or the provisional one
  std::optional<std::chrono::year_month_day> due;
  bool due_is_provisional = false;
  int promised_working_days = 0;
  std::string pickup;
  domain::Contact window, consult;
  std::vector<std::string> lacks;  ///< labels, catalogue keys
  bool lacks_declaration_or_signature = false;
  std::optional<std::string> telephone;  ///< masked; how the visitor will hear
  std::chrono::sys_seconds stored_at;
  enum class Slip { not_saved, saving, saved, no_medium, not_written, not_made } slip = Slip::not_saved;
  bool rated = false;
};
struct RateView {
  domain::Instrument instrument = domain::Instrument::national;
  std::optional<domain::RatingLevel> chosen;
};
struct RateDetailsView {
  domain::RatingLevel level;
  std::vector<std::string> reasons;  ///< chosen codes
  std::string words, name, telephone;
};
struct RateTextView {
  RatingText text = RatingText::words;
  std::string typed;
  InputProblem problem;
};
/// Honest states: `stored` is known only once the machine has made the rating durable.
struct ThanksView {
  enum class Rating { saving, stored, not_stored } rating = Rating::saving;
  bool after_application = false;
  int seconds_left = 0;
};

using ScreenView = std::variant<StartView, DomainsView, ListView, SearchView, GuideView, PrivacyView, ApplicantKindView,
                                IdNumberView, NameView, FieldView, RowsView, MaterialsView, SourceView, FilesView,
                                CapturingView, PagesView, PageView, PickupView, CheckView, DeclarationView, SignView,
                                SendingView, ResultView, RateView, RateDetailsView, RateTextView, ThanksView>;

struct CountdownOverlay {
  int seconds_left = 0;
};
struct HomeQuestionOverlay {};
struct HelpOverlay {};
struct LanguagesOverlay {};
using OverlayView = std::variant<CountdownOverlay, HomeQuestionOverlay, HelpOverlay, LanguagesOverlay>;

struct View {
  Language language = Language::zh_CN;
  FrameView frame;
  std::chrono::sys_seconds now;  ///< for the clock on the frame, UTC
  ScreenView screen;
  std::optional<OverlayView> overlay;
};

}  // namespace bangwu::session
