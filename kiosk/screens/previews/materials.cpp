#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using domain::PageFault;
using session::CaptureSource;
using session::FileOffer;

session::MaterialsView checklist(bool all_there) {
  session::MaterialsView view;
  for (const auto& material : sample_procedure().materials) {
    const bool needed = material.need == domain::MaterialNeed::required;
    view.lines.push_back({material, needed, 0, false});
  }
  view.lines[0].pages = 1;
  view.lines[2].pages = 3;
  view.lines[2].complete = true;
  if (!all_there) return view;
  view.all_there = true;
  for (auto& line : view.lines) {
    if (!line.needed) continue;
    line.pages = 2;
    line.complete = true;
  }
  return view;
}

std::vector<FileOffer> files() {
  return {{1, "身份证正面.jpg", "JPEG", 842'113},
          {2, "营业执照.png", "PNG", 2'417'000},
          {3, "湖塘镇人民东路158号新城南都商业广场3幢1201室平面布局图（最终版，盖章后扫描）.pdf", "PDF", 12'834'000},
          {4, "IMG_20261120_093012.jpg", "JPEG", 4'120'000},
          {5, "food safety rules.tiff", "TIFF", 18'200'000},
          {6, "操作流程.pdf", "PDF", 98'000}};
}

std::vector<FileOffer> unusable_files() {
  return {{1, "土地出让合同.pdf", "PDF", 842'113},
          {2, "IMG_2031.HEIC", "HEIC", 1'917'000, PageFault::file_heic},
          {3, "公司章程（2026年修订）.docx", "Office", 96'000, PageFault::file_document},
          {4, "平面图.bmp", "BMP", 24'120'054, PageFault::picture_kind},
          {5, "空文件.jpg", "", 0, PageFault::file_empty},
          {6, "2026年", "", 0, PageFault::folder_too_deep}};
}

void add_sources(std::vector<Preview>& all) {
  const auto page = frame(4, std::nullopt);
  const auto& material = sample_material();
  all.push_back(preview("source.all", page, session::SourceView{material, true, true, false, PageFault::none}));
  all.push_back(preview("source.looking", page, session::SourceView{material, false, false, true, PageFault::none}));
  all.push_back(
      preview("source.jammed", page, session::SourceView{material, true, false, false, PageFault::scanner_jammed}));
  all.push_back(preview("files.looking", page, session::FilesView{material, {}, false, true, 0, 1, PageFault::none}));
  all.push_back(
      preview("files.no_medium", page, session::FilesView{material, {}, false, false, 0, 1, PageFault::media_removed}));
  all.push_back(preview("files.none", page, session::FilesView{material, {}, true, false, 0, 1, PageFault::none}));
  all.push_back(
      preview("files.many", page, session::FilesView{material, files(), true, false, 1, 4, PageFault::file_protected}));
  auto unusable = session::FilesView{material, unusable_files(), true, false, 0, 2, PageFault::page_damaged};
  unusable.fault_page = 3;
  unusable.rest_of = 1;
  all.push_back(preview("files.unusable", page, std::move(unusable)));
  session::FrameView held{4, 6, false, true, std::nullopt, true};
  all.push_back(
      preview("capturing.flatbed", held, session::CapturingView{material, CaptureSource::flatbed, 62, 0, false}));
  all.push_back(
      preview("capturing.feeder", held, session::CapturingView{material, CaptureSource::feeder, -1, 7, false}));
  all.push_back(
      preview("capturing.stopping", held, session::CapturingView{material, CaptureSource::files, 40, 2, true}));
}

}  // namespace

void add_materials(std::vector<Preview>& all) {
  all.push_back(preview("materials.begun", frame(4), checklist(false)));
  all.push_back(preview("materials.complete", frame(4), checklist(true)));
  add_sources(all);
  const auto done = frame(4, session::NextLabel::done);
  const auto& material = sample_material();
  all.push_back(
      preview("pages.one", done, session::PagesView{material, {{1, 0, false}}, 0, 1, 0, 1, PageFault::none, true}));
  std::vector<session::PageThumb> six;
  for (std::uint64_t key = 1; key <= 6; ++key) six.push_back({key, key == 3 ? 1 : 0, key == 5});
  all.push_back(
      preview("pages.many", done, session::PagesView{material, six, 6, 50, 1, 9, PageFault::too_many_pages, false}));
  all.push_back(preview("page.plain", frame(4, std::nullopt), session::PageView{material, {1, 0, false}, 1, 3}));
  all.push_back(preview("page.blank", frame(4, std::nullopt), session::PageView{material, {5, 1, true}, 3, 3}));
  all.push_back(
      preview("page.reduced", frame(4, std::nullopt), session::PageView{material, {2, 0, false, true}, 2, 3}));
  all.push_back(
      preview("page.not_there_yet", frame(4, std::nullopt), session::PageView{material, {99, 0, false}, 1, 1}));
}

}  // namespace bangwu::screens
