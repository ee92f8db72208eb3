#include "screens/page_parts.h"

namespace bangwu::screens {

void draw_thanks_screen(Scene& scene, const session::ThanksView& view) {
  auto& ui = scene.ui;
  const auto seconds = std::to_string(view.seconds_left);
  const auto leaving = trf("{seconds} 秒后自动回到首页，屏幕上的内容会全部清除。", {{"seconds", seconds}});
  tip(scene, Icon::shield, leaving);
  const auto words = view.after_application ? tr("您的评价已经收到。办理中有问题，请凭回执上的编号向承办窗口咨询。请带好您的证件和材料。")
                                            : tr("您的评价已经收到，我们会认真对待每一条意见。请带好您的随身物品。");
  announcement(ui, scene.body.inset(scene.theme().space, 0), Icon::success, Tone::success, tr("感谢您的评价"), words);
}

}  // namespace bangwu::screens
