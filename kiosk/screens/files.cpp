#include "screens/dates.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "session/capture/view.h"

namespace bangwu::screens {
namespace {

widgets::RowSpec row_of(const session::FileOffer& file) {
  const bool is_sound = file.fault == domain::PageFault::none;
  std::string words = is_sound ? std::string() : reason_for(file.fault);
  if (file.size > 0) words = size_words(file.size) + (words.empty() ? "" : " · ") + words;
  if (!file.kind.empty()) words = file.kind + (words.empty() ? "" : " · ") + words;
  return {.icon = file.kind == "PDF" ? Icon::pages : Icon::document,
          .icon_tone = is_sound ? Tone::accent : Tone::neutral,
          .title = file.name,
          .subtitle = words,
          .opens = is_sound ? widgets::Opens::yes : widgets::Opens::no,
          .enabled = is_sound ? widgets::Enabled::yes : widgets::Enabled::no};
}

void offer_the_rest(Scene& scene, std::uint64_t file) {
  const Rect place = scene.words().take_bottom(scene.theme().button_height, scene.theme().space);
  if (widgets::button(scene.ui, "files:rest", place, {.label = tr("只导入其余的页")})) {
    scene.say(session::FileChosen{file, session::FilePages::readable});
  }
}

void draw_files(Scene& scene, const session::FilesView& view) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < view.files.size(); ++i) {
    lines.push_back({"file:" + std::to_string(i), row_of(view.files[i])});
  }
  if (const auto touched = line_list(scene, "files", lines)) scene.say(session::FileChosen{view.files[*touched].file});
}

}  // namespace

void draw_files_screen(Scene& scene, const session::FilesView& view) {
  auto& ui = scene.ui;
  question_beside(scene);
  ask(scene, tr("请选择文件"), trf("用作“{material}”", {{"material", tr_catalogue(view.material.name)}}));
  if (view.fault != domain::PageFault::none) {
    const auto problem = words_for(view.fault, Captured::no_file, view.fault_page);
    remark(scene, Tone::warning, problem.words, problem.title);
  }
  using Medium = session::FilesView::Medium;
  if (view.rest_of && view.medium != Medium::looked_for) offer_the_rest(scene, *view.rest_of);
  if (view.files.empty() || view.screenfuls == 1)
    tip(scene, Icon::shield, tr("只读取您选中的文件，不会改动U盘里的内容。"));
  if (view.medium == Medium::looked_for) {
    widgets::busy(ui, "looking", scene.body, tr("正在查找文件…"));
  } else if (view.medium == Medium::absent) {
    announcement(ui, scene.body, Icon::usb, Tone::accent, tr("请插入U盘"),
                 tr("插入后，这里会列出可以导入的图片和 PDF 文件。"));
  } else if (view.files.empty()) {
    announcement(ui, scene.body, Icon::empty, Tone::neutral, tr("没有可以导入的文件"),
                 tr("U盘里没有 JPEG、PNG、TIFF 图片或 PDF 文件。请换一个U盘，或改用扫描。"));
  } else {
    pager(scene, view.screenful, view.screenfuls);
    draw_files(scene, view);
  }
}

}  // namespace bangwu::screens
