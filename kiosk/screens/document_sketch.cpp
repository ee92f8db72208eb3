#include "screens/document_sketch.h"

#include <algorithm>

namespace bangwu::screens {
namespace {

constexpr float kCardShape = 85.6F / 54.0F;  // ISO/IEC 7810 ID-1
constexpr float kLicenceShape = 420.F / 297.F;

// A rectangle inside another, all four in parts of its width and height.
Rect part(Rect whole, float x, float y, float w, float h) {
  return {std::round(whole.x + whole.w * x), std::round(whole.y + whole.h * y), std::round(whole.w * w),
          std::round(whole.h * h)};
}

void draw_ground(Ui& ui, Rect sheet) {
  ui.card(sheet);
  ui.outline(sheet, ui.palette().line, ui.theme().radius, ui.theme().line_width);
}

void draw_bar(Ui& ui, Rect bar) { ui.round(bar, ui.palette().sunken, std::min(bar.h / 2, ui.theme().radius_small)); }

void draw_mark(Ui& ui, Rect place, std::string_view words) {
  const auto& palette = ui.palette();
  ui.round(place, palette.accent_soft, ui.theme().radius_small);
  ui.outline(place, palette.accent, ui.theme().radius_small, ui.theme().line_width * 2);
  ui.text(place.inset(ui.theme().gap / 2, 0), words,
          {.style = TextStyle::small_strong,
           .colour = palette.accent,
           .align = Align::centre,
           .vertical = VerticalAlign::middle,
           .max_lines = 1,
           .role = std::nullopt});
}

void draw_card(Ui& ui, Rect card, bool number) {
  draw_ground(ui, card);
  const Rect photo = part(card, 0.67F, 0.14F, 0.24F, 0.5F);
  ui.round(photo, ui.palette().sunken, ui.theme().radius_small);
  ui.icon(photo.inset(photo.w * 0.2F), Icon::person, ui.palette().outline);
  for (int row = 0; row < 4; ++row) {
    const float y = 0.14F + 0.14F * static_cast<float>(row);
    if (row == 0 && !number) continue;
    draw_bar(ui, part(card, 0.08F, y, 0.1F, 0.06F));
    draw_bar(ui, part(card, 0.22F, y, row == 3 ? 0.36F : 0.2F, 0.06F));
  }
  const auto words = tr("在这里");
  if (number) draw_mark(ui, part(card, 0.08F, 0.74F, 0.83F, 0.16F), words);
  else draw_mark(ui, part(card, 0.08F, 0.09F, 0.5F, 0.16F), words);
  if (!number) draw_bar(ui, part(card, 0.08F, 0.79F, 0.83F, 0.07F));
}

void draw_licence(Ui& ui, Rect sheet, bool code) {
  draw_ground(ui, sheet);
  ui.outline(sheet.inset(sheet.h * 0.04F), ui.palette().line, ui.theme().radius_small, ui.theme().line_width);
  const bool small = sheet.h < ui.px(70_mm);
  ui.text(part(sheet, 0.1F, 0.24F, 0.8F, 0.14F), tr("营业执照"),
          {.style = small ? TextStyle::small_strong : TextStyle::heading,
           .colour = ui.palette().outline,
           .align = Align::centre,
           .vertical = VerticalAlign::middle,
           .max_lines = 1,
           .role = std::nullopt});
  for (int row = 0; row < 4; ++row) {
    const float y = 0.44F + 0.12F * static_cast<float>(row);
    if (row == 0 && !code) continue;
    draw_bar(ui, part(sheet, 0.1F, y, 0.1F, 0.05F));
    draw_bar(ui, part(sheet, 0.23F, y, 0.24F, 0.05F));
    draw_bar(ui, part(sheet, 0.55F, y, 0.1F, 0.05F));
    draw_bar(ui, part(sheet, 0.68F, y, 0.2F, 0.05F));
  }
  if (code) draw_mark(ui, part(sheet, 0.08F, 0.08F, 0.5F, 0.13F), tr("在这里"));
  else draw_mark(ui, part(sheet, 0.08F, 0.4F, 0.5F, 0.13F), tr("在这里"));
}

}  // namespace

void draw_sketch(Scene& scene, Sketch sketch) {
  auto& ui = scene.ui;
  const Rect room = scene.body.inset(0, scene.theme().gap);
  if (room.h < ui.px(48_mm)) return;
  const bool card = sketch == Sketch::card_number || sketch == Sketch::card_name;
  const float height = std::min({room.h, ui.px(92_mm), room.w / kCardShape});
  const Rect sheet = room.centred({std::floor(height * (card ? kCardShape : kLicenceShape)), height});
  if (card) draw_card(ui, sheet, sketch == Sketch::card_number);
  else draw_licence(ui, sheet, sketch == Sketch::licence_code);
}

}  // namespace bangwu::screens
