#include "screens/dates.h"
#include "screens/names.h"
#include "screens/scene.h"
#include "screens/stages.h"
#include "session/view.h"

namespace bangwu::screens {
namespace {

widgets::PageSpec spec_for(const session::View& view, const Tools& tools, const std::string& shown) {
  widgets::PageSpec spec;
  spec.screen = shown;
  spec.place = tr_catalogue(tools.place.hall);
  if (view.now) spec.clock = time_words(*view.now);
  const auto& frame = view.frame;
  if (frame.step > 0) spec.step = widgets::StepOf{frame.step, frame.steps, stage_of(view.screen)};
  if (frame.back) spec.back = widgets::NavigationButton{};
  if (frame.home) spec.home = widgets::NavigationButton{};
  if (frame.next) {
    const bool is_check = std::holds_alternative<session::CheckView>(view.screen);
    spec.next = widgets::NavigationButton{is_check ? tr("确认无误") : words_for(*frame.next), Icon::none,
                                          enabled_if(frame.next_enabled)};
  }
  return spec;
}

}  // namespace

widgets::PageResult draw_frame(Ui& ui, const session::View& view, const Tools& tools, const std::string& shown,
                               std::vector<session::Message>& emit) {
  const auto page = widgets::page_frame(ui, spec_for(view, tools, shown));
  switch (page.touched) {
    case widgets::PageTouch::none: break;
    case widgets::PageTouch::back: emit.push_back(session::WentBack{}); break;
    case widgets::PageTouch::home: emit.push_back(session::HomeAsked{}); break;
    case widgets::PageTouch::help: emit.push_back(session::HelpOpened{}); break;
    case widgets::PageTouch::language: emit.push_back(session::LanguagesOpened{}); break;
    case widgets::PageTouch::next:
      if (view.frame.next == session::NextLabel::finish) emit.push_back(session::Finished{});
      else emit.push_back(session::WentOn{});
      break;
  }
  return page;
}

}  // namespace bangwu::screens
