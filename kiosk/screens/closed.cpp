#include <algorithm>

#include "screens/page_parts.h"
#include "session/start_view.h"

namespace bangwu::screens {
namespace {

std::string reason_of(const session::StartView& view) {
  if (view.closed.not_enrolled) return tr("这台机器还没有登记启用，现在不能接收申请和评价。");
  if (view.closed.no_room)
    return tr("这台机器的存储空间不够，或者不能写入；为了不丢失您的申请，现在不接收新的申请。已经提交的申请都在。");
  if (view.closed.cannot_deliver)
    return tr("这台机器现在不能把申请送到政务服务中心，所以不接收新的申请和评价。已经提交的申请都在，由工作人员处理。");
  return tr("这台机器上还没有可以办理的事项，现在不能接收申请。");
}

std::string where_to_go(const Place& place) {
  std::string words = place.zone.empty()
                          ? tr("请到服务窗口办理，或请身边的帮办人员协助。")
                          : trf("请到{zone}办理，或请身边的帮办人员协助。", {{"zone", tr_catalogue(place.zone)}});
  if (!place.telephone.empty()) words += '\n' + trf("电话：{telephone}", {{"telephone", place.telephone}});
  return words;
}

}  // namespace

void draw_closed_screen(Scene& scene, const session::StartView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto title = tr("暂停服务");
  const auto reason = reason_of(view);
  const auto where = where_to_go(scene.tools.place);
  Rect card = scene.body;
  ui.card(card);
  Rect inside = card.inset(theme.space * 2);
  const float announced = announcement_height(ui, inside.w, title, reason);
  const float height = ui.measure(where, TextStyle::body_strong, inside.w - 2 * theme.space).h + 2 * theme.space;
  inside.skip_top(std::max(0.F, (inside.h - announced - 2 * theme.space - height) * 0.42F));
  announcement(ui, inside.take_top(announced, theme.space * 2), Icon::settings, Tone::warning, title, reason);
  const Rect help = inside.take_top(height);
  ui.round(help, ui.palette().accent_soft, theme.radius);
  ui.text(help.inset(theme.space), where,
          {.style = TextStyle::body_strong, .align = Align::centre, .vertical = VerticalAlign::middle});
}

}  // namespace bangwu::screens
