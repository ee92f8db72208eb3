#include "screens/page_parts.h"
#include "screens/text_entry.h"

namespace bangwu::screens {
namespace {

void draw_found(Scene& scene, const session::SearchView& view) {
  auto& ui = scene.ui;
  pager(scene, view.page, view.pages);
  for (const auto& entry : view.found) {
    const widgets::RowSpec row{.icon = entry.is_bundle ? Icon::bundle : Icon::document,
                               .title = tr_catalogue(entry.name),
                               .state = entry.is_bundle ? tr("套餐") : entry.instant ? tr("即办") : std::string{},
                               .state_tone = Tone::accent,
                               .opens = widgets::Opens::yes};
    const Rect area = scene.body.take_top(widgets::height_of(ui, row, scene.body.w), scene.theme().gap);
    if (widgets::list_row(ui, "code:" + entry.code, area, row) == widgets::RowTouch::row) scene.say(session::CodeChosen{entry.code});
  }
}

void draw_results(Scene& scene, const session::SearchView& view) {
  if (view.typed.empty()) {
    note(scene.ui, scene.body, Icon::info, tr("可以输入事项名称里的字，如“餐饮”；也可以输入拼音或首字母，如“canyin”“cy”。"));
  } else if (view.found.empty()) {
    note(scene.ui, scene.body, Icon::empty,
         tr("没有找到相关的事项，它可能不在本机的办理范围内。请换个说法再试，或请帮办人员告诉您由哪个部门办理。"));
  } else {
    draw_found(scene, view);
  }
}

}  // namespace

void draw_search_screen(Scene& scene, const session::SearchView& view) {
  ask(scene, tr("您要办什么事？"));
  // Letters find at once, by pinyin or initials; 中 / 英 is there for who wants Hanzi.
  const TextEntry entry{.label = tr("搜索事项"), .value = view.typed, .placeholder = tr("事项名称、拼音或首字母"), .most_characters = 30, .first = FirstLayout::letters};
  const auto entered = text_entry(scene, keys, entry);
  if (entered.text) scene.say(session::TextChanged{*entered.text});
  draw_results(scene, view);
}

}  // namespace bangwu::screens
