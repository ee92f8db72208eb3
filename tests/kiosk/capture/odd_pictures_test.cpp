#include <gmock/gmock.h>

#include "capture_worker/orientation.h"
#include "odd_samples.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;
using test::import_bytes;
using test::Recorder;

/// The one page of a file, which must come.
CapturedPage page_of(const std::string& name, const base::Bytes& file) {
  Recorder recorder;
  EXPECT_EQ(import_bytes(name, file, recorder).fault, PageFault::none) << name;
  return recorder.pages.size() == 1 ? std::move(recorder.pages.front()) : CapturedPage();
}

/// Its preview, turned as the screen turns it.
Raster shown(const CapturedPage& page) {
  using capture_worker::Orientation;
  constexpr std::array kTurns{Orientation::top_left, Orientation::right_top, Orientation::bottom_right,
                              Orientation::left_bottom};
  return capture_worker::upright(page.preview, kTurns.at(static_cast<std::size_t>(page.quarter_turns)));
}

class Lying : public testing::TestWithParam<int> {
 protected:
  const Raster seen_ = test::page_with_an_f(240, 160);
  const Raster stored_ = test::stored(seen_, GetParam());
};

TEST_P(Lying, AJpegShowsTheSameAndOnlyAMirroredOneIsMadeAnew) {
  const base::Bytes file = test::jpeg_file(stored_, test::JpegFlavour::baseline, GetParam());
  const CapturedPage page = page_of("a.jpg", file);
  ASSERT_FALSE(page.preview.rgb.empty());
  EXPECT_TRUE(test::shows_an_f(shown(page)));
  const bool is_mirrored = GetParam() == 2 || GetParam() == 4 || GetParam() == 5 || GetParam() == 7;
  EXPECT_EQ(page.encoded == file, !is_mirrored);
  EXPECT_TRUE(!is_mirrored || (page.width == 240 && page.height == 160 && page.quarter_turns == 0));
}

TEST_P(Lying, APngSaysItInThreeWays) {
  for (const auto mark : {test::PngMark::exif, test::PngMark::xmp, test::PngMark::raw_profile}) {
    const CapturedPage page = page_of("a.png", test::png_lying(stored_, GetParam(), mark));
    ASSERT_FALSE(page.preview.rgb.empty());
    EXPECT_TRUE(test::shows_an_f(shown(page))) << static_cast<int>(mark);
  }
}

TEST_P(Lying, ATiffComesUpright) {
  const CapturedPage page = page_of("a.tif", test::tiff_of({{.raster = stored_, .orientation = GetParam()}}));
  EXPECT_EQ(page.width, 240);
  EXPECT_EQ(page.height, 160);
  ASSERT_FALSE(page.preview.rgb.empty());
  EXPECT_TRUE(test::shows_an_f(shown(page)));
}

INSTANTIATE_TEST_SUITE_P(EachOrientation, Lying, testing::Range(1, 9));

TEST(Fax, PixelsTwiceAsTallAsWideAreShownSquare) {
  const CapturedPage page =
      page_of("fax.tif", test::tiff_of({{.raster = test::page_with_an_f(408, 196), .x_dots = 204, .y_dots = 98}}));
  EXPECT_EQ(page.width, 408);
  EXPECT_EQ(page.height, 408);
  ASSERT_FALSE(page.preview.rgb.empty());
  EXPECT_TRUE(test::shows_an_f(page.preview));
}

TEST(Fax, AResolutionThatIsAllButSquareStretchesNothing) {
  const CapturedPage page =
      page_of("a.tif", test::tiff_of({{.raster = test::page_with_an_f(300, 200), .x_dots = 300, .y_dots = 299}}));
  EXPECT_EQ(page.height, 200);
}

TEST(TiffPages, AThumbnailIsNoPageMarkedOrNot) {
  const test::TiffPage photo{.raster = test::page_with_an_f(640, 480)};
  const test::TiffPage thumbnail{.raster = test::page_with_an_f(160, 120)};
  test::TiffPage marked = thumbnail;
  marked.is_thumbnail = true;
  EXPECT_EQ(page_of("a.tif", test::tiff_of({photo, thumbnail})).width, 640);
  EXPECT_EQ(page_of("a.tif", test::tiff_of({marked, photo})).width, 640);
}

TEST(TiffPages, OneCutOffIsRefusedWholeWhereverItWasCut) {
  const test::TiffPage page{.raster = test::page_with_an_f(300, 400)};
  const base::Bytes file = test::tiff_of({page, page, page});
  for (const double share : {0.3, 0.4, 0.6, 0.7, 0.99}) {
    Recorder recorder;
    EXPECT_EQ(import_bytes("a.tif", test::first_part(file, share), recorder).fault, PageFault::file_damaged) << share;
    EXPECT_TRUE(recorder.pages.empty()) << share;
  }
}

TEST(PictureKind, WhatIsNotReadIsNotCalledDamaged) {
  Recorder recorder;
  const base::Bytes deep = test::tiff_of({{.raster = test::page_with_an_f(80, 60), .bits = 12}});
  EXPECT_EQ(import_bytes("a.tif", deep, recorder).fault, PageFault::picture_kind);
  // A JPEG whose frame says that it is lossless (SOF3), or of 12 bits a sample (ITU-T T.81, B.2.2).
  base::Bytes lossless = test::jpeg_file(test::page_with_an_f(80, 60));
  const base::Bytes marker{0xFF, 0xC0};
  const auto frame = std::search(lossless.begin(), lossless.end(), marker.begin(), marker.end()) - lossless.begin();
  base::Bytes twelve = lossless;
  lossless[static_cast<std::size_t>(frame) + 1] = 0xC3;
  twelve[static_cast<std::size_t>(frame) + 1] = 0xC1;
  twelve[static_cast<std::size_t>(frame) + 4] = 12;
  EXPECT_EQ(import_bytes("a.jpg", lossless, recorder).fault, PageFault::picture_kind);
  EXPECT_EQ(import_bytes("a.jpg", twelve, recorder).fault, PageFault::picture_kind);
}

TEST(LargePicture, ADrawingOfA0ComesInAt200DotsAnInch) {
  const CapturedPage page = page_of("plan.tif", test::fax_tiff(9'933, 14'043, 300));
  EXPECT_EQ(page.height, 9'362);
  EXPECT_TRUE(page.is_reduced);
  EXPECT_GT(test::ink_in(page.preview, 0, 0, 1, 0.01), 0);
  EXPECT_EQ(test::ink_in(page.preview, 0.1, 0.1, 1, 1), 0);
}

TEST(LargePicture, APhotographOf64MegapixelsStaysAsItIs) {
  const base::Bytes file = test::jpeg_file(test::plain_page(9'248, 6'936, 200), test::JpegFlavour::grey);
  const CapturedPage page = page_of("photo.jpg", file);
  EXPECT_EQ(page.encoded, file);
  EXPECT_FALSE(page.is_reduced);
}

TEST(LargePicture, OneOf120MegapixelsIsScaledDown) {
  const CapturedPage page = page_of("photo.png", test::huge_png(12'000, 10'000));
  EXPECT_EQ(page.media_type, "image/jpeg");
  EXPECT_TRUE(page.is_reduced);
  EXPECT_NEAR(page.width * 1.0 * page.height, 67e6, 1e6);
}

}  // namespace
}  // namespace bangwu::capture
