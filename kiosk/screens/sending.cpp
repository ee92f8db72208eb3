#include "screens/page_parts.h"

namespace bangwu::screens {

void draw_sending_screen(Scene& scene, const session::SendingView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  Rect foot = scene.body.take_bottom(ui.px(60_mm), theme.space);
  announcement(ui, scene.body, Icon::send, Tone::accent, tr("正在送达政务服务中心…"),
               tr("您的申请已安全保存在本机，不会丢失。通常几秒钟就有答复。"));
  widgets::busy(ui, "sending", foot.take_top(theme.button_height, theme.gap), tr("请稍候"));
  ui.text(foot, trf("临时编号 {number}", {{"number", view.provisional_number}}), {.style = TextStyle::heading, .align = Align::centre});
}

}  // namespace bangwu::screens
