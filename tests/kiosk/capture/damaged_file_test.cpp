#include <gmock/gmock.h>

#include "capture/import.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;
using test::import_bytes;
using test::Recorder;

/// What a file's import ends with; it must not have given a page.
PageFault fault_of(const std::string& name, const base::Bytes& file, const ImportLimits& limits = {}) {
  Recorder recorder;
  const Outcome outcome = import_bytes(name, file, recorder, limits);
  EXPECT_TRUE(recorder.pages.empty() || outcome.fault == PageFault::none);
  return outcome.fault;
}

TEST(DamagedFile, AnEmptyFileIsNamedEmpty) {
  for (const char* name : {"a.jpg", "a.png", "a.pdf", "a.tiff"}) {
    EXPECT_EQ(fault_of(name, {}), PageFault::file_empty) << name;
  }
}

TEST(DamagedFile, ATruncatedFileOfEachKindIsDamagedWhereverItEnds) {
  const Raster page = test::written_page(600, 800);
  const std::vector<std::pair<std::string, base::Bytes>> files{
      {"a.jpg", test::jpeg_file(page)},
      {"progressive.jpg", test::jpeg_file(page, test::JpegFlavour::progressive)},
      {"a.png", test::png_file(page)},
      {"a.tif", test::tiff_file(page, 1)},
      {"flat.tif", test::tiff_file(page, 1, false)},
      {"a.pdf", test::pdf_file(3)}};
  for (const auto& [name, file] : files) {
    for (const double share : {0.05, 0.3, 0.6, 0.9, 0.97}) {
      EXPECT_EQ(fault_of(name, test::first_part(file, share)), PageFault::file_damaged) << name << " " << share;
    }
  }
}

TEST(DamagedFile, APdfWhoseFirstPagesWouldStillShowIsDamagedToo) {
  const base::Bytes file = test::linear_pdf(5);
  EXPECT_EQ(fault_of("a.pdf", file), PageFault::none);
  for (const double share : {0.6, 0.8, 0.9}) {
    EXPECT_EQ(fault_of("a.pdf", test::first_part(file, share)), PageFault::file_damaged) << share;
  }
}

TEST(DamagedFile, APngWithoutItsLastBytesIsDamaged) {
  base::Bytes file = test::png_file(test::written_page(60, 80));
  file.erase(file.end() - 12, file.end());
  EXPECT_EQ(fault_of("a.png", file), PageFault::file_damaged);
}

TEST(DamagedFile, APngWithAFlippedBitIsDamaged) {
  base::Bytes file = test::png_file(test::written_page(60, 80));
  file[file.size() / 2] ^= 1;
  EXPECT_EQ(fault_of("a.png", file), PageFault::file_damaged);
}

