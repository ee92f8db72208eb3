#include "screens/dates.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"

namespace bangwu::screens {
namespace {

void draw_files(Scene& scene, const session::FilesView& view) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < view.files.size(); ++i) {
    const auto& file = view.files[i];
    lines.push_back({"file:" + std::to_string(i),
                     {.icon = file.kind == "PDF" ? Icon::pages : Icon::document,
                      .title = file.name,
                      .subtitle = file.kind + " · " + size_words(file.size),
                      .opens = widgets::Opens::yes}});
  }
  if (const auto touched = line_list(scene, "files", lines)) scene.say(session::FileChosen{view.files[*touched].file});
}

}  // namespace

void draw_files_screen(Scene& scene, const session::FilesView& view) {
  auto& ui = scene.ui;
  question_beside(scene);
  ask(scene, tr("请选择文件"), trf("用作“{material}”", {{"material", tr_catalogue(view.material.name)}}));
  if (view.fault != domain::PageFault::none) {
    const auto problem = words_for(view.fault, Captured::no_file);
    remark(scene, Tone::warning, problem.words, problem.title);
  }
  if (view.files.empty() || view.pages == 1) tip(scene, Icon::shield, tr("只读取您选中的文件，不会改动U盘里的内容。"));
  if (view.still_looking) {
    widgets::busy(ui, "looking", scene.body, tr("正在查找文件…"));
  } else if (!view.medium_present) {
    announcement(ui, scene.body, Icon::usb, Tone::accent, tr("请插入U盘"),
                 tr("插入后，这里会列出可以导入的图片和 PDF 文件。"));
  } else if (view.files.empty()) {
    announcement(ui, scene.body, Icon::empty, Tone::neutral, tr("没有可以导入的文件"),
                 tr("U盘里没有 JPEG、PNG、TIFF 图片或 PDF 文件。请换一个U盘，或改用扫描。"));
  } else {
    pager(scene, view.page, view.pages);
    draw_files(scene, view);
  }
}

}  // namespace bangwu::screens
