#include "screens/screens.h"

#include <type_traits>

#include "screens/scene.h"
#include "screens/screens.h"

namespace bangwu::screens {
namespace {

// Tells a screen from another of its kind. Ids, numbers and places only: nothing a visitor typed.
struct KeyOf {
  std::string operator()(const session::FieldView& view) const {
    return view.rows_label + '/' + view.field.id + '/' + (view.row ? std::to_string(*view.row) : std::string{});
  }
  std::string operator()(const session::IdNumberView& view) const {
    return view.who == session::Who::applicant ? "a" : "b";
  }
  std::string operator()(const session::NameView& view) const {
    return view.who == session::Who::applicant ? "a" : "b";
  }
  std::string operator()(const session::RowsView& view) const { return view.field.id; }
  std::string operator()(const session::GuideView& view) const { return view.procedure.code; }
  std::string operator()(const session::PageView& view) const {
    return std::to_string(view.page.key) + '/' + std::to_string(view.page.quarter_turns);
  }
  std::string operator()(const session::RateTextView& view) const {
    return std::to_string(static_cast<int>(view.text));
  }
  template <class V>
  std::string operator()(const V&) const {
    return {};
  }
};

void begin(const session::View& view, const Tools& tools, ScreenState& state) {
  widgets::set_language(view.language);
  std::string shown = session::name_of(view.screen);
  shown += ':' + std::visit(KeyOf{}, view.screen);
  if (state.shown == shown) return;
  state = ScreenState{};
  state.shown = std::move(shown);
  if (tools.pinyin) tools.pinyin->clear();
}

struct DrawScreen {
  Scene& scene;
  void operator()(const session::StartView& view) const {
    if (view.closed) draw_closed_screen(scene, view);
    else draw_start_screen(scene, view);
  }
  void operator()(const session::DomainsView& view) const { draw_domains_screen(scene, view); }
  void operator()(const session::ListView& view) const { draw_list_screen(scene, view); }
  void operator()(const session::SearchView& view) const { draw_search_screen(scene, view); }
  void operator()(const session::GuideView& view) const { draw_guide_screen(scene, view); }
  void operator()(const session::PrivacyView& view) const { draw_privacy_screen(scene, view); }
  void operator()(const session::ApplicantKindView& view) const { draw_applicant_kind_screen(scene, view); }
  void operator()(const session::IdNumberView& view) const { draw_id_number_screen(scene, view); }
  void operator()(const session::NameView& view) const { draw_name_screen(scene, view); }
  void operator()(const session::FieldView& view) const { draw_field_screen(scene, view); }
  void operator()(const session::RowsView& view) const { draw_rows_screen(scene, view); }
  void operator()(const session::MaterialsView& view) const { draw_materials_screen(scene, view); }
  void operator()(const session::SourceView& view) const { draw_source_screen(scene, view); }
  void operator()(const session::FilesView& view) const { draw_files_screen(scene, view); }
  void operator()(const session::CapturingView& view) const { draw_capturing_screen(scene, view); }
  void operator()(const session::PagesView& view) const { draw_pages_screen(scene, view); }
  void operator()(const session::PageView& view) const { draw_page_screen(scene, view); }
  void operator()(const session::PickupView& view) const { draw_pickup_screen(scene, view); }
  void operator()(const session::CheckView& view) const { draw_check_screen(scene, view); }
  void operator()(const session::DeclarationView& view) const { draw_declaration_screen(scene, view); }
  void operator()(const session::SignView& view) const { draw_sign_screen(scene, view); }
  void operator()(const session::SendingView& view) const { draw_sending_screen(scene, view); }
  void operator()(const session::ResultView& view) const { draw_result_screen(scene, view); }
  void operator()(const session::RateView& view) const { draw_rate_screen(scene, view); }
  void operator()(const session::RateDetailsView& view) const { draw_rate_details_screen(scene, view); }
  void operator()(const session::RateTextView& view) const { draw_rate_text_screen(scene, view); }
  void operator()(const session::ThanksView& view) const { draw_thanks_screen(scene, view); }
};

struct DrawOverlay {
  Scene& scene;
  void operator()(const session::CountdownOverlay& overlay) const { draw_countdown(scene, overlay); }
  void operator()(const session::HomeQuestionOverlay&) const { draw_home_question(scene); }
  void operator()(const session::HelpOverlay&) const { draw_help(scene); }
  void operator()(const session::LanguagesOverlay&) const { draw_languages(scene); }
};

}  // namespace

void draw(Ui& ui, const session::View& view, const Tools& tools, ScreenState& state,
          std::vector<session::Message>& emit) {
  begin(view, tools, state);
  const auto page = draw_frame(ui, view, tools, state.shown, emit);
  Scene scene{ui, view.language, view.now, tools, state, emit, page.body, page.room};
  std::visit(DrawScreen{scene}, view.screen);
  if (view.overlay) std::visit(DrawOverlay{scene}, *view.overlay);
}

}  // namespace bangwu::screens
