#include "screens/scene.h"
#include "session/overlay_view.h"

namespace bangwu::screens {

void draw_countdown(Scene& scene, const session::CountdownOverlay& overlay) {
  const widgets::DialogSpec spec{.icon = Icon::clock,
                                 .tone = Tone::warning,
                                 .title = tr("您还在吗？"),
                                 .body = tr("秒后结束本次办理，已填写的内容会全部清除。点屏幕任意处都可以继续。"),
                                 .big = std::to_string(overlay.seconds_left),
                                 .buttons = {{"continue", tr("继续办理"), ButtonKind::primary}}};
  if (widgets::dialog(scene.ui, "countdown", spec)) scene.say(session::Touched{});
}

}  // namespace bangwu::screens
