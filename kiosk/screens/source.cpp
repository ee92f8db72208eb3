#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "session/capture/view.h"

namespace bangwu::screens {
namespace {

using session::CaptureSource;

std::string scanner_words(const session::SourceView& view, bool there, const std::string& words) {
  if (!view.scanners) return tr("正在查找扫描仪…");
  return there ? words : tr("没有找到，可以用其他方式，或请帮办人员协助");
}

std::vector<Door> doors_for(const session::SourceView& view) {
  const auto there = view.scanners.value_or(session::ScannersListed{});
  return {{"source:flatbed",
           {.icon = Icon::scan_flatbed,
            .title = tr("平板扫描"),
            .subtitle = scanner_words(view, there.flatbed, tr("一次一页，适合证件、有装订的材料")),
            .enabled = enabled_if(there.flatbed)}},
          {"source:feeder",
           {.icon = Icon::scan_feeder,
            .title = tr("进纸器扫描"),
            .subtitle = scanner_words(view, there.feeder, tr("多页连续扫描，请先取下订书钉")),
            .enabled = enabled_if(there.feeder)}},
          {"source:files",
           {.icon = Icon::usb, .title = tr("U盘或文件"), .subtitle = tr("导入图片或 PDF，页面会列出来请您确认")}}};
}

}  // namespace

void draw_source_screen(Scene& scene, const session::SourceView& view) {
  const auto& material = view.material;
  question_beside(scene);
  ask(scene, tr_catalogue(material.name), tr("请选择怎样提交这份材料"));
  if (view.fault != domain::PageFault::none) {
    const auto problem = words_for(view.fault, Captured::no_scan);
    remark(scene, Tone::warning, problem.words, problem.title);
  }
  std::string advice = tr_catalogue(material.specification);
  if (material.sides == 2) advice += (advice.empty() ? "" : tr("；")) + tr("正反两面都要");
  tip(scene, Icon::info,
      advice.empty() ? tr("请把材料放平，四角完整、字迹清楚。扫描后可以放大查看，不满意可以重扫。") : advice);
  const auto tiles = doors_for(view);
  constexpr CaptureSource kSources[] = {CaptureSource::flatbed, CaptureSource::feeder, CaptureSource::files};
  if (const auto touched = doors(scene, tiles, 1)) scene.say(session::SourceChosen{kSources[*touched]});
}

}  // namespace bangwu::screens