TEST(DamagedFile, BytesBehindAJpegDoNotSpoilIt) {
  base::Bytes file = test::jpeg_file(test::written_page(60, 80));
  file.insert(file.end(), 5'000, 'x');  // phones append a film
  EXPECT_EQ(fault_of("a.jpg", file), PageFault::none);
}

TEST(DamagedFile, AHeaderAloneIsDamaged) {
  EXPECT_EQ(fault_of("a.jpg", {0xFF, 0xD8, 0xFF}), PageFault::file_damaged);
  EXPECT_EQ(fault_of("a.png", {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}), PageFault::file_damaged);
  EXPECT_EQ(fault_of("a.pdf", {'%', 'P', 'D', 'F', '-'}), PageFault::file_damaged);
  EXPECT_EQ(fault_of("a.tif", {'I', 'I', '*', 0}), PageFault::file_damaged);
}

TEST(TooMuch, A200PagePdfIsRefusedBeforeItsFirstPage) {
  EXPECT_EQ(fault_of("a.pdf", test::pdf_file(200)), PageFault::too_many_pages);
}

TEST(TooMuch, TheLimitOfPagesIsConfigurable) {
  ImportLimits limits;
  limits.max_pages = 2;
  EXPECT_EQ(fault_of("a.pdf", test::pdf_file(3), limits), PageFault::too_many_pages);
  EXPECT_EQ(fault_of("a.pdf", test::pdf_file(2), limits), PageFault::none);
  EXPECT_EQ(fault_of("a.tif", test::tiff_file(test::written_page(60, 80), 3), limits), PageFault::too_many_pages);
}

TEST(TooMuch, A300MegapixelPictureIsRefusedByItsHeader) {
  EXPECT_EQ(fault_of("a.jpg", test::jpeg_claiming(20'000, 15'000)), PageFault::too_many_pixels);
  EXPECT_EQ(fault_of("a.png", test::huge_png(20'000, 15'000)), PageFault::too_many_pixels);
}

TEST(TooMuch, ATiffOfTooManyPixelsIsRefused) {
  ImportLimits limits;
  limits.max_pixels = 100'000;
  EXPECT_EQ(fault_of("a.tif", test::tiff_file(test::written_page(400, 300), 1), limits), PageFault::too_many_pixels);
}

TEST(TooMuch, APageIsScaledDownToWhatIsKeptAndThatIsPointedOut) {
  ImportLimits limits;
  limits.kept_pixels = 1'000'000;
  for (const auto& [name, file] : {std::pair{"a.pdf", test::pdf_file(1)},
                                   {"a.tif", test::tiff_file(test::written_page(1'200, 1'600), 1)},
                                   {"a.jpg", test::jpeg_file(test::written_page(1'200, 1'600))},
                                   {"a.png", test::png_file(test::written_page(1'200, 1'600))}}) {
    Recorder recorder;
    EXPECT_EQ(import_bytes(name, file, recorder, limits).fault, PageFault::none) << name;
    ASSERT_EQ(recorder.pages.size(), 1U) << name;
    const CapturedPage& page = recorder.pages.front();
    EXPECT_LE(page.width * page.height, 1'000'000) << name;
    EXPECT_GE(page.width * page.height, 950'000) << name;
    EXPECT_TRUE(page.is_reduced) << name;
    EXPECT_EQ(page.media_type, "image/jpeg") << name;
  }
}

TEST(TooMuch, A60MegapixelPictureFits) { EXPECT_EQ(fault_of("a.png", test::huge_png(7'740, 7'740)), PageFault::none); }

TEST(TooMuch, AFileOfTooManyBytesIsNotRead) {
  ImportLimits limits;
  limits.max_file_bytes = 1'000;
  EXPECT_EQ(fault_of("a.jpg", test::jpeg_file(test::written_page(600, 800)), limits), PageFault::file_too_large);
}

TEST(ProtectedFile, APdfThatNeedsAPasswordSaysSo) {
  EXPECT_EQ(fault_of("a.pdf", test::locked_pdf("secret")), PageFault::file_protected);
}

TEST(WrongType, TextAndProgramsAreNotPictures) {
  EXPECT_EQ(fault_of("a.jpg", {'h', 'e', 'l', 'l', 'o'}), PageFault::file_wrong_type);
  EXPECT_EQ(fault_of("a.pdf", {'M', 'Z', 0x90, 0}), PageFault::file_wrong_type);
}

TEST(WrongType, TheContentDecidesNotTheName) {
  EXPECT_EQ(fault_of("a.jpg", test::pdf_file(1)), PageFault::none);
  EXPECT_EQ(fault_of("a.pdf", test::png_file(test::written_page(60, 80))), PageFault::none);
  EXPECT_EQ(fault_of("微信图片.jpg", test::png_file(test::written_page(60, 80))), PageFault::none);
  EXPECT_EQ(fault_of("DSC_0001.MPO", test::jpeg_file(test::written_page(60, 80))), PageFault::none);
  EXPECT_EQ(fault_of("scan.jpg_1", test::jpeg_file(test::written_page(60, 80))), PageFault::none);
}

TEST(WrongType, APhotographOfAnotherKindIsNamed) {
  EXPECT_EQ(fault_of("IMG_0001.jpg", {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0, 0, 0, 0}),
            PageFault::file_heic);
}

TEST(WrongType, ANameWithoutEndingSaysNothing) {
  EXPECT_EQ(fault_of("scan", test::jpeg_file(test::written_page(60, 80))), PageFault::none);
}

}  // namespace
}  // namespace bangwu::capture
