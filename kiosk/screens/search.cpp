#include <algorithm>

#include "screens/page_parts.h"
#include "screens/text_entry.h"

namespace bangwu::screens {
namespace {

widgets::RowSpec row_for(const session::ListEntry& entry) {
  return {.icon = entry.is_bundle ? Icon::bundle : Icon::document,
          .title = tr_catalogue(entry.name),
          .state = entry.is_bundle ? tr("套餐") : entry.instant ? tr("即办") : std::string{},
          .state_tone = Tone::accent,
          .opens = widgets::Opens::yes};
}

void draw_found(Scene& scene, const session::SearchView& view) {
  auto& ui = scene.ui;
  pager(scene, view.page, view.pages);
  widgets::scroll_area(ui, "found", scene.body, scene.state.scroll, [&](Rect area) {
    const float top = area.y;
    for (const auto& entry : view.found) {
      const auto row = row_for(entry);
      // Closer together than in other lists: all six shall be seen above or beside the keyboard.
      const float height = std::max(ui.px(17_mm), widgets::height_of(ui, row, area.w) - ui.px(3_mm));
      if (widgets::list_row(ui, "code:" + entry.code, {area.x, area.y, area.w, height}, row) == widgets::RowTouch::row) {
        scene.say(session::CodeChosen{entry.code});
      }
      area.y += height + ui.px(3_mm);
    }
    return area.y - top - ui.px(3_mm);
  });
}

// Article 8(4): what is not served here is explained, and somebody helps to find who does it.
std::string nothing_words(const Place& place) {
  auto words = tr("没有找到相关的事项，它可能不在本机的办理范围内。请换个说法再试，或请帮办人员告诉您由哪个部门办理。");
  if (!place.telephone.empty()) words += trf("电话：{telephone}", {{"telephone", place.telephone}});
  return words;
}

}  // namespace

void draw_search_screen(Scene& scene, const session::SearchView& view) {
  const Rect keys = key_bed(scene, Keys::text);
  ask(scene, tr("您要办什么事？"));
  // Letters find at once, by pinyin or initials; 中 / 英 is there for who wants Hanzi.
  const auto entered = text_entry(scene, keys, {.label = tr("搜索事项"), .value = view.typed, .placeholder = tr("事项名称、拼音或首字母"),
                                                .most_characters = 30, .first = FirstLayout::letters});
  if (entered.text) scene.say(session::TextChanged{*entered.text});
  if (view.typed.empty()) {
    note(scene.ui, scene.body, Icon::info, tr("可以输入事项名称里的字，如“餐饮”；也可以输入拼音或首字母，如“canyin”“cy”。"));
  } else if (view.found.empty()) {
    note(scene.ui, scene.body, Icon::empty, nothing_words(scene.tools.place));
  } else {
    draw_found(scene, view);
  }
}

}  // namespace bangwu::screens
