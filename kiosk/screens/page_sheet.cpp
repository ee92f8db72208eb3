#include "screens/page_sheet.h"

#include <algorithm>

#include "session/capture/view.h"

namespace bangwu::screens {
namespace {

constexpr float kPaperShape = 297.F / 210.F;  // ISO 216

Rect sheet_in(Rect area) {
  const float width = std::floor(std::min(area.w, area.h / kPaperShape));
  return area.centred({width, std::floor(width * kPaperShape)});
}

const widgets::Picture* picture_of(Scene& scene, session::PageKey key, Detail detail) {
  if (!scene.tools.pages) return nullptr;
  const auto* picture = detail == Detail::large ? scene.tools.pages->picture(key) : nullptr;
  return picture ? picture : scene.tools.pages->thumbnail(key);
}

}  // namespace

widgets::Rotation rotation_of(int quarter_turns) {
  return static_cast<widgets::Rotation>(((quarter_turns % 4) + 4) % 4);
}

void empty_sheet(Ui& ui, Rect area, std::string_view words) {
  const Rect sheet = sheet_in(area);
  ui.round(sheet, ui.palette().surface, ui.theme().radius_small);
  ui.outline(sheet, ui.palette().line, ui.theme().radius_small, ui.theme().line_width);
  ui.text(sheet.inset(ui.theme().gap), words,
          {.style = TextStyle::small,
           .colour = ui.palette().ink_soft,
           .align = Align::centre,
           .vertical = VerticalAlign::middle,
           .role = std::nullopt});
}

bool sheet_button(Scene& scene, std::string_view id, Rect area, const session::PageThumb& page, std::string_view label,
                  Detail detail) {
  auto& ui = scene.ui;
  if (const auto* picture = picture_of(scene, page.key, detail)) {
    return widgets::picture_button(ui, id, area, *picture, label, rotation_of(page.quarter_turns), false);
  }
  const auto touch = ui.item({.id = std::string{id},
                              .role = Role::image,
                              .label = std::string{label},
                              .value = {},
                              .rect = area,
                              .visible = area,
                              .touchable = true});
  empty_sheet(ui, area, tr("正在准备…"));
  return touch.clicked;
}

}  // namespace bangwu::screens
