#include "screens/names.h"
#include "screens/page_parts.h"

namespace bangwu::screens {
namespace {

std::string question_of(const session::ListView& view) {
  if (view.of == session::ListView::Of::bundles) return tr("请选择“一件事”套餐");
  return view.domain ? words_for(*view.domain) : tr("请选择事项");
}

Door door_for(const session::ListEntry& entry, const session::ListView& view) {
  const Icon icon = entry.is_bundle ? Icon::bundle : view.domain ? icon_of(*view.domain) : Icon::document;
  return {"code:" + entry.code,
          {.icon = icon, .title = tr_catalogue(entry.name), .subtitle = tr_catalogue(entry.summary),
           .badge = entry.instant ? tr("即办") : std::string{}}};
}

}  // namespace

void draw_list_screen(Scene& scene, const session::ListView& view) {
  const bool bundles = view.of == session::ListView::Of::bundles;
  ask(scene, question_of(view), bundles ? tr("一个套餐里的事项一次申请，相同的信息和材料只要一份") : tr("请选择要办理的事项"));
  if (view.entries.empty()) {
    announcement(scene.ui, scene.body, Icon::empty, Tone::neutral, tr("这里暂时没有可以自助办理的事项"),
                 tr("这一类事项请到窗口办理，或请帮办人员帮您联系承办部门。"));
    return;
  }
  pager(scene, view.page, view.pages);
  std::vector<Door> tiles;
  for (const auto& entry : view.entries) tiles.push_back(door_for(entry, view));
  if (const auto touched = doors(scene, tiles, scene.theme().landscape() ? 2 : 1)) {
    scene.say(session::CodeChosen{view.entries[*touched].code});
  }
}

}  // namespace bangwu::screens
