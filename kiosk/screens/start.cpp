#include <algorithm>
#include <array>

#include "base/clock.h"
#include "screens/dates.h"
#include "screens/names.h"
#include "screens/page_parts.h"
#include "screens/staff_words.h"
#include "session/start_view.h"

namespace bangwu::screens {
namespace {

constexpr Colour kHeroSoft{255, 255, 255, 36};

// The six domains of Article 3, for a look at what can be done here; the whole surface is one target, so they have
// nothing of buttons.
void draw_domain_marks(Ui& ui, Rect area) {
  const auto& theme = ui.theme();
  ui.fill(area.take_top(theme.line_width, theme.gap), kHeroSoft);
  const auto cells = area.grid(6, 3, std::floor((area.h - theme.gap) / 2), theme.gap);
  for (std::size_t i = 0; i < std::size(domain::kDomains); ++i) {
    Rect inside = cells[i].inset(0, theme.gap / 4);
    const float mark = theme.icon * 1.3F;
    ui.icon(inside.take_left(mark, theme.gap * 0.75F).centred({mark, mark}), icon_of(domain::kDomains[i]),
            ui.palette().on_accent);
    ui.text(inside, words_for(domain::kDomains[i]),
            {.style = TextStyle::small_strong,
             .colour = ui.palette().on_accent,
             .vertical = VerticalAlign::middle,
             .max_lines = 3,
             .role = std::nullopt});
  }
}

// The way most people come for: the only filled surface of the page.
void draw_apply(Scene& scene, Rect area) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto& palette = ui.palette();
  const auto title = tr("办事申请");
  const auto words = tr("选事项、填表、交材料、签名提交");
  const auto touch = ui.item({.id = "entry:apply",
                              .role = Role::tile,
                              .label = title,
                              .value = words,
                              .rect = area,
                              .visible = area,
                              .touchable = true});
  ui.round(area, touch.held ? palette.accent_pressed : palette.accent, theme.radius);
  Rect inside = area.inset(theme.space);
  const Rect marks = inside.take_bottom(std::floor(std::min(inside.h * 0.54F, ui.px(60_mm))), theme.gap * 1.5F);
  const float size = std::min(ui.px(34_mm), inside.h);
  const Rect mark = inside.take_left(size, theme.space).centred({size, size});
  ui.round(mark, kHeroSoft, theme.radius);
  ui.icon(mark.inset(std::round(size * 0.18F)), Icon::assisted_self_service, palette.on_accent);
  ui.icon(inside.take_right(theme.icon * 1.4F, theme.gap), Icon::chevron_right, palette.on_accent);
  const float title_height = theme.type(TextStyle::title).line;
  const float words_height = ui.measure(words, TextStyle::body, inside.w).h;
  inside.skip_top(std::max(0.F, (inside.h - title_height - words_height - theme.gap) / 2));
  ui.text(inside.take_top(title_height, theme.gap), title,
          {.style = TextStyle::title, .colour = palette.on_accent, .role = std::nullopt});
  ui.text(inside, words, {.colour = palette.on_accent, .role = std::nullopt});
  draw_domain_marks(ui, marks);
  if (touch.clicked) scene.say(session::EntryChosen{session::Entry::apply});
}

void draw_other_ways(Scene& scene, const std::vector<Rect>& areas) {
  const std::array specs{
      widgets::TileSpec{.icon = Icon::bundle, .title = tr("“一件事”套餐"), .subtitle = tr("几个相关事项，一次申请")},
      widgets::TileSpec{.icon = Icon::search, .title = tr("搜索事项"), .subtitle = tr("汉字、拼音或首字母")},
      widgets::TileSpec{
          .icon = Icon::rate, .title = tr("满意度评价"), .subtitle = tr("说说您对服务的感受，自愿、可匿名")}};
  constexpr std::array kIds{"entry:bundles", "entry:search", "entry:rate"};
  constexpr std::array kEntries{session::Entry::bundles, session::Entry::search, session::Entry::rate};
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (widgets::tile(scene.ui, kIds[i], areas[i], specs[i])) scene.say(session::EntryChosen{kEntries[i]});
  }
}

struct Stage {
  Icon icon;
  std::string words;
};

std::array<Stage, 4> stages() {
  return {Stage{Icon::list, tr("选事项，看清条件和材料")}, Stage{Icon::form, tr("填写申请表")},
          Stage{Icon::scan_flatbed, tr("扫描或导入材料")}, Stage{Icon::sign, tr("核对、签名、提交")}};
}

void draw_mark(Ui& ui, Rect mark, Icon icon) {
  ui.circle(mark, ui.palette().accent_soft);
  ui.icon(mark.inset(std::round(mark.w * 0.25F)), icon, ui.palette().accent);
}

