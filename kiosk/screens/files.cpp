#include <algorithm>

#include "screens/dates.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"

namespace bangwu::screens {
namespace {

void draw_rows(Scene& scene, const session::FilesView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const int columns = theme.landscape() ? 2 : 1;
  const float width = (scene.body.w - theme.gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  std::vector<widgets::RowSpec> rows;
  float height = ui.px(26_mm);
  for (const auto& file : view.files) {
    rows.push_back({.icon = file.kind == "PDF" ? Icon::pages : Icon::document, .title = file.name,
                    .subtitle = file.kind + " · " + size_words(file.size), .opens = widgets::Opens::yes});
    height = std::max(height, widgets::height_of(ui, rows.back(), width));
  }
  const auto cells = scene.body.grid(static_cast<int>(rows.size()), columns, height, theme.gap);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool touched = widgets::list_row(ui, "file:" + std::to_string(i), cells[i], rows[i]) == widgets::RowTouch::row;
    if (touched) scene.say(session::FileChosen{view.files[i].file});
  }
}

}  // namespace

void draw_files_screen(Scene& scene, const session::FilesView& view) {
  auto& ui = scene.ui;
  ask(scene, tr("请选择文件"), trf("用作“{material}”", {{"material", tr_catalogue(view.material.name)}}));
  if (view.fault != domain::PageFault::none) {
    const auto problem = words_for(view.fault);
    widgets::banner(ui, scene.body, Tone::warning, problem.words, problem.title);
    scene.body.skip_top(scene.theme().gap);
  }
  tip(scene, Icon::shield, tr("只读取您选中的文件，不会改动U盘里的内容。"));
  if (view.still_looking) {
    widgets::busy(ui, "looking", scene.body, tr("正在查找文件…"));
    return;
  }
  if (!view.medium_present) {
    announcement(ui, scene.body, Icon::usb, Tone::accent, tr("请插入U盘"), tr("插入后，这里会列出可以导入的图片和 PDF 文件。"));
    return;
  }
  if (view.files.empty()) {
    announcement(ui, scene.body, Icon::empty, Tone::neutral, tr("没有可以导入的文件"),
                 tr("U盘里没有 JPEG、PNG、TIFF 图片或 PDF 文件。请换一个U盘，或改用扫描。"));
    return;
  }
  pager(scene, view.page, view.pages);
  draw_rows(scene, view);
}

}  // namespace bangwu::screens
