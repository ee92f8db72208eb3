#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "capture_worker/document.h"
#include "capture_worker/scale_down.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

namespace fs = std::filesystem;
using cell::Wall;
using cell::Walls;
using domain::PageFault;
using test::Recorder;

WorkerSettings with(Walls walls) { return {.environment = {"WALLS=" + std::to_string(walls.bits())}, .hidden = {}}; }

/// A page whose fonts are named and not in the file: Helvetica, and 宋体 as PDF has always known it (Adobe-GB1).
base::Bytes pdf_that_needs_fonts() {
  const std::string content = "BT /L 40 Tf 60 700 Td (Residence permit) Tj /C 40 Tf 0 -80 Td <B9ABCEF1B7FECEF1> Tj ET";
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /Font << /L 5 0 R /C 6 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [7 0 R] >>",
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 8 0 R >>",
      "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
      "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"};
  std::string file = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  for (const std::string& object : objects) {
    offsets.push_back(file.size());
    file += std::to_string(offsets.size()) + " 0 obj\n" + object + "\nendobj\n";
  }
  const std::size_t table = file.size();
  file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    const std::string digits = std::to_string(offset);
    file += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  file += "trailer << /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
          std::to_string(table) + "\n%%EOF\n";
  return {file.begin(), file.end()};
}

CapturedPage imported(const WorkerSettings& worker) {
  const test::Folder folder;
  folder.put("a.pdf", pdf_that_needs_fonts());
  Importer importer(worker);
  Recorder recorder;
  EXPECT_EQ(test::import_only_file(importer, folder, recorder).fault, PageFault::none);
  return recorder.pages.empty() ? CapturedPage() : std::move(recorder.pages.front());
}

// A font that could not be opened would change what a document says, silently.
TEST(DecoderCell, DrawsTypeThatAFileDoesNotBringAsItIsDrawnOutside) {
  const base::Bytes file = pdf_that_needs_fonts();
  const auto document =
      capture_worker::open_pdf(file, {.max_pages = 1, .max_pixels = 60'000'000, .kept_pixels = 60'000'000});
  ASSERT_TRUE(document);
  const auto outside = (*document)->render(0);
  ASSERT_TRUE(outside);
  const Raster expected = capture_worker::scale_down(outside->raster, ImportLimits{}.preview_px);
  EXPECT_EQ(imported({}).preview, expected);
  EXPECT_EQ(imported(with(Walls::all().without(Wall::landlock))).preview, expected);
  EXPECT_EQ(imported(with(Walls::all().without(Wall::namespaces))).preview, expected);
}

TEST(DecoderCell, WhereItCannotOpenFontsItTakesPicturesOnly) {
  const WorkerSettings worker = with(Walls().with(Wall::calls));
  const test::Folder folder;
  folder.put("a.jpg", test::jpeg_file(test::written_page(60, 80)));
  Importer importer(worker);
  Recorder recorder;
  EXPECT_EQ(test::import_only_file(importer, folder, recorder).fault, PageFault::none);
  const test::Folder documents;
  documents.put("a.pdf", pdf_that_needs_fonts());
  EXPECT_EQ(test::import_only_file(importer, documents, recorder).fault, PageFault::internal);
  EXPECT_FALSE(try_cell(with(Walls::all().without(Wall::calls)))) << "without a list of calls there is no cell";
}

// A decoder needs none of these walls; a scanner's driver and who writes to sticks do.
TEST(DecoderCell, IsNotTheOnlyOneThatIsTriedAtTheStart) {
  for (const Wall lacking : {Wall::root_directory, Wall::namespaces}) {
    const auto walls = try_cell(with(Walls::all().without(lacking)));
    ASSERT_FALSE(walls);
    EXPECT_EQ(walls.error().code, base::ErrorCode::unsupported);
  }
}

TEST(DecoderCell, HasItsOwnNetworkRootAndUser) {
  const auto walls = try_cell({});
  ASSERT_TRUE(walls) << walls.error().detail;
  if (::geteuid() != 0 || !walls->has(Wall::root_directory)) GTEST_SKIP() << "this kernel or user cannot look";
  Importer importer;
  importer.warm_up();
  std::ifstream children("/proc/self/task/" + std::to_string(::gettid()) + "/children");
  std::string pid;
  ASSERT_TRUE(children >> pid);
  ASSERT_TRUE(importer.render_preview(test::jpeg_file(test::written_page(60, 80)), "image/jpeg", 40, CancelToken{}));
  const fs::path proc = fs::path("/proc") / pid;
  EXPECT_NE(fs::read_symlink(proc / "ns/net"), fs::read_symlink("/proc/self/ns/net"));
  EXPECT_FALSE(fs::exists(proc / "root/proc"));
  EXPECT_TRUE(fs::exists(proc / "root/usr/share/fonts"));
  std::ifstream status(proc / "status");
  const std::string text{std::istreambuf_iterator<char>(status), {}};
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("Uid:\t0\t")));
}

}  // namespace
}  // namespace bangwu::capture
