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
    view.lines.push_back({.material = material, .needed = needed});
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
  const auto source = [&](const std::string& what, std::optional<session::ScannersListed> scanners,
                          PageFault fault = PageFault::none) {
    all.push_back(preview("source." + what, frame(4, std::nullopt),
                          session::SourceView{.material = sample_material(), .scanners = scanners, .fault = fault}));
  };
  source("all", session::ScannersListed{.flatbed = true, .feeder = true});
  source("looking", std::nullopt);
  source("jammed", session::ScannersListed{.flatbed = true}, PageFault::scanner_jammed);
}

void add_files(std::vector<Preview>& all) {
  using Medium = session::FilesView::Medium;
  const auto add = [&](const std::string& what, session::FilesView view) {
    view.material = sample_material();
    all.push_back(preview("files." + what, frame(4, std::nullopt), std::move(view)));
  };
  add("looking", {});
  add("no_medium", {.medium = Medium::absent, .fault = PageFault::media_removed});
  add("none", {.medium = Medium::present});
  add("many", {.medium = Medium::present,
               .files = files(),
               .screenful = 1,
               .screenfuls = 4,
               .fault = PageFault::file_protected});
  add("unusable", {.medium = Medium::present,
                   .files = unusable_files(),
                   .screenfuls = 2,
                   .fault = PageFault::page_damaged,
                   .fault_page = 3,
                   .rest_of = 1});
}

void add_capturing(std::vector<Preview>& all) {
  const auto add = [&](const std::string& what, session::CapturingView view) {
    view.material = sample_material();
    all.push_back(preview("capturing." + what, {.step = 4, .steps = 6, .home = true}, std::move(view)));
  };
  add("flatbed", {.source = CaptureSource::flatbed, .percent = 62});
  add("feeder", {.source = CaptureSource::feeder, .pages = 7});
  add("stopping", {.source = CaptureSource::files, .percent = 40, .pages = 2, .stopping = true});
}

void add_pages(std::vector<Preview>& all) {
  const auto add = [&](const std::string& what, session::PagesView view) {
    view.material = sample_material();
    all.push_back(preview("pages." + what, frame(4, session::NextLabel::done), std::move(view)));
  };
  add("one", {.shown = {{.key = 1}}, .total = 1});
  std::vector<session::PageThumb> six;
  for (std::uint64_t key = 1; key <= 6; ++key)
    six.push_back({.key = key, .quarter_turns = key == 3 ? 1 : 0, .looks_blank = key == 5});
  add("many", {.shown = six,
               .first = 6,
               .total = 50,
               .screenful = 1,
               .screenfuls = 9,
               .fault = PageFault::too_many_pages,
               .may_add = false});
}

void add_single_pages(std::vector<Preview>& all) {
  const auto add = [&](const std::string& what, session::PageThumb page, std::size_t number, std::size_t of) {
    all.push_back(preview("page." + what, frame(4, std::nullopt),
                          session::PageView{.material = sample_material(), .page = page, .number = number, .of = of}));
  };
  add("plain", {.key = 1}, 1, 3);
  add("blank", {.key = 5, .quarter_turns = 1, .looks_blank = true}, 3, 3);
  add("reduced", {.key = 2, .is_reduced = true}, 2, 3);
  add("not_there_yet", {.key = 99}, 1, 1);
}

}  // namespace

void add_materials(std::vector<Preview>& all) {
  all.push_back(preview("materials.begun", frame(4), checklist(false)));
  all.push_back(preview("materials.complete", frame(4), checklist(true)));
  add_sources(all);
  add_files(all);
  add_capturing(all);
  add_pages(all);
  add_single_pages(all);
}

}  // namespace bangwu::screens
