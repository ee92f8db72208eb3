#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "recorder.h"
#include "scan_folder.h"

// Measured and printed; the bounds are those a visitor would notice on a machine several times slower.
namespace bangwu::capture {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
using test::Recorder;

double measure(const char* what, const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const double taken = Milliseconds(std::chrono::steady_clock::now() - begin).count();
  std::cout << what << ": " << taken << " ms\n";
  return taken;
}

double import(Importer& importer, const char* what, const std::string& name, const base::Bytes& file) {
  const test::Folder folder;
  folder.put(name, file);
  const auto files = importer.list_files(test::place_of(folder), CancelToken{});
  Recorder recorder;
  return measure(what, [&] {
    EXPECT_EQ(importer.import_file(files->front().token, recorder.sink(), CancelToken{}).fault,
              domain::PageFault::none);
  });
}

TEST(Times, OfAnImport) {
  Importer importer;
  const base::Bytes page = test::jpeg_file(test::written_page(2480, 3508));
  import(importer, "A4 JPEG, cold worker", "a.jpg", page);
  EXPECT_LT(import(importer, "A4 JPEG, warm worker", "a.jpg", page), 2'000);
  EXPECT_LT(import(importer, "PDF of 10 pages", "a.pdf", test::pdf_file(10)), 30'000);
  import(importer, "A4 PNG", "a.png", test::png_file(test::written_page(2480, 3508)));
  import(importer, "60-megapixel PNG", "a.png", test::huge_png(7'740, 7'740));
}

TEST(Times, OfAPreview) {
  Importer importer;
  importer.warm_up();
  const base::Bytes page = test::jpeg_file(test::written_page(2480, 3508));
  for (const char* what : {"preview of an A4 JPEG, first", "preview of an A4 JPEG, second"}) {
    EXPECT_LT(measure(what, [&] { EXPECT_TRUE(importer.render_preview(page, "image/jpeg", 1'400, CancelToken{})); }),
              2'000);
  }
}

TEST(Times, OfAFeeder) {
  const test::ScanFolder folder = test::ScanFolder::of_test_backend();
  Recorder recorder;
  EXPECT_LT(measure("feeder of 10 pages at 300 dots an inch",
                    [&] {
                      EXPECT_EQ(Scanners(folder.worker())
                                    .scan(folder.device(), ScanSource::feeder, 300, recorder.sink(), CancelToken{})
                                    .pages,
                                10);
                    }),
            60'000);
}

}  // namespace
}  // namespace bangwu::capture
