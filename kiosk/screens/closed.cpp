#include "screens/page_parts.h"

namespace bangwu::screens {
namespace {

std::string reason_of(const session::StartView& view) {
  if (view.closed.not_enrolled) return tr("这台机器还没有登记启用，现在不能接收申请和评价。");
  if (view.closed.no_room) return tr("这台机器的存储空间不够，为了不丢失您的申请，现在不接收新的申请。已经提交的申请都在，会继续送达。");
  return tr("这台机器上还没有可以办理的事项，现在不能接收申请。");
}

std::string where_to_go(const Place& place) {
  std::string words = place.zone.empty() ? tr("请到服务窗口办理，或请身边的帮办人员协助。")
                                         : trf("请到{zone}办理，或请身边的帮办人员协助。", {{"zone", tr_catalogue(place.zone)}});
  if (!place.telephone.empty()) words += '\n' + trf("电话：{telephone}", {{"telephone", place.telephone}});
  return words;
}

}  // namespace

void draw_closed_screen(Scene& scene, const session::StartView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto where = where_to_go(scene.tools.place);
  const float height = ui.measure(where, TextStyle::heading, scene.body.w - 2 * theme.space).h + 2 * theme.space;
  Rect card = scene.body.take_bottom(height, theme.space);
  announcement(ui, scene.body.inset(theme.space, 0), Icon::settings, Tone::warning, tr("暂停服务"), reason_of(view));
  ui.card(card);
  ui.text(card.inset(theme.space), where, {.style = TextStyle::heading, .align = Align::centre, .vertical = VerticalAlign::middle});
}

}  // namespace bangwu::screens
