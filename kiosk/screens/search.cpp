#include "screens/page_parts.h"
#include "screens/text_entry.h"
#include "session/choosing/view.h"

namespace bangwu::screens {
namespace {

widgets::RowSpec row_for(const session::ListEntry& entry) {
  return {.icon = entry.is_bundle ? Icon::bundle : Icon::document,
          .title = tr_catalogue(entry.name),
          .state = entry.is_bundle ? tr("套餐")
                   : entry.instant ? tr("即办")
                                   : std::string{},
          .state_tone = Tone::accent,
          .opens = widgets::Opens::yes};
}

void draw_found(Scene& scene, const session::SearchView& view) {
  pager(scene, view.page, view.pages);
  std::vector<Line> lines;
  for (const auto& entry : view.found) lines.push_back({"code:" + entry.code, row_for(entry)});
  if (const auto touched = line_list(scene, "found", lines)) scene.say(session::CodeChosen{view.found[*touched].code});
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
  const auto entered = text_entry(scene, keys,
                                  {.label = tr("搜索事项"),
                                   .value = view.typed,
                                   .placeholder = tr("事项名称、拼音或首字母"),
                                   .most_characters = 30,
                                   .first = FirstLayout::letters});
  if (entered.text) scene.say(session::TextChanged{*entered.text});
  if (view.typed.empty()) {
    note(scene.ui, scene.body, Icon::info,
         tr("可以输入事项名称里的字，如“餐饮”；也可以输入拼音或首字母，如“canyin”“cy”。"));
  } else if (view.found.empty()) {
    note(scene.ui, scene.body, Icon::empty, nothing_words(scene.tools.place));
  } else {
    draw_found(scene, view);
  }
}

}  // namespace bangwu::screens
