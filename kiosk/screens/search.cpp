#include "screens/page_parts.h"
#include "screens/text_entry.h"
#include "session/choosing/view.h"

namespace bangwu::screens {
namespace {

using Mark = session::ListEntry::Mark;

std::string state_of(Mark mark) {
  switch (mark) {
    case Mark::bundle: return tr("套餐");
    case Mark::instant: return tr("即办");
    case Mark::elsewhere: return tr("不在本机办理");
    case Mark::none: break;
  }
  return {};
}

// What is done elsewhere is said with who does it, and cannot be opened. Article 8(4).
widgets::RowSpec row_for(const session::ListEntry& entry) {
  const bool is_here = entry.mark != Mark::elsewhere;
  return {.icon = entry.mark == Mark::bundle ? Icon::bundle
                  : is_here                  ? Icon::document
                                             : Icon::pin,
          .title = tr_catalogue(entry.name),
          .subtitle = is_here ? std::string{}
                              : trf("由{department}办理，电话 {telephone}",
                                    {{"department", tr_catalogue(entry.summary)}, {"telephone", entry.telephone}}),
          .state = state_of(entry.mark),
          .state_tone = is_here ? Tone::accent : Tone::neutral,
          .opens = is_here ? widgets::Opens::yes : widgets::Opens::no};
}

void draw_found(Scene& scene, const session::SearchView& view) {
  pager(scene, view.screenful, view.screenfuls);
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

void draw_nothing(Scene& scene) {
  scene.body.skip_top(note(scene.ui, scene.body, Icon::empty, nothing_words(scene.tools.place)));
  const std::vector<Line> ways{{"domains",
                                {.icon = Icon::list,
                                 .title = tr("按领域查找"),
                                 .subtitle = tr("看看六个领域里都有哪些事项"),
                                 .opens = widgets::Opens::yes}}};
  if (line_list(scene, "instead", ways)) scene.say(session::DomainsWanted{});
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
    draw_nothing(scene);
  } else {
    draw_found(scene, view);
  }
}

}  // namespace bangwu::screens