// All marks of the row stand on one line: `words_height` is that of the longest.
void draw_stage(Ui& ui, Rect cell, const Stage& stage, float words_height, bool last) {
  const auto& theme = ui.theme();
  const float size = ui.px(20_mm);
  cell.skip_top(std::max(0.F, (cell.h - size - theme.gap - words_height) / 2));
  const Rect row = cell.take_top(size, theme.gap);
  draw_mark(ui, {row.x + std::round((row.w - size) / 2), row.y, size, size}, stage.icon);
  if (!last)
    ui.icon({row.right() - theme.icon / 2 + theme.gap / 2, row.y, theme.icon, row.h}, Icon::chevron_right,
            ui.palette().outline);
  ui.text(cell, stage.words, {.style = TextStyle::small, .align = Align::centre});
}

// What will happen, before anything is touched.
void draw_course(Ui& ui, Rect area) {
  const auto& theme = ui.theme();
  ui.card(area);
  Rect inside = area.inset(theme.space, theme.gap * 1.5F);
  ui.text(inside.take_top(theme.type(TextStyle::heading).line, theme.gap / 2), tr("办理过程"),
          {.style = TextStyle::heading});
  const auto all = stages();
  const auto cells = inside.columns(static_cast<int>(all.size()), theme.gap);
  float words_height = 0;
  for (const auto& stage : all)
    words_height = std::max(words_height, ui.measure(stage.words, TextStyle::small, cells.front().w).h);
  for (std::size_t i = 0; i < all.size(); ++i) draw_stage(ui, cells[i], all[i], words_height, i + 1 == all.size());
}

// The same on one line: lying panels have width to give away.
void draw_course_line(Ui& ui, Rect area) {
  const auto& theme = ui.theme();
  ui.card(area);
  Rect inside = area.inset(theme.space, theme.gap);
  const auto name = tr("办理过程");
  ui.text(inside.take_left(ui.line_width(name, TextStyle::heading) + 1, theme.space), name,
          {.style = TextStyle::heading, .vertical = VerticalAlign::middle, .max_lines = 1});
  const auto all = stages();
  const auto cells = inside.columns(static_cast<int>(all.size()), theme.gap);
  for (std::size_t i = 0; i < all.size(); ++i) {
    Rect cell = cells[i];
    if (i + 1 < all.size()) ui.icon(cell.take_right(theme.icon), Icon::chevron_right, ui.palette().outline);
    const float size = std::min(ui.px(16_mm), cell.h);
    draw_mark(ui, cell.take_left(size, theme.gap).centred({size, size}), all[i].icon);
    ui.text(cell, all[i].words, {.style = TextStyle::small, .vertical = VerticalAlign::middle});
  }
}

std::string help_words(const Place& place) {
  auto words = tr("帮办代办一律免费，只有法律、法规、规章规定必须由申请人缴纳的费用除外。");
  if (!place.zone.empty())
    words += trf("需要帮助，请到{zone}，或请身边的帮办人员协助。", {{"zone", tr_catalogue(place.zone)}});
  else words += tr("需要帮助，请身边的帮办人员协助。");
  if (!place.telephone.empty()) words += trf("电话：{telephone}", {{"telephone", place.telephone}});
  return words;
}

void draw_portrait(Scene& scene) {
  Rect& body = scene.body;
  const auto& theme = scene.theme();
  const float rest = body.h - 3 * theme.gap;
  draw_apply(scene, body.take_top(std::floor(rest * 0.38F), theme.gap));
  const float row = std::floor(rest * 0.19F);
  auto areas = body.take_top(row, theme.gap).columns(2, theme.gap);
  areas.push_back(body.take_top(std::floor(row * 0.85F), theme.gap));
  draw_other_ways(scene, areas);
  draw_course(scene.ui, body);
}

void draw_landscape(Scene& scene) {
  Rect& body = scene.body;
  const auto& theme = scene.theme();
  draw_course_line(scene.ui, body.take_bottom(scene.ui.px(27_mm), theme.gap));
  draw_apply(scene, widgets::take_columns(scene.ui, body, 2));
  draw_other_ways(scene, body.rows(3, theme.gap));
}

}  // namespace

void draw_start_screen(Scene& scene, const session::StartView& view) {
  // Under a wrong clock no date is better than a wrong one.
  const auto remark =
      scene.now ? trf("帮自助办，帮办人员在旁协助 · {date}", {{"date", long_date_words(base::china_date(*scene.now))}})
                : tr("帮自助办，帮办人员在旁协助");
  ask(scene, tr("您好，请选择要办的事"), remark);
  tip(scene, Icon::people, help_words(scene.tools.place));
  if (!view.staff.empty()) tip(scene, Icon::settings, staff_words(view.staff));
  if (scene.theme().landscape()) draw_landscape(scene);
  else draw_portrait(scene);
}

}  // namespace bangwu::screens
