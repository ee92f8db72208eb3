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

/// An Exif block in either byte order whose Orientation is 16 or 32 bits long.
base::Bytes exif(std::uint8_t value, bool is_little, bool is_long) {
  if (is_little) {
    return {'E',
            'x',
            'i',
            'f',
            0,
            0,
            'I',
            'I',
            42,
            0,
            8,
            0,
            0,
            0,
            1,
            0,
            0x12,
            0x01,
            static_cast<std::uint8_t>(is_long ? 4 : 3),
            0,
            1,
            0,
            0,
            0,
            value,
            0,
            0,
            0,
            0,
            0,
            0,
            0};
  }
  const auto high = static_cast<std::uint8_t>(is_long ? 0 : value);
  const auto low = static_cast<std::uint8_t>(is_long ? value : 0);
  return {'E', 'x', 'i', 'f', 0, 0,    'M',  'M',  0, 42,
          0,   0,   0,   8,   0, 1,    0x01, 0x12, 0, static_cast<std::uint8_t>(is_long ? 4 : 3),
          0,   0,   0,   1,   0, high, 0,    low,  0, 0,
          0,   0};
}

TEST(Exif, OrientationIsReadInEitherOrderAndLength) {
  for (std::uint8_t value = 1; value <= 8; ++value) {
    for (const bool is_little : {true, false}) {
      for (const bool is_long : {true, false}) {
        EXPECT_EQ(orientation_of_exif(exif(value, is_little, is_long)), static_cast<Orientation>(value))
            << int{value} << is_little << is_long;
      }
    }
  }
  EXPECT_EQ(orientation_of_exif(exif(200, true, false)), Orientation::top_left);
}

TEST(Exif, WhatDoesNotFitSaysNothing) {
  EXPECT_EQ(orientation_of_exif({}), Orientation::top_left);
  const base::Bytes far{'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 0xFF, 0xFF, 0xFF, 0xFF};
  EXPECT_EQ(orientation_of_exif(far), Orientation::top_left);
  const base::Bytes many{'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 0xFF, 0xFF, 0x12, 0x01};
  EXPECT_EQ(orientation_of_exif(many), Orientation::top_left);
}

TEST(Xmp, OrientationIsAnAttributeOrAnElement) {
  EXPECT_EQ(orientation_of_xmp("<rdf:Description tiff:Orientation=\"6\" x=\"1\"/>"), Orientation::right_top);
  EXPECT_EQ(orientation_of_xmp("<tiff:Orientation>8</tiff:Orientation>"), Orientation::left_bottom);
  EXPECT_EQ(orientation_of_xmp("<tiff:Orientation/>"), Orientation::top_left);
  EXPECT_EQ(orientation_of_xmp("tiff:Orientation"), Orientation::top_left);
  EXPECT_EQ(orientation_of_xmp(""), Orientation::top_left);
}

/// As a picture stored with this orientation shows the letter F when it is put upright: dark where 'x' is.
std::string seen(Orientation orientation, int width, int height, const std::string& stored) {
  Raster raster{width, height, {}};
  for (const char c : stored) {
    raster.rgb.insert(raster.rgb.end(), 3, static_cast<std::uint8_t>(c));
  }
  const Raster result = upright(raster, orientation);
  std::string rows;
  for (int i = 0; i < result.width * result.height; ++i) {
    rows += std::string(i > 0 && i % result.width == 0 ? "/" : "") +
            static_cast<char>(result.rgb[static_cast<std::size_t>(i) * 3]);
  }
  return rows;
}

TEST(Upright, EachOfTheEightWaysToStoreAPictureShowsTheSame) {
  const std::string letter = "xx/x./xx/x.";
  EXPECT_EQ(seen(Orientation::top_left, 2, 4, "xxx.xxx."), letter);
  EXPECT_EQ(seen(Orientation::top_right, 2, 4, "xx.xxx.x"), letter);
  EXPECT_EQ(seen(Orientation::bottom_right, 2, 4, ".xxx.xxx"), letter);
  EXPECT_EQ(seen(Orientation::bottom_left, 2, 4, "x.xxx.xx"), letter);
  EXPECT_EQ(seen(Orientation::left_top, 4, 2, "xxxxx.x."), letter);
  EXPECT_EQ(seen(Orientation::right_top, 4, 2, "x.x.xxxx"), letter);
  EXPECT_EQ(seen(Orientation::right_bottom, 4, 2, ".x.xxxxx"), letter);
  EXPECT_EQ(seen(Orientation::left_bottom, 4, 2, "xxxx.x.x"), letter);
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

TEST(FileKind, WhatIsNotReadIsToldApart) {
  const auto kind = [](std::string_view begins, std::string_view name = "a") {
    const std::string bytes = std::string(begins) + std::string(40, '\0');
    return kind_of_file({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, name);
  };
  using namespace std::string_view_literals;
  EXPECT_EQ(kind("\0\0\0\x18"
                 "ftypheic\0\0\0\0mif1heic"sv),
            FileKind::heic);
  EXPECT_EQ(kind("\0\0\0\x18"
                 "ftypmif1\0\0\0\0mif1avif"sv),
            FileKind::heic);
  EXPECT_EQ(kind("\0\0\0\x18"
                 "ftypisom\0\0\0\0isommp41"sv),
            FileKind::unknown)
      << "a film";
  EXPECT_EQ(kind("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"sv), FileKind::bmp);
  EXPECT_EQ(kind("BMW brochure"sv), FileKind::unknown);
  EXPECT_EQ(kind("GIF89a"sv), FileKind::gif);
  EXPECT_EQ(kind("RIFF\x10\0\0\0WEBPVP8 "sv), FileKind::webp);
  EXPECT_EQ(kind("PK\3\4\x14\0\0\0OFD.xml"sv), FileKind::ofd);
  EXPECT_EQ(kind("PK\3\4\x14\0\0\0Doc_0/"sv, "合同.OFD"), FileKind::ofd);
  EXPECT_EQ(kind("PK\3\4\x14\0\0\0[Content_Types].xml"sv), FileKind::office);
  EXPECT_EQ(kind("PK\3\4\x14\0\0\0word/"sv, "章程.docx"), FileKind::office);
  EXPECT_EQ(kind("PK\3\4\x14\0\0\0music/"sv, "all.zip"), FileKind::unknown);
  EXPECT_EQ(kind("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv), FileKind::office);
}

TEST(FileKind, EachThatIsNotReadHasAFaultThatSaysWhatToDo) {
  EXPECT_EQ(fault_of_kind(FileKind::tiff), PageFault::none);
  EXPECT_EQ(fault_of_kind(FileKind::heic), PageFault::file_heic);
  EXPECT_EQ(fault_of_kind(FileKind::webp), PageFault::picture_kind);
  EXPECT_EQ(fault_of_kind(FileKind::ofd), PageFault::file_document);
  EXPECT_EQ(fault_of_kind(FileKind::office), PageFault::file_document);
  EXPECT_EQ(fault_of_kind(FileKind::unknown), PageFault::file_wrong_type);
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
