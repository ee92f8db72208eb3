#include <gmock/gmock.h>

#include "capture_worker/picture.h"
#include "recorder.h"
#include "scan_folder.h"

namespace bangwu::capture {
using namespace capture_worker;
namespace {

using domain::PageFault;
using test::colour_at;
using test::Recorder;
using test::ScanFolder;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::Gt;
using testing::Lt;
using testing::SizeIs;

TEST(ScannerList, NamesWhatAnswers) {
  const ScanFolder folder = ScanFolder::of_faulty("none");
  const auto devices = Scanners(folder.worker()).list_scanners(CancelToken{});
  ASSERT_TRUE(devices);
  EXPECT_THAT(*devices, ElementsAre(ScannerDevice{"faulty:page", "Bangwu", "Faulty", "sheetfed scanner"}));
}

TEST(ScannerList, IsEmptyWithoutScanners) {
  const ScanFolder folder = ScanFolder::of_faulty("no devices");
  const auto devices = Scanners(folder.worker()).list_scanners(CancelToken{});
  ASSERT_TRUE(devices);
  EXPECT_THAT(*devices, SizeIs(0));
}

TEST(Flatbed, GivesOneA4PageInColour) {
  const ScanFolder folder = ScanFolder::of_test_backend();
  Recorder recorder;
  const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::flatbed, 300, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::none) << outcome.detail;
  ASSERT_THAT(recorder.pages, SizeIs(1));
  const CapturedPage& page = recorder.pages.front();
  EXPECT_NEAR(page.width, 2480, 2);
  EXPECT_NEAR(page.height, 3508, 2);
  EXPECT_EQ(page.media_type, "image/jpeg");
  EXPECT_EQ(page.preview.height, 1400);
  const Decoding decoded = decode_jpeg(page.encoded, {.max_pixels = 60'000'000, .wanted_px = 100});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->size.height, page.height);
  // JFIF 1.02: units 1 (dots an inch), then both densities.
  EXPECT_THAT(base::Bytes(page.encoded.begin() + 13, page.encoded.begin() + 18), ElementsAre(1, 1, 44, 1, 44));
}

TEST(Flatbed, ProgressRisesToTheEnd) {
  const ScanFolder folder = ScanFolder::of_test_backend();
  Recorder recorder;
  const Scanners scanners(folder.worker());
  ASSERT_EQ(scanners.scan(folder.device(), ScanSource::flatbed, 100, recorder.sink(), CancelToken{}).fault,
            PageFault::none);
  ASSERT_GT(recorder.progress.size(), 5U);
  EXPECT_THAT(recorder.progress, Each(Field(&Progress::page, 1)));
  EXPECT_TRUE(std::ranges::is_sorted(recorder.progress, {}, &Progress::percent));
  EXPECT_EQ(recorder.progress.front(), (Progress{1, 1, -1})) << "warming up";
  EXPECT_EQ(recorder.progress.back(), (Progress{1, 1, 100}));
}

TEST(Feeder, GivesItsTenPagesAndThenIsDone) {
  const ScanFolder folder = ScanFolder::of_test_backend();
  Recorder recorder;
  const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::none) << outcome.detail;
  EXPECT_EQ(outcome.pages, 10);
  EXPECT_THAT(recorder.pages, SizeIs(10));
  EXPECT_EQ(recorder.progress.back().page, 11);
  EXPECT_EQ(recorder.progress.back().pages, 0) << "how many there are is not known";
}

TEST(Feeder, TakesTheFrontSideOfADuplexFeeder) {
  const ScanFolder folder = ScanFolder::of_faulty("none");
  Recorder recorder;
  const Scanners scanners(folder.worker());
  ASSERT_EQ(scanners.scan(folder.device(), ScanSource::feeder, 300, recorder.sink(), CancelToken{}).fault,
            PageFault::none);
  EXPECT_THAT(recorder.pages, SizeIs(4));
}

TEST(Feeder, MorePagesThanTakenIsAFaultAndTheFirstStay) {
  const ScanFolder folder = ScanFolder::of_test_backend();
  ScanLimits limits;
  limits.max_pages = 3;
  Recorder recorder;
  const Outcome outcome =
      Scanners(folder.worker(), limits).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::too_many_pages);
  EXPECT_THAT(recorder.pages, SizeIs(3));
}

TEST(Feeder, ARefusedPageStopsIt) {
  const ScanFolder folder = ScanFolder::of_test_backend();
  Recorder recorder;
  recorder.answer = PageFault::disk_full;
  const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::disk_full);
  EXPECT_EQ(outcome.pages, 0);
}

class PageContent : public testing::TestWithParam<const char*> {};

TEST_P(PageContent, IsWhatTheScannerSaw) {
  const ScanFolder folder = ScanFolder::of_faulty(GetParam());
  Recorder recorder;
  const Scanners scanners(folder.worker());
  ASSERT_EQ(scanners.scan(folder.device(), ScanSource::flatbed, 300, recorder.sink(), CancelToken{}).fault,
            PageFault::none);
  const CapturedPage& page = recorder.pages.front();
  EXPECT_EQ(page.width, 200);
  EXPECT_EQ(page.height, 300);
  EXPECT_THAT(colour_at(page.preview, 0.25, 0.5), Each(Lt(10)));
  if (std::string_view(GetParam()) == "none" || std::string_view(GetParam()) == "unknown length") {
    EXPECT_THAT(colour_at(page.preview, 0.75, 0.5), ElementsAre(Gt(240), Lt(10), Lt(10)));
  } else {
    EXPECT_THAT(colour_at(page.preview, 0.75, 0.5), Each(Gt(240)));
  }
}

INSTANTIATE_TEST_SUITE_P(EachFormat, PageContent, testing::Values("none", "grey", "one bit", "unknown length"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::ranges::replace(name, ' ', '_');
                           return name;
                         });

TEST(OddScanner, ParametersBeforeTheStartAndLostPixelsDoNotMatter) {
  const ScanFolder folder =
      ScanFolder::of_test_backend("fuzzy-parameters true\nppl-loss 7\nread-limit true\nread-limit-size 3001\n");
  Recorder recorder;
  const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::flatbed, 75, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::none) << outcome.detail;
  EXPECT_THAT(recorder.pages, SizeIs(1));
}

TEST(OddScanner, AHandScannersPageIsAsLongAsItCame) {
  const ScanFolder folder = ScanFolder::of_test_backend("hand-scanner true\n");
  Recorder recorder;
  const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::flatbed, 75, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::none) << outcome.detail;
  ASSERT_THAT(recorder.pages, SizeIs(1));
  EXPECT_GT(recorder.pages.front().height, 100);
  EXPECT_THAT(recorder.progress, Each(Field(&Progress::percent, -1)));
}

}  // namespace
}  // namespace bangwu::capture
