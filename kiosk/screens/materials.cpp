#include <algorithm>

#include "screens/dates.h"
#include "screens/page_parts.h"
#include "session/capture/view.h"

namespace bangwu::screens {
namespace {

using session::MaterialLine;

std::string subtitle_of(const MaterialLine& line) {
  const auto& material = line.material;
  std::string words;
  if (!material.condition.empty()) words = tr_catalogue(material.condition);
  if (!material.specification.empty()) words += (words.empty() ? "" : tr("；")) + tr_catalogue(material.specification);
  if (material.sides == 2) words += (words.empty() ? "" : tr("；")) + tr("正反两面都要");
  return words;
}

widgets::RowSpec row_for(const MaterialLine& line) {
  widgets::RowSpec row{.icon = Icon::document,
                       .icon_tone = Tone::accent,
                       .title = tr_catalogue(line.material.name),
                       .subtitle = subtitle_of(line),
                       .opens = widgets::Opens::yes};
  const auto pages = page_count_words(line.pages);
  if (line.complete) {
    row.icon = Icon::success;
    row.icon_tone = Tone::success;
    row.state = trf("已有 {pages}", {{"pages", pages}});
    row.state_tone = Tone::success;
  } else if (line.pages > 0) {
    row.state = trf("{pages}，还缺一面", {{"pages", pages}});
    row.state_tone = Tone::warning;
  } else {
    const bool depends = line.material.need == domain::MaterialNeed::conditional;
    row.state = line.needed ? tr("待提交") : depends ? tr("符合条件时交") : tr("选交");
    row.state_tone = line.needed ? Tone::warning : Tone::neutral;
  }
  return row;
}

std::string summary_of(const session::MaterialsView& view) {
  const auto needed = std::count_if(view.lines.begin(), view.lines.end(), [](const auto& line) { return line.needed; });
  const auto there = std::count_if(view.lines.begin(), view.lines.end(),
                                   [](const auto& line) { return line.needed && line.complete; });
  if (view.all_there) return tr("必要的材料都已添加，可以继续，也可以再补充选交的材料。");
  return trf("必要的材料 {needed} 份，已有 {there} 份。请逐份点开，扫描或导入。",
             {{"needed", std::to_string(needed)}, {"there", std::to_string(there)}});
}

}  // namespace

void draw_materials_screen(Scene& scene, const session::MaterialsView& view) {
  ask(scene, tr("请提交材料"), summary_of(view));
  if (view.all_there) tip(scene, Icon::success, tr("必要的材料都已添加。点“下一步”核对全部信息。"));
  else tip(scene, Icon::info, tr("暂时缺的材料也可以以后补交，先点“下一步”；窗口会一次告诉您还缺什么。"));
  std::vector<Line> lines;
  for (const auto& line : view.lines) lines.push_back({"material:" + line.material.id, row_for(line)});
  if (const auto touched = line_list(scene, "materials", lines, 2))
    scene.say(session::MaterialOpened{view.lines[*touched].material.id});
}

}  // namespace bangwu::screens
