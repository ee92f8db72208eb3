#include <algorithm>

#include "screens/dates.h"
#include "screens/page_parts.h"
#include "session/capture/view.h"

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

void draw_progress(Ui& ui, Rect area, const session::CapturingView& view) {
  if (view.percent < 0 || view.stopping) {
    widgets::busy(ui, "working", area, view.stopping ? tr("请稍候") : tr("正在处理，请稍候"));
    return;
  }
  const Rect line = area.take_top(ui.px(6_mm), ui.theme().gap);
  widgets::progress_bar(ui, "progress", line.inset(line.w * 0.12F, 0), static_cast<float>(view.percent) / 100);
  ui.text(area, trf("这一页 {percent}%", {{"percent", std::to_string(view.percent)}}),
          {.colour = ui.palette().ink_soft, .align = Align::centre});
}

}  // namespace

void draw_capturing_screen(Scene& scene, const session::CapturingView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  question_beside(scene);
  ask(scene, tr_catalogue(view.material.name));
  const widgets::ButtonSpec stop{.label = tr("取消"), .icon = Icon::close, .enabled = enabled_if(!view.stopping)};
  Rect bar = scene.body.take_bottom(theme.button_height, theme.space);
  bar = bar.centred({std::max(widgets::size_of(ui, stop).w, ui.px(80_mm)), bar.h});
  if (widgets::button(ui, "stop", bar, stop)) scene.say(session::CaptureStopped{});

  Rect card = scene.body;
  ui.card(card);
  Rect inside = card.inset(theme.space);
  const auto title = title_of(view);
  const auto words = count_of(view);
  const float progress = theme.space + ui.px(24_mm);
  const float used = announcement_height(ui, inside.w, title, words) + progress;
  // A little above the middle: where the eye expects the centre.
  inside.skip_top(std::max(0.F, (inside.h - used) * 0.42F));
  announcement(ui, inside.take_top(used - progress, theme.space), icon_of(view.source), Tone::accent, title, words);
  draw_progress(ui, inside.take_top(ui.px(24_mm)), view);
}

}  // namespace bangwu::screens
