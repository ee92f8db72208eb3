#include <gmock/gmock.h>

#include "capture/file_kind.h"
#include "capture_worker/page_checks.h"
#include "capture_worker/picture.h"
#include "capture_worker/scale_down.h"
#include "capture_worker/scan_frame.h"
#include "recorder.h"

namespace bangwu::capture {
using namespace capture_worker;
namespace {

using domain::PageFault;
using testing::ElementsAre;

TEST(ScaleDown, KeepsTheShapeAndNeverEnlarges) {
  EXPECT_EQ(fit({2480, 3508}, 1400), (PixelSize{989, 1400}));
  EXPECT_EQ(fit({3508, 2480}, 1400), (PixelSize{1400, 989}));
  EXPECT_EQ(fit({100, 50}, 1400), (PixelSize{100, 50}));
  EXPECT_EQ(fit({60'000, 10}, 1000), (PixelSize{1000, 1}));
}

TEST(ScaleDown, EachPixelIsTheAverageOfItsArea) {
  const Raster checks{4, 2, {0,   0,   0,   200, 200, 200, 10, 20, 30, 30, 20, 10,  //
                             200, 200, 200, 0,   0,   0,   10, 20, 30, 30, 20, 10}};
  EXPECT_EQ(scale_down(checks, 2), (Raster{2, 1, {100, 100, 100, 20, 20, 20}}));
}

TEST(ScaleDown, PixelsOnABorderCountForBothSides) {
  const Raster three{3, 1, {0, 0, 0, 100, 100, 100, 250, 250, 250}};
  // Each of the two covers one and a half: (0 + 100 / 2) / 1.5 and (100 / 2 + 250) / 1.5.
  EXPECT_EQ(scale_down(three, 2), (Raster{2, 1, {33, 33, 33, 200, 200, 200}}));
}

TEST(ScaleDown, WhiteStaysWhiteAtEverySize) {
  const Raster white = test::plain_page(613, 401, 255);
  for (const int side : {1, 7, 100, 399, 612}) {
    const Raster small = scale_down(white, side);
    EXPECT_TRUE(std::ranges::all_of(small.rgb, [](int level) { return level == 255; })) << side;
  }
}

TEST(BlankPage, IsFlaggedWhateverThePapersTint) {
  for (const int level : {255, 230, 180}) {
    EXPECT_TRUE(looks_blank(test::plain_page(990, 1400, static_cast<std::uint8_t>(level)))) << level;
  }
}

TEST(BlankPage, OneWrittenLineIsEnoughToBeAPage) {
  Raster page = test::plain_page(990, 1400, 245);
  for (std::size_t x = 400; x < 500; ++x) {
    for (std::size_t y = 700; y < 706; ++y) {
      page.rgb[(y * 990 + x) * 3] = page.rgb[(y * 990 + x) * 3 + 1] = page.rgb[(y * 990 + x) * 3 + 2] = 70;
    }
  }
  EXPECT_FALSE(looks_blank(page));
}

TEST(BlankPage, ADarkPageAndAnEmptyPictureAreNotBlank) {
  EXPECT_FALSE(looks_blank(test::plain_page(990, 1400, 30)));
  EXPECT_FALSE(looks_blank({}));
}

TEST(BlankPage, ScannerShadowsAtTheEdgesDoNotCount) {
  Raster page = test::plain_page(990, 1400, 245);
  for (std::size_t x = 0; x < 990 * 20; ++x) {
    page.rgb[x * 3] = page.rgb[x * 3 + 1] = page.rgb[x * 3 + 2] = 0;
  }
  EXPECT_TRUE(looks_blank(page));
}

TEST(Exif, OrientationBecomesQuarterTurns) {
  const auto block = [](std::uint8_t value) {
    return base::Bytes{'E',  'x',  'i', 'f', 0, 0, 'I', 'I', 42,    0, 8, 0, 0, 0, 1, 0,
                       0x12, 0x01, 3,   0,   1, 0, 0,   0,   value, 0, 0, 0, 0, 0, 0, 0};
  };
  EXPECT_EQ(quarter_turns_of_exif(block(1)), 0);
  EXPECT_EQ(quarter_turns_of_exif(block(3)), 2);
  EXPECT_EQ(quarter_turns_of_exif(block(6)), 1);
  EXPECT_EQ(quarter_turns_of_exif(block(8)), 3);
  EXPECT_EQ(quarter_turns_of_exif(block(5)), 0) << "mirrored";
  EXPECT_EQ(quarter_turns_of_exif(block(200)), 0);
}

TEST(Exif, WhatDoesNotFitSaysNothing) {
  EXPECT_EQ(quarter_turns_of_exif({}), 0);
  const base::Bytes far{'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 0xFF, 0xFF, 0xFF, 0xFF};
  EXPECT_EQ(quarter_turns_of_exif(far), 0);
  const base::Bytes many{'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 0xFF, 0xFF, 0x12, 0x01};
  EXPECT_EQ(quarter_turns_of_exif(many), 0);
}

TEST(FileKind, IsToldByTheFirstBytes) {
  EXPECT_EQ(kind_of_content(test::jpeg_file(test::plain_page(8, 8, 1))), FileKind::jpeg);
  EXPECT_EQ(kind_of_content(test::png_file(test::plain_page(8, 8, 1))), FileKind::png);
  EXPECT_EQ(kind_of_content(test::tiff_file(test::plain_page(8, 8, 1), 1)), FileKind::tiff);
  EXPECT_EQ(kind_of_content(test::pdf_file(1)), FileKind::pdf);
  const base::Bytes program{'M', 'Z', 0x90, 0, 3};
  EXPECT_EQ(kind_of_content(program), FileKind::unknown);
  EXPECT_EQ(kind_of_content({}), FileKind::unknown);
}

TEST(FileKind, APdfMayBeginAfterOtherBytes) {
  base::Bytes file(1'000, ' ');
  const base::Bytes pdf = test::pdf_file(1);
  file.insert(file.end(), pdf.begin(), pdf.end());
  EXPECT_EQ(kind_of_content(file), FileKind::pdf);
}

TEST(FileKind, NamesAndContentMustAgree) {
  EXPECT_TRUE(is_what_it_says(FileKind::jpeg, "身份证.JPG"));
  EXPECT_TRUE(is_what_it_says(FileKind::jpeg, "a.b.jpeg"));
  EXPECT_TRUE(is_what_it_says(FileKind::tiff, "scan.tif"));
  EXPECT_TRUE(is_what_it_says(FileKind::pdf, "no ending"));
  EXPECT_FALSE(is_what_it_says(FileKind::pdf, "photo.jpg"));
  EXPECT_FALSE(is_what_it_says(FileKind::unknown, "photo.jpg"));
  EXPECT_FALSE(is_what_it_says(FileKind::jpeg, "photo.exe"));
  EXPECT_FALSE(is_what_it_says(FileKind::jpeg, "photo.jpg.exe"));
}

FrameFormat frame(FrameColour colour, int depth, int pixels, int bytes, int lines) {
  return {.colour = colour, .depth = depth, .pixels_per_line = pixels, .bytes_per_line = bytes, .lines = lines};
}

TEST(ScanFrame, OneBitGreyIsBlackWhereItIsSet) {
  const base::Bytes bits{0b1010'0000, 0xEE};  // the second byte is padding
  const auto page = raster_of_frame(frame(FrameColour::grey, 1, 3, 2, 1), bits);
  ASSERT_TRUE(page);
  EXPECT_THAT(page->rgb, ElementsAre(0, 0, 0, 255, 255, 255, 0, 0, 0));
}

TEST(ScanFrame, SixteenBitsKeepTheMoreSignificantByte) {
  const std::uint16_t samples[] = {0xFF00, 0x8000, 0x0080};
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(samples), sizeof samples);
  const auto page = raster_of_frame(frame(FrameColour::rgb, 16, 1, 6, 1), bytes);
  ASSERT_TRUE(page);
  EXPECT_THAT(page->rgb, ElementsAre(0xFF, 0x80, 0));
}

TEST(ScanFrame, LinePaddingIsNoPicture) {
  const base::Bytes bytes{10, 11, 12, 99, 20, 21, 22, 99};
  const auto page = raster_of_frame(frame(FrameColour::rgb, 8, 1, 4, 2), bytes);
  ASSERT_TRUE(page);
  EXPECT_THAT(page->rgb, ElementsAre(10, 11, 12, 20, 21, 22));
}

TEST(ScanFrame, AMissingByteMakesItIncomplete) {
  const base::Bytes bytes(29);
  EXPECT_EQ(raster_of_frame(frame(FrameColour::grey, 8, 10, 10, 3), bytes).error(), PageFault::scan_incomplete);
  EXPECT_EQ(raster_of_frame(frame(FrameColour::grey, 8, 10, 10, -1), bytes).error(), PageFault::scan_incomplete);
  EXPECT_EQ(raster_of_frame(frame(FrameColour::grey, 8, 10, 10, -1), {}).error(), PageFault::scan_incomplete);
}

TEST(ScanFrame, AnUnknownLengthIsWhatCame) {
  const base::Bytes bytes(40);
  const auto page = raster_of_frame(frame(FrameColour::grey, 8, 10, 10, -1), bytes);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->height, 4);
}

TEST(ScanFrame, WhatIsNotTakenIsNamed) {
  EXPECT_EQ(why_not_taken(frame(FrameColour::rgb, 8, 10, 30, 1)), nullptr);
  EXPECT_EQ(why_not_taken(frame(FrameColour::grey, 1, 10, 2, -1)), nullptr);
  EXPECT_NE(why_not_taken(frame(FrameColour::one_of_three, 8, 10, 10, 1)), nullptr);
  EXPECT_NE(why_not_taken(frame(FrameColour::rgb, 1, 10, 4, 1)), nullptr);
  EXPECT_NE(why_not_taken(frame(FrameColour::rgb, 12, 10, 60, 1)), nullptr);
  EXPECT_NE(why_not_taken(frame(FrameColour::rgb, 8, 10, 29, 1)), nullptr);
  EXPECT_NE(why_not_taken(frame(FrameColour::rgb, 8, 0, 0, 1)), nullptr);
  EXPECT_NE(why_not_taken(frame(FrameColour::rgb, 8, 2'000'000'000, 2'000'000'000, 1)), nullptr);
}

}  // namespace
}  // namespace bangwu::capture
