#include "screens/number_entry.h"

#include <algorithm>
#include <array>
#include <span>

#include "domain/numbers.h"
#include "screens/dates.h"

namespace bangwu::screens {
namespace {

struct Places {
  int count = 0;
  std::string after{};  ///< words behind the group, e.g. 年
};

std::vector<Places> places_of(NumberFormat format) {
  if (format == NumberFormat::id_number) return {{6, {}}, {8, {}}, {4, {}}};
  if (format == NumberFormat::date) return {{4, tr("年")}, {2, tr("月")}, {2, tr("日")}};
  return {};
}

// One place for each character: what is missing or too much is seen at once.
void draw_places(Ui& ui, Rect area, const std::vector<Places>& groups, std::string_view value, bool wrong) {
  const auto& palette = ui.palette();
  const auto& theme = ui.theme();
  int total = 0;
  float words = 0;
  for (const auto& group : groups) {
    total += group.count;
    words += group.after.empty() ? theme.space : ui.line_width(group.after, TextStyle::heading) + theme.gap * 1.5F;
  }
  if (groups.back().after.empty()) words -= theme.space;
  const float cell = std::floor(std::min((area.w - words) / static_cast<float>(total), ui.px(17_mm)));
  float x = area.x + std::floor((area.w - words - cell * static_cast<float>(total)) / 2);
  std::size_t at = 0;
  for (const auto& group : groups) {
    for (int i = 0; i < group.count; ++i, ++at, x += cell) {
      const Rect place{x, area.y, cell, area.h};
      const bool next = at == value.size();
      const Rect line{x + cell * 0.1F, area.bottom() - theme.line_width * 2, cell * 0.8F, theme.line_width * 2};
      ui.fill(line, wrong               ? palette.error
                    : next              ? palette.accent
                    : at < value.size() ? palette.ink_soft
                                        : palette.line);
      if (at < value.size()) {
        ui.text(place, value.substr(at, 1),
                {.style = TextStyle::title,
                 .align = Align::centre,
                 .vertical = VerticalAlign::middle,
                 .role = std::nullopt});
      }
    }
    if (group.after.empty()) {
      x += theme.space;
      continue;
    }
    const float width = ui.line_width(group.after, TextStyle::heading) + theme.gap * 1.5F;
    ui.text({x, area.y, width, area.h}, group.after,
            {.style = TextStyle::heading,
             .colour = palette.ink_soft,
             .align = Align::centre,
             .vertical = VerticalAlign::middle,
             .role = std::nullopt});
    x += width;
  }
}

std::string shown_form(NumberFormat format, const std::string& value) {
  switch (format) {
    case NumberFormat::money: return thousands(value);
    case NumberFormat::telephone: return domain::group_for_reading(value);
    case NumberFormat::id_number:
    case NumberFormat::date:
    case NumberFormat::plain: break;
  }
  return value;
}

void draw_free(Ui& ui, Rect area, const NumberEntry& entry, const std::string& value) {
  const auto unit = entry.format == NumberFormat::money ? tr("元") : std::string{};
  const auto shown = shown_form(entry.format, value);
  const auto& palette = ui.palette();
  const float unit_width = unit.empty() ? 0 : ui.line_width(unit, TextStyle::heading) + ui.theme().gap;
  const float width = ui.line_width(shown, TextStyle::title);
  const float caret = ui.theme().line_width * 2;
  const float x = area.x + std::floor((area.w - width - unit_width - caret * 2) / 2);
  ui.text({x, area.y, width + 1, area.h}, shown,
          {.style = TextStyle::title, .vertical = VerticalAlign::middle, .role = std::nullopt});
  ui.fill({x + width + caret, area.y + area.h * 0.18F, caret, area.h * 0.64F}, palette.accent);
  if (unit.empty()) return;
  ui.text({x + width + caret * 2, area.y, unit_width, area.h}, unit,
          {.style = TextStyle::heading,
           .colour = palette.ink_soft,
           .align = Align::right,
           .vertical = VerticalAlign::middle,
           .role = std::nullopt});
}

void draw_box(Scene& scene, const NumberEntry& entry, const std::string& value) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const bool wrong = !entry.error.empty();
  const Rect box = scene.body.take_top(ui.px(31_mm), theme.gap);
  ui.item({.id = "input",
           .role = Role::field,
           .label = entry.label,
           .value = value,
           .rect = box,
           .visible = box,
           .focused = true});
  ui.round(box, ui.palette().surface, theme.radius_small);
  ui.outline(box, wrong ? ui.palette().error : ui.palette().accent, theme.radius_small, theme.line_width * 2);
  const auto groups = places_of(entry.format);
  const Rect inside = box.inset(theme.gap, theme.gap * 1.5F);
  if (groups.empty()) draw_free(ui, inside, entry, value);
  else draw_places(ui, inside, groups, value, wrong);
  draw_remark(scene, entry.error, entry.warning, entry.hint);
}

}  // namespace

Entered number_entry(Scene& scene, Rect keys, const NumberEntry& entry) {
  const auto edits = widgets::number_pad(scene.ui, keys, {.extra_key = entry.extra_key});
  Entered entered;
  std::string value = entry.value;
  entered.done = widgets::apply(edits, value, entry.most_characters);
  draw_box(scene, entry, value);
  if (value != entry.value) entered.text = std::move(value);
  return entered;
}

// Some cards and codes are printed with a check that does not fit: nobody is sent away for it.
void offer_printed_so(Scene& scene) {
  const Rect place = scene.body.take_top(scene.theme().button_height, scene.theme().space);
  if (widgets::button(scene.ui, "printed_so", place,
                      {.label = tr("逐位核对过，证件上就是这个号码"), .kind = ButtonKind::secondary})) {
    scene.say(session::PrintedSoConfirmed{});
  }
  const std::string then = tr("核对过、一位不差，就点上面。窗口会对照证件再核对一次。");
  if (scene.ui.measure(then, TextStyle::body, scene.body.w).h <= scene.body.h)
    widgets::paragraph(scene.ui, scene.body, then);
}

}  // namespace bangwu::screens
