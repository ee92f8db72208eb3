#include <algorithm>
#include <array>

#include "screens/dates.h"
#include "screens/names.h"
#include "screens/page_parts.h"
#include "screens/section.h"
#include "screens/value_words.h"
#include "session/checking/view.h"

namespace bangwu::screens {
namespace {

using session::CheckLine;
using Group = session::CheckLine::Group;

// `person`: the applicant is a natural person.
std::string label_of(const CheckLine& line, bool person) {
  if (!line.label.empty()) return tr_catalogue(line.label);
  if (line.id == "kind") return tr("申请人类型");
  if (line.id == "id") return person ? tr("证件号码") : tr("统一社会信用代码");
  if (line.id == "name") return person ? tr("姓名") : tr("单位名称");
  if (line.id == "agent_id") return tr("经办人证件号码");
  if (line.id == "agent_name") return tr("经办人姓名");
  if (line.id == "pickup") return tr("领取方式");
  return {};
}

std::string kind_words(const std::string& value) {
  for (const auto kind : {domain::ApplicantKind::natural_person, domain::ApplicantKind::legal_person,
                          domain::ApplicantKind::other_organisation}) {
    if (value == domain::name_of(kind)) return words_for(kind);
  }
  return value;
}

std::string value_of(const CheckLine& line) {
  if (line.id == "kind") return kind_words(line.value);
  if (line.group == Group::materials && line.count > 0) return page_count_words(line.count);
  if (line.count > 0) return row_count_words(line.count);
  if (line.value.empty()) return tr("未提供");
  if (line.value == "是" || line.value == "否") return tr(line.value);
  return line.value_is_catalogue_text ? tr_catalogue(line.value) : value_words(line.value);
}

std::string title_of(Group group) {
  switch (group) {
    case Group::applicant: return tr("申请人");
    case Group::form: return tr("申请表");
    case Group::materials: return tr("材料");
    case Group::pickup: return tr("领取");
  }
  return {};
}

struct Columns {
  float label = 0, value = 0, button = 0;
  bool person = true;
};

Columns columns_of(Ui& ui, float width, const widgets::ButtonSpec& change) {
  const auto& theme = ui.theme();
  Columns columns;
  columns.button = widgets::size_of(ui, change).w;
  const float rest = width - columns.button - 2 * theme.gap;
  columns.label = std::floor(rest * 0.38F);
  columns.value = rest - columns.label;
  return columns;
}

float line_height(Ui& ui, const CheckLine& line, const Columns& columns) {
  const float words = std::max(ui.measure(label_of(line, columns.person), TextStyle::small, columns.label).h,
                               ui.measure(value_of(line), TextStyle::body, columns.value).h);
  return std::max(words, ui.theme().target) + ui.theme().gap;
}

void draw_line(Scene& scene, Rect row, const CheckLine& line, const Columns& columns,
               const widgets::ButtonSpec& change) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto& palette = ui.palette();
  Rect button = row.take_right(columns.button, theme.gap);
  button = button.centred({button.w, theme.target});
  if (widgets::button(ui, "change:" + line.id, button, change)) scene.say(session::ChangeAsked{line.id});
  ui.text(row.take_left(columns.label, theme.gap), label_of(line, columns.person),
          {.style = TextStyle::small, .colour = palette.ink_soft, .vertical = VerticalAlign::middle});
  if (line.lacks) ui.icon(row.take_left(theme.icon, theme.gap / 2), Icon::warning, palette.warning);
  const bool nothing = line.value.empty() && line.count == 0;
  ui.text(row, value_of(line),
          {.style = nothing ? TextStyle::body : TextStyle::body_strong,
           .colour = line.lacks ? palette.warning
                     : nothing  ? palette.ink_soft
                                : palette.ink,
           .vertical = VerticalAlign::middle});
}

void draw_group(Scene& scene, Rect& area, const std::vector<const CheckLine*>& lines, bool person) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const widgets::ButtonSpec change{.label = tr("更改"), .kind = ButtonKind::secondary};
  const float inner = area.w - 2 * theme.space;
  auto columns = columns_of(ui, inner, change);
  columns.person = person;
  const float head = theme.type(TextStyle::heading).line + theme.gap;
  float height = head + 2 * theme.gap;
  for (const auto* line : lines) height += line_height(ui, *line, columns);
  ui.card({area.x, area.y, area.w, height});
  Rect inside{area.x + theme.space, area.y + theme.gap, inner, height};
  ui.text(inside.take_top(head), title_of(lines.front()->group),
          {.style = TextStyle::heading, .vertical = VerticalAlign::middle, .role = Role::heading});
  for (const auto* line : lines) {
    ui.fill({inside.x, inside.y, inside.w, theme.line_width}, ui.palette().line);
    const Rect row = inside.take_top(line_height(ui, *line, columns));
    draw_line(scene, row, *line, columns, change);
  }
  area.y += height + theme.gap;
}

}  // namespace

void draw_check_screen(Scene& scene, const session::CheckView& view) {
  ask(scene, tr("请核对全部信息"), tr_catalogue(view.procedure));
  const bool lacks = std::any_of(view.lines.begin(), view.lines.end(), [](const auto& line) { return line.lacks; });
  const bool person = std::any_of(view.lines.begin(), view.lines.end(), [](const auto& line) {
    return line.id == "kind" && line.value == domain::name_of(domain::ApplicantKind::natural_person);
  });
  if (lacks)
    widgets::banner(scene.ui, scene.body, Tone::warning,
                    tr("有必要的内容还没有提供。现在补上最快；也可以先提交，之后按窗口的补正意见补交。"));
  widgets::scroll_area(scene.ui, "check", scene.body, scene.state.scroll, [&](Rect area) {
    Cards cards{scene.ui, area};
    for (const auto group : {Group::applicant, Group::form, Group::materials, Group::pickup}) {
      std::vector<const CheckLine*> lines;
      for (const auto& line : view.lines) {
        if (line.group == group) lines.push_back(&line);
      }
      if (!lines.empty()) draw_group(scene, cards.next(), lines, person);
    }
    return cards.height();
  });
}

}  // namespace bangwu::screens
