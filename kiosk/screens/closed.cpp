#include <algorithm>

#include "screens/page_parts.h"
#include "screens/staff_words.h"
#include "session/start_view.h"

namespace bangwu::screens {
namespace {

// Never more than is known: of a queue that is lost nobody can say that all is there.
std::string reason_of(session::MachineFault closed) {
  using session::MachineFault;
  switch (closed) {
    case MachineFault::queue_lost:
    case MachineFault::not_started: return tr("这台机器要由工作人员处理后才能使用，现在不能接收申请和评价。");
    case MachineFault::not_enrolled: return tr("这台机器还没有登记启用，现在不能接收申请和评价。");
    case MachineFault::no_room:
      return tr("这台机器的存储空间不够，或者不能写入；为了不丢失您的申请，现在不接收新的申请。已经提交的申请都在。");
    case MachineFault::revoked:
    case MachineFault::unknown_machine:
    case MachineFault::shared_identity:
    case MachineFault::courier_not_started:
      return tr(
          "这台机器现在不能把申请送到政务服务中心，所以不接收新的申请和评价。已经提交的申请都在，由工作人员处理。");
    default: return tr("这台机器上还没有可以办理的事项，现在不能接收申请。");
  }
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
  const auto reason = reason_of(*view.closed);
  const auto where = where_to_go(scene.tools.place);
  tip(scene, Icon::settings, staff_words(view.staff));
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
