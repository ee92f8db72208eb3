#include <algorithm>

#include "screens/page_parts.h"
#include "session/result/view.h"

namespace bangwu::screens {

void draw_sending_screen(Scene& scene, const session::SendingView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto title = tr("正在送达政务服务中心…");
  const auto words = tr("您的申请已安全保存在本机。通常几秒钟就有答复。");
  const auto number = trf("临时编号 {number}", {{"number", view.provisional_number}});
  Rect card = scene.body;
  ui.card(card);
  Rect inside = card.inset(theme.space);
  const float announced = announcement_height(ui, inside.w, title, words);
  const float used = announced + 2 * theme.space + theme.type(TextStyle::heading).line + ui.px(20_mm);
  // A little above the middle: where the eye expects the centre.
  inside.skip_top(std::max(0.F, (inside.h - used) * 0.42F));
  announcement(ui, inside.take_top(announced, theme.space), Icon::send, Tone::accent, title, words);
  ui.text(inside.take_top(theme.type(TextStyle::heading).line, theme.space), number,
          {.style = TextStyle::heading, .align = Align::centre});
  widgets::busy(ui, "sending", inside.take_top(ui.px(20_mm)), tr("请稍候"));
}

}  // namespace bangwu::screens
