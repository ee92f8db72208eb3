#include "screens/page_parts.h"
#include "session/rate/view.h"

namespace bangwu::screens {
namespace {

using Rating = session::ThanksView::Rating;

struct Notice {
  Icon icon;
  Tone tone;
  std::string title, words;
};

// Never a later word than what is known (domain.md rule 4): the machine has it, the service centre does not yet.
Notice notice_for(Rating rating) {
  switch (rating) {
    case Rating::saving: return {Icon::save, Tone::accent, tr("正在保存您的评价…"), {}};
    case Rating::stored:
      return {Icon::success, Tone::success, tr("感谢您的评价"), tr("您的评价已存本机，将自动送往政务服务中心。")};
    case Rating::stuck:
      return {Icon::success, Tone::success, tr("感谢您的评价"),
              tr("您的评价已存本机，由工作人员处理后送往政务服务中心。")};
    case Rating::not_stored: break;
  }
  return {Icon::warning, Tone::warning, tr("评价没有保存下来"),
          tr("本机出了问题，这次评价还没有送出，您选的和写的都在。请再点一次“提交评价”；还不行，请直接告诉工作人员。")};
}

}  // namespace

void draw_thanks_screen(Scene& scene, const session::ThanksView& view) {
  const auto seconds = std::to_string(view.seconds_left);
  if (view.rating != Rating::not_stored)
    tip(scene, Icon::shield, trf("{seconds} 秒后自动回到首页，屏幕上的内容会全部清除。", {{"seconds", seconds}}));
  auto notice = notice_for(view.rating);
  notice.words += view.after_application ? tr("办理中有问题，请凭回执上的编号向承办窗口咨询。请带好您的证件和材料。")
                                         : tr("请带好您的随身物品。");
  announcement(scene.ui, scene.body.inset(scene.theme().space, 0), notice.icon, notice.tone, notice.title,
               notice.words);
}

}  // namespace bangwu::screens
