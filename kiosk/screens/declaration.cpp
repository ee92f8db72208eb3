#include "screens/page_parts.h"

namespace bangwu::screens {

void draw_declaration_screen(Scene& scene, const session::DeclarationView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  ask(scene, tr("请阅读并确认声明"), tr("提交之前，请确认以下内容"));
  const widgets::CheckSpec agree{.label = tr("我已阅读并确认以上声明"), .checked = selected_if(view.accepted)};
  const auto text = tr(view.text);
  const float width = scene.body.w - 2 * theme.space;
  const float height = ui.measure(text, TextStyle::heading, width).h + 2 * theme.space;
  const Rect card = scene.body.take_top(std::max(height, ui.px(70_mm)), theme.space);
  ui.card(card);
  ui.text(card.inset(theme.space), text, {.style = TextStyle::heading, .vertical = VerticalAlign::middle});
  const Rect row = scene.body.take_top(std::max(widgets::height_of(ui, agree, scene.body.w), ui.px(26_mm)), theme.space);
  if (widgets::check_row(ui, "declare", row, agree)) scene.say(session::DeclarationRead{!view.accepted});
  tip(scene, Icon::info, tr("帮办人员可以讲解，但请由您本人确认和签名。"));
}

}  // namespace bangwu::screens
