#include "screens/page_parts.h"

namespace bangwu::screens {

namespace {

// One sentence a paragraph; the text itself stays as it is in the envelope.
std::string in_paragraphs(std::string text) {
  for (const std::string_view end : {"；", ". "}) {
    for (auto at = text.find(end); at != std::string::npos; at = text.find(end, at + end.size())) text.insert(at + end.size(), "\n");
  }
  return text;
}

}  // namespace

void draw_declaration_screen(Scene& scene, const session::DeclarationView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  ask(scene, tr("请阅读并确认声明"), tr("提交之前，请确认以下内容"));
  const widgets::CheckSpec agree{.label = tr("我已阅读并确认以上声明"), .checked = selected_if(view.accepted)};
  const auto text = in_paragraphs(tr(view.text));
  const float width = scene.body.w - 2 * theme.space;
  const float height = ui.measure(text, TextStyle::key, width).h + 2 * theme.space;
  const Rect card = scene.body.take_top(std::max(height, ui.px(80_mm)), theme.space);
  ui.card(card);
  ui.text(card.inset(theme.space), text, {.style = TextStyle::key, .vertical = VerticalAlign::middle});
  const Rect row = scene.body.take_top(std::max(widgets::height_of(ui, agree, scene.body.w), ui.px(26_mm)), theme.space);
  if (widgets::check_row(ui, "declare", row, agree)) scene.say(session::DeclarationRead{!view.accepted});
  tip(scene, Icon::info, tr("帮办人员可以讲解，但请由您本人确认和签名。"));
}

}  // namespace bangwu::screens
