#include <algorithm>

#include "screens/names.h"
#include "screens/page_parts.h"
#include "session/choosing/view.h"

namespace bangwu::screens {
namespace {

using Of = session::ListView::Of;

std::string question_of(const session::ListView& view) {
  if (view.of == Of::bundles) return tr("请选择“一件事”套餐");
  return view.domain ? words_for(*view.domain) : tr("请选择事项");
}

std::string lead_of(const session::ListView& view) {
  if (view.entries.empty()) return {};
  return view.of == Of::bundles ? tr("一个套餐里的事项一次申请，相同的信息和材料只要一份") : tr("请选择要办理的事项");
}

widgets::RowSpec row_for(const session::ListEntry& entry, const session::ListView& view) {
  return {.icon = entry.mark == session::ListEntry::Mark::bundle ? Icon::bundle
                  : view.domain                                  ? icon_of(*view.domain)
                                                                 : Icon::document,
          .title = tr_catalogue(entry.name),
          .subtitle = tr_catalogue(entry.summary),
          .state = entry.mark == session::ListEntry::Mark::instant ? tr("即办") : std::string{},
          .state_tone = Tone::success,
          .opens = widgets::Opens::yes};
}

void draw_entries(Scene& scene, const session::ListView& view) {
  std::vector<Line> lines;
  for (const auto& entry : view.entries) lines.push_back({"code:" + entry.code, row_for(entry, view)});
  if (const auto touched = line_list(scene, "list", lines)) scene.say(session::CodeChosen{view.entries[*touched].code});
}

}  // namespace

void draw_list_screen(Scene& scene, const session::ListView& view) {
  question_beside(scene);
  ask(scene, question_of(view), lead_of(view));
  if (view.entries.empty()) {
    announcement(scene.ui, scene.body, Icon::empty, Tone::neutral, tr("这里暂时没有可以自助办理的事项"),
                 tr("这一类事项请到窗口办理，或请帮办人员帮您联系承办部门。"));
    return;
  }
  if (view.screenfuls > 1) pager(scene, view.screenful, view.screenfuls);
  else tip(scene, Icon::info, tr("没有您要办的？可以回首页用“搜索事项”，或请帮办人员协助。"));
  draw_entries(scene, view);
}

}  // namespace bangwu::screens
