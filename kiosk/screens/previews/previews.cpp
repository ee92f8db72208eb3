#include "screens/previews/previews.h"

#include "screens/previews/sample.h"

namespace bangwu::screens {

std::vector<Preview> previews() {
  std::vector<Preview> all;
  add_choosing(all);
  add_identity(all);
  add_form(all);
  add_materials(all);
  add_finishing(all);
  add_rating(all);
  add_overlays(all);
  return all;
}

session::FrameView frame(int step, std::optional<session::NextLabel> next, bool enabled) {
  return {.step = step, .steps = step > 0 ? 6 : 0, .back = true, .home = true, .next = next, .next_enabled = enabled};
}

Preview preview(std::string name, session::FrameView frame, session::ScreenView screen) {
  using namespace std::chrono_literals;
  session::View view;
  view.frame = frame;
  view.now = std::chrono::sys_days{std::chrono::November / 23 / 2026} + 2h + 28min;
  view.screen = std::move(screen);
  return {std::move(name), std::move(view)};
}

void add_overlays(std::vector<Preview>& all) {
  const auto over = [&](std::string name, session::OverlayView overlay) {
    auto page = preview(std::move(name), frame(4), session::MaterialsView{.lines = {{.material = sample_material()}}});
    page.view.overlay = overlay;
    all.push_back(std::move(page));
  };
  over("overlay.countdown", session::CountdownOverlay{37});
  over("overlay.home_question", session::HomeQuestionOverlay{});
  over("overlay.help", session::HelpOverlay{});
  over("overlay.languages", session::LanguagesOverlay{});
}

}  // namespace bangwu::screens
