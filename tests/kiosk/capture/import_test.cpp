#include "capture/import.h"

#include <gmock/gmock.h>

#include "capture_worker/picture.h"
#include "recorder.h"

namespace bangwu::capture {
using namespace capture_worker;
namespace {

using domain::PageFault;
using test::colour_at;
using test::import_bytes;
using test::Recorder;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::Gt;
using testing::Lt;

TEST(ImportPicture, AJpegArrivesByteForByte) {
  const base::Bytes file = test::jpeg_file(test::written_page(1240, 1754));
  Recorder recorder;
  const Outcome outcome = import_bytes("身份证.jpg", file, recorder);
  EXPECT_EQ(outcome.fault, PageFault::none);
  ASSERT_EQ(recorder.pages.size(), 1U);
  const CapturedPage& page = recorder.pages.front();
  EXPECT_EQ(page.encoded, file);
  EXPECT_EQ(page.media_type, "image/jpeg");
  EXPECT_EQ(page.width, 1240);
  EXPECT_EQ(page.height, 1754);
  EXPECT_EQ(page.quarter_turns, 0);
  EXPECT_FALSE(page.looks_blank);
}

TEST(ImportPicture, ItsPicturesShowItSmall) {
  Recorder recorder;
  const Outcome outcome = import_bytes("a.jpg", test::jpeg_file(test::written_page(2480, 3508)), recorder);
  ASSERT_EQ(outcome.pages, 1);
  const CapturedPage& page = recorder.pages.front();
  EXPECT_EQ(page.preview.height, 1400);
  EXPECT_EQ(page.preview.width, 989);
  EXPECT_EQ(page.thumbnail.height, 440);
  for (const Raster* raster : {&page.preview, &page.thumbnail}) {
    EXPECT_EQ(raster->rgb.size(), static_cast<std::size_t>(raster->width * raster->height * 3));
    EXPECT_THAT(colour_at(*raster, 0.1, 0.05), ElementsAre(Gt(190), Lt(70), Lt(70))) << "the red stamp";
    EXPECT_THAT(colour_at(*raster, 0.6, 0.02), Each(Gt(235))) << "paper";
    EXPECT_THAT(colour_at(*raster, 0.5, 0.98), Each(Lt(50))) << "the dark bar below";
  }
}

TEST(ImportPicture, AllFlavoursOfJpegAreShownInTheirColours) {
  for (const auto flavour : {test::JpegFlavour::progressive, test::JpegFlavour::cmyk, test::JpegFlavour::grey}) {
    Recorder recorder;
    ASSERT_EQ(import_bytes("a.jpeg", test::jpeg_file(test::written_page(600, 800), flavour), recorder).fault,
              PageFault::none);
    const Raster& preview = recorder.pages.front().preview;
    EXPECT_THAT(colour_at(preview, 0.6, 0.02), Each(Gt(235)));
    EXPECT_THAT(colour_at(preview, 0.5, 0.98), Each(Lt(50)));
    if (flavour != test::JpegFlavour::grey) {
      EXPECT_THAT(colour_at(preview, 0.1, 0.05), ElementsAre(Gt(190), Lt(70), Lt(70)));
    }
  }
}

TEST(ImportPicture, ThePhonesOrientationIsTold) {
  Recorder recorder;
  const base::Bytes file = test::jpeg_file(test::written_page(800, 600), test::JpegFlavour::baseline, 6);
  ASSERT_EQ(import_bytes("IMG_0001.JPG", file, recorder).fault, PageFault::none);
  EXPECT_EQ(recorder.pages.front().quarter_turns, 1);
  EXPECT_EQ(recorder.pages.front().width, 800) << "the page itself is not turned";
}

TEST(ImportPicture, APngArrivesByteForByteAndTransparencyIsLaidOnWhite) {
  const base::Bytes file = test::png_file(test::written_page(600, 800), test::PngFlavour::half_transparent);
  Recorder recorder;
  ASSERT_EQ(import_bytes("a.png", file, recorder).fault, PageFault::none);
  const CapturedPage& page = recorder.pages.front();
  EXPECT_EQ(page.encoded, file);
  EXPECT_EQ(page.media_type, "image/png");
  EXPECT_THAT(colour_at(page.preview, 0.5, 0.98), Each(AllOf(Gt(100), Lt(210)))) << "black at half strength";
}

TEST(ImportPicture, AnInterlacedPngIsWhole) {
  Recorder recorder;
  const base::Bytes file = test::png_file(test::written_page(600, 800), test::PngFlavour::interlaced);
  ASSERT_EQ(import_bytes("a.png", file, recorder).fault, PageFault::none);
  EXPECT_THAT(colour_at(recorder.pages.front().preview, 0.5, 0.98), Each(Lt(50)));
}

TEST(ImportPicture, ABlankPageIsFlaggedAndKept) {
  Recorder recorder;
  ASSERT_EQ(import_bytes("a.jpg", test::jpeg_file(test::plain_page(1240, 1754, 245)), recorder).fault, PageFault::none);
  EXPECT_TRUE(recorder.pages.front().looks_blank);
}

TEST(ImportDocument, PagesOfAPdfComeOneByOneAt300DotsAnInch) {
  Recorder recorder;
  const Outcome outcome = import_bytes("申请.pdf", test::pdf_file(3), recorder);
  EXPECT_EQ(outcome.fault, PageFault::none);
  EXPECT_EQ(outcome.pages, 3);
  ASSERT_EQ(recorder.pages.size(), 3U);
  for (const CapturedPage& page : recorder.pages) {
    EXPECT_EQ(page.media_type, "image/jpeg");
    EXPECT_NEAR(page.width, 2480, 3);
    EXPECT_NEAR(page.height, 3508, 3);
    EXPECT_FALSE(page.looks_blank);
    const Decoding decoded = decode_jpeg(page.encoded, {.max_pixels = 60'000'000, .wanted_px = 100});
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->size.width, page.width);
  }
  EXPECT_NE(recorder.pages[0].encoded, recorder.pages[1].encoded);
  EXPECT_THAT(recorder.progress, ElementsAre(Progress{1, 3, 0}, Progress{1, 3, 60}, Progress{2, 3, 0},
                                             Progress{2, 3, 60}, Progress{3, 3, 0}, Progress{3, 3, 60}));
}

TEST(ImportDocument, APlanOfA0StaysLegibleAndIsPointedOut) {
  Recorder recorder;
  ASSERT_EQ(import_bytes("a.pdf", test::pdf_file(1, 2384, 3370), recorder).fault, PageFault::none);
  EXPECT_NEAR(recorder.pages.front().height, 3370.0 / 72 * 200, 3) << "200 dots an inch";
  EXPECT_TRUE(recorder.pages.front().is_reduced);
}

TEST(ImportDocument, APageOfA2IsAsLongAsOneOfA3) {
  Recorder recorder;
  ASSERT_EQ(import_bytes("a.pdf", test::pdf_file(1, 1191, 1684), recorder).fault, PageFault::none);
  EXPECT_NEAR(recorder.pages.front().height, 4961, 3);
}

TEST(ImportDocument, PagesOfATiffBecomeJpegs) {
  for (const bool is_compressed : {true, false}) {
    Recorder recorder;
    const base::Bytes file = test::tiff_file(test::written_page(600, 800), 2, is_compressed);
    ASSERT_EQ(import_bytes("fax.tif", file, recorder).fault, PageFault::none);
    ASSERT_EQ(recorder.pages.size(), 2U);
    EXPECT_EQ(recorder.pages[1].media_type, "image/jpeg");
    EXPECT_EQ(recorder.pages[1].width, 600);
    EXPECT_THAT(colour_at(recorder.pages[1].preview, 0.1, 0.05), ElementsAre(Gt(190), Lt(70), Lt(70)));
  }
}

TEST(ImportDocument, APdfLockedOnlyAgainstChangesIsRead) {
  Recorder recorder;
  EXPECT_EQ(import_bytes("a.pdf", test::locked_pdf(""), recorder).fault, PageFault::none);
  EXPECT_EQ(recorder.pages.size(), 1U);
}

TEST(ImportSink, ARefusedPageStopsTheFile) {
  Recorder recorder;
  recorder.answer = PageFault::disk_full;
  const Outcome outcome = import_bytes("a.pdf", test::pdf_file(5), recorder);
  EXPECT_EQ(outcome.fault, PageFault::disk_full);
  EXPECT_EQ(outcome.pages, 0);
  EXPECT_EQ(recorder.pages.size(), 1U);
}

TEST(ImportCancel, StopsBetweenPagesAndTheNextFileIsTaken) {
  const test::Folder folder;
  folder.put("a.pdf", test::pdf_file(20));
  Importer importer;
  CancelToken cancel;
  Recorder recorder;
  recorder.when_progress = [&](const Progress& now) {
    if (now.page == 2) {
      cancel.cancel();
    }
  };
  const Outcome outcome = test::import_only_file(importer, folder, recorder, cancel);
  EXPECT_EQ(outcome.fault, PageFault::cancelled);
  EXPECT_LE(recorder.pages.size(), 2U);
  const test::Folder next;
  next.put("b.jpg", test::jpeg_file(test::written_page(100, 100)));
  Recorder second;
  EXPECT_EQ(test::import_only_file(importer, next, second).fault, PageFault::none);
}

TEST(Preview, ACapturedPageIsShownAgainAtTheAskedSize) {
  Importer importer;
  const base::Bytes jpeg = test::jpeg_file(test::written_page(2480, 3508));
  for (const int size : {220, 1400, 2000}) {
    const auto raster = importer.render_preview(jpeg, "image/jpeg", size, CancelToken{});
    ASSERT_TRUE(raster);
    EXPECT_EQ(raster->height, size);
    EXPECT_THAT(colour_at(*raster, 0.1, 0.05), ElementsAre(Gt(190), Lt(70), Lt(70)));
  }
  const auto png =
      importer.render_preview(test::png_file(test::written_page(600, 800)), "image/png", 400, CancelToken{});
  ASSERT_TRUE(png);
  EXPECT_EQ(png->height, 400);
}

TEST(Preview, WhatIsNoPageIsAFaultAndTheNextOneWorks) {
  Importer importer;
  const base::Bytes jpeg = test::jpeg_file(test::written_page(600, 800));
  EXPECT_EQ(importer.render_preview(test::first_part(jpeg, 0.5), "image/jpeg", 400, CancelToken{}).error(),
            PageFault::file_damaged);
  EXPECT_EQ(importer.render_preview({}, "image/jpeg", 400, CancelToken{}).error(), PageFault::file_damaged);
  EXPECT_EQ(importer.render_preview(jpeg, "text/html", 400, CancelToken{}).error(), PageFault::file_wrong_type);
  EXPECT_TRUE(importer.render_preview(jpeg, "image/jpeg", 400, CancelToken{}));
  importer.forget();
  EXPECT_TRUE(importer.render_preview(jpeg, "image/jpeg", 400, CancelToken{}));
}

TEST(Forget, TokensOfAnOldListingAreGone) {
  const test::Folder folder;
  folder.put("a.jpg", test::jpeg_file(test::written_page(100, 100)));
  Importer importer;
  Recorder recorder;
  const auto files = importer.list_files(test::place_of(folder), CancelToken{});
  ASSERT_TRUE(files);
  importer.forget();
  EXPECT_EQ(importer.import_file(files->front().token, recorder.sink(), CancelToken{}).fault, PageFault::file_gone);
  const auto again = importer.list_files(test::place_of(folder), CancelToken{});
  ASSERT_TRUE(again);
  EXPECT_NE(again->front().token, files->front().token);
  EXPECT_EQ(importer.import_file(again->front().token, recorder.sink(), CancelToken{}).fault, PageFault::none);
}

}  // namespace
}  // namespace bangwu::capture
