#include <algorithm>

#include "screens/page_parts.h"
#include "session/signing/view.h"

namespace bangwu::screens {
namespace {

// One promise a paragraph; the text itself stays as it is in the envelope.
std::vector<std::string> promises_in(std::string_view text) {
  std::vector<std::string> promises;
  while (!text.empty()) {
    std::size_t length = text.size();
    for (const std::string_view end : {"；", "; ", ". "}) {
      if (const auto at = text.find(end); at != std::string_view::npos) length = std::min(length, at + end.size());
    }
    promises.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return promises;
}

float statement_height(Ui& ui, const std::vector<std::string>& promises, float width) {
  const auto& theme = ui.theme();
  float height = theme.type(TextStyle::title).line;
  for (const auto& promise : promises) height += theme.space + ui.measure(promise, TextStyle::statement, width).h;
  return height;
}

// Like the paper it stands for: its name in the middle, then one promise below the other.
void draw_statement(Ui& ui, Rect card, const std::vector<std::string>& promises) {
  const auto& theme = ui.theme();
  ui.card(card);
  Rect inside = card.inset(theme.space * 1.5F, theme.space);
  inside = inside.centred({inside.w, statement_height(ui, promises, inside.w)});
  inside.skip_top(ui.text(inside, tr("声明书"), {.style = TextStyle::title, .align = Align::centre}));
  for (const auto& promise : promises) {
    inside.skip_top(theme.space);
    inside.skip_top(ui.text(inside, promise, {.style = TextStyle::statement}));
  }
}

}  // namespace

void draw_declaration_screen(Scene& scene, const session::DeclarationView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  question_beside(scene);
  ask(scene, tr("请阅读并确认声明"), tr("提交之前，请确认以下内容"));
  tip(scene, Icon::info, tr("帮办人员可以讲解，但请由您本人确认和签名。"));
  const widgets::CheckSpec agree{.label = tr("我已阅读并确认以上声明"), .checked = selected_if(view.accepted)};
  const float row = std::max(widgets::height_of(ui, agree, scene.body.w), ui.px(26_mm));
  const auto promises = promises_in(tr(view.text));
  const float height = statement_height(ui, promises, scene.body.w - 3 * theme.space) + 4 * theme.space;
  draw_statement(ui, scene.body.take_top(std::min(height, scene.body.h - row - theme.space), theme.space), promises);
  if (widgets::check_row(ui, "declare", scene.body.take_top(row), agree))
    scene.say(session::DeclarationRead{!view.accepted});
}

}  // namespace bangwu::screens
