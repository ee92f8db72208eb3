#include "screens/dates.h"
#include "screens/page_parts.h"

namespace bangwu::screens {
namespace {

using session::CaptureSource;

std::string title_of(const session::CapturingView& view) {
  if (view.stopping) return tr("正在停止…");
  return view.source == CaptureSource::files ? tr("正在读取文件…") : tr("正在扫描…");
}

std::string count_of(const session::CapturingView& view) {
  if (view.pages == 0) return view.source == CaptureSource::files ? tr("请不要拔出U盘") : tr("请不要移动纸张");
  return trf("已完成 {pages}", {{"pages", page_count_words(static_cast<std::size_t>(view.pages))}});
}

Icon icon_of(CaptureSource source) {
  switch (source) {
    case CaptureSource::flatbed: return Icon::scan_flatbed;
    case CaptureSource::feeder: return Icon::scan_feeder;
    case CaptureSource::files: return Icon::usb;
  }
  return Icon::none;
}

}  // namespace

void draw_capturing_screen(Scene& scene, const session::CapturingView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  ask(scene, tr_catalogue(view.material.name));
  const widgets::ButtonSpec stop{.label = tr("取消"), .icon = Icon::close, .enabled = enabled_if(!view.stopping)};
  Rect bar = scene.body.take_bottom(theme.button_height, theme.space);
  bar = bar.centred({std::max(widgets::size_of(ui, stop).w, ui.px(80_mm)), bar.h});
  if (widgets::button(ui, "stop", bar, stop)) scene.say(session::CaptureStopped{});

  Rect card = scene.body;
  ui.card(card);
  Rect inside = card.inset(theme.space);
  Rect foot = inside.take_bottom(ui.px(28_mm), theme.space);
  announcement(ui, inside, icon_of(view.source), Tone::accent, title_of(view), count_of(view));
  if (view.percent < 0 || view.stopping) {
    widgets::busy(ui, "working", foot.take_top(theme.button_height), view.stopping ? tr("请稍候") : tr("正在处理，请稍候"));
    return;
  }
  Rect line = foot.take_top(ui.px(6_mm), theme.gap);
  widgets::progress_bar(ui, "progress", line.inset(line.w * 0.1F, 0), static_cast<float>(view.percent) / 100);
  ui.text(foot, trf("这一页 {percent}%", {{"percent", std::to_string(view.percent)}}), {.colour = ui.palette().ink_soft, .align = Align::centre});
}

}  // namespace bangwu::screens
