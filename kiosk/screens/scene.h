#pragma once
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/language.h"
#include "screens/screen_state.h"
#include "screens/tools.h"
#include "session/messages.h"
#include "widgets/controls.h"
#include "widgets/fields.h"
#include "widgets/geometry.h"
#include "widgets/icons.h"
#include "widgets/notices.h"
#include "widgets/page_frame.h"
#include "widgets/scroll.h"
#include "widgets/ui.h"
#include "widgets/words.h"

namespace bangwu::session {
struct View;
struct ApplicantKindView;
struct CapturingView;
struct CheckView;
struct CountdownOverlay;
struct DeclarationView;
struct DomainsView;
struct FieldView;
struct FilesView;
struct GuideView;
struct IdNumberView;
struct ListView;
struct MaterialsView;
struct NameView;
struct PageView;
struct PagesView;
struct PickupView;
struct PrivacyView;
struct RateDetailsView;
struct RateTextView;
struct RateView;
struct ResultView;
struct RowsView;
struct SearchView;
struct SendingView;
struct SignView;
struct SourceView;
struct StartView;
struct ThanksView;
}  // namespace bangwu::session

/// Inside this room only: what every screen's draw function gets, and the list of them. Each screen includes the views
/// of its own part, so that a change to one part's does not build all screens anew.
namespace bangwu::screens {

using widgets::Align;
using widgets::ButtonKind;
using widgets::Colour;
using widgets::Enabled;
using widgets::Icon;
using widgets::Item;
using widgets::Rect;
using widgets::Role;
using widgets::Selected;
using widgets::Size;
using widgets::TextOptions;
using widgets::TextStyle;
using widgets::Tone;
using widgets::tr;
using widgets::tr_catalogue;
using widgets::trf;
using widgets::Ui;
using widgets::VerticalAlign;
using widgets::operator""_mm;

struct Scene {
  Ui& ui;
  base::Language language;                      ///< of the view
  std::optional<std::chrono::sys_seconds> now;  ///< of the view: absent, the clock is wrong
  const Tools& tools;
  ScreenState& state;
  std::vector<session::Message>& emit;
  Rect body;     ///< what is left of the page for the screen; drawing cuts pieces off it
  Rect room{};   ///< all between the frame's bars, from edge to edge: for grounds
  Rect aside{};  ///< where the words stand while they stand beside the body, see question_beside(); else empty

  [[nodiscard]] const widgets::Theme& theme() const { return ui.theme(); }
  [[nodiscard]] Rect& words() { return aside.w > 0 ? aside : body; }  ///< where question, remarks and tips go
  void say(session::Message message) { emit.push_back(std::move(message)); }
};

constexpr Selected selected_if(bool yes) { return yes ? Selected::yes : Selected::no; }
constexpr Enabled enabled_if(bool yes) { return yes ? Enabled::yes : Enabled::no; }

/// Draws the fixed frame of the screen that is `shown` (ScreenState) and emits what was touched on it.
[[nodiscard]] widgets::PageResult draw_frame(Ui& ui, const session::View& view, const Tools& tools,
                                             const std::string& shown, std::vector<session::Message>& emit);

void draw_start_screen(Scene& scene, const session::StartView& view);
void draw_closed_screen(Scene& scene, const session::StartView& view);
void draw_domains_screen(Scene& scene, const session::DomainsView& view);
void draw_list_screen(Scene& scene, const session::ListView& view);
void draw_search_screen(Scene& scene, const session::SearchView& view);
void draw_guide_screen(Scene& scene, const session::GuideView& view);
void draw_privacy_screen(Scene& scene, const session::PrivacyView& view);
void draw_applicant_kind_screen(Scene& scene, const session::ApplicantKindView& view);
void draw_id_number_screen(Scene& scene, const session::IdNumberView& view);
void draw_name_screen(Scene& scene, const session::NameView& view);
void draw_field_screen(Scene& scene, const session::FieldView& view);
void draw_rows_screen(Scene& scene, const session::RowsView& view);
void draw_materials_screen(Scene& scene, const session::MaterialsView& view);
void draw_source_screen(Scene& scene, const session::SourceView& view);
void draw_files_screen(Scene& scene, const session::FilesView& view);
void draw_capturing_screen(Scene& scene, const session::CapturingView& view);
void draw_pages_screen(Scene& scene, const session::PagesView& view);
void draw_page_screen(Scene& scene, const session::PageView& view);
void draw_pickup_screen(Scene& scene, const session::PickupView& view);
void draw_check_screen(Scene& scene, const session::CheckView& view);
void draw_declaration_screen(Scene& scene, const session::DeclarationView& view);
void draw_sign_screen(Scene& scene, const session::SignView& view);
void draw_sending_screen(Scene& scene, const session::SendingView& view);
void draw_result_screen(Scene& scene, const session::ResultView& view);
void draw_rate_screen(Scene& scene, const session::RateView& view);
void draw_rate_details_screen(Scene& scene, const session::RateDetailsView& view);
void draw_rate_text_screen(Scene& scene, const session::RateTextView& view);
void draw_thanks_screen(Scene& scene, const session::ThanksView& view);

void draw_countdown(Scene& scene, const session::CountdownOverlay& overlay);
void draw_home_question(Scene& scene);
void draw_help(Scene& scene);
void draw_languages(Scene& scene);

}  // namespace bangwu::screens
