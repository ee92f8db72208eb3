#include "screens/scene.h"

namespace bangwu::screens {

void draw_home_question(Scene& scene) {
  const widgets::DialogSpec spec{.icon = Icon::home,
                                 .tone = Tone::warning,
                                 .title = tr("要结束并回首页吗？"),
                                 .body = tr("还没有提交。回首页后，已填写的内容和已扫描的材料会全部清除。"),
                                 .buttons = {{"home:yes", tr("结束并清除"), ButtonKind::danger},
                                             {"home:no", tr("继续办理"), ButtonKind::primary}}};
  const auto touched = widgets::dialog(scene.ui, "home_question", spec);
  if (!touched) return;
  if (*touched == 0) scene.say(session::HomeConfirmed{});
  else scene.say(session::OverlayClosed{});
}

}  // namespace bangwu::screens
