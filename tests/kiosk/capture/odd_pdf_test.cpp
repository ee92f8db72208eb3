#include <gmock/gmock.h>

#include "odd_samples.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;
using test::import_bytes;
using test::ink_in;
using test::pdf_of_pages;
using test::Recorder;

const std::string kHelvetica =
    "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
const std::string kA4 = "/MediaBox [0 0 595 842] ";
const std::string kWords = "BT /F1 30 Tf 100 700 Td (Words on a page) Tj ET";

test::PdfPage sound_page() { return {.entries = kA4 + kHelvetica, .content = kWords}; }

Outcome outcome_of(const base::Bytes& file) {
  Recorder recorder;
  return import_bytes("a.pdf", file, recorder);
}

/// The picture of a file's only page.
Raster picture_of(const base::Bytes& file) {
  Recorder recorder;
  EXPECT_EQ(import_bytes("a.pdf", file, recorder).fault, PageFault::none);
  return recorder.pages.size() == 1 ? recorder.pages.front().preview : Raster();
}

/// A page that is nothing but this annotation, in the middle of a page of 200 points.
base::Bytes pdf_with(const std::string& annotation, const std::string& form = "") {
  return pdf_of_pages({{.entries = "/MediaBox [0 0 200 200] /Annots [5 0 R]"}},
                      {"<< /Type /Annot /Rect [50 80 150 120] /F 4 " + annotation + " >>"},
                      "/AcroForm << /Fields [5 0 R] /DA (/Helv 0 Tf 0 g) " + form + " >>");
}

void append(base::Bytes& file, std::string_view text) { file.insert(file.end(), text.begin(), text.end()); }

TEST(PdfEnd, BytesBehindItDoNotMatter) {
  base::Bytes padded = pdf_of_pages({sound_page()});
  padded.resize(padded.size() + 80'000);
  EXPECT_EQ(outcome_of(padded).pages, 1);
  base::Bytes followed = pdf_of_pages({sound_page()});
  for (int i = 0; i < 1'000; ++i) {
    append(followed, "<p>not a PDF any more</p>");
  }
  EXPECT_EQ(outcome_of(followed).pages, 1);
}

TEST(PdfKind, AFormThatOnlyItsOwnViewerShowsIsNamed) {
  const std::string xfa = "/AcroForm << /XFA [(template) 5 0 R] /Fields [] >> /NeedsRendering true";
  EXPECT_EQ(outcome_of(pdf_of_pages({sound_page()}, {"<< /Length 0 >>\nstream\n\nendstream"}, xfa)).fault,
            PageFault::pdf_form);
}

TEST(PdfKind, APortfolioIsNamed) {
  EXPECT_EQ(outcome_of(pdf_of_pages({sound_page()}, {}, "/Collection << /View /T >>")).fault, PageFault::pdf_portfolio);
}

TEST(PdfKind, OneThatLostTheTableOfItsEncryptionIsProtected) {
  base::Bytes file = test::locked_pdf("test");
  const std::string_view word = "startxref";
  const auto found = std::search(file.begin(), file.end(), word.begin(), word.end());
  ASSERT_NE(found, file.end());
  std::fill(found, found + 9, 'x');
  const PageFault fault = outcome_of(file).fault;
  EXPECT_TRUE(fault == PageFault::file_protected || fault == PageFault::file_damaged) << domain::name_of(fault);
}

TEST(PdfPages, OneThatCannotBeDecodedIsNamedAndTheOthersCanBeHad) {
  const base::Bytes file =
      test::pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 5 0 R 7 0 R] /Count 3 >>",
                    "<< /Type /Page /Parent 2 0 R " + kA4 + kHelvetica + " /Contents 4 0 R >>",
                    "<< /Length " + std::to_string(kWords.size()) + " >>\nstream\n" + kWords + "\nendstream",
                    "<< /Type /Page /Parent 2 0 R " + kA4 + " /Contents 6 0 R >>",
                    "<< /Length 12 /Filter /FlateDecode >>\nstream\nnot deflated\nendstream",
                    "<< /Type /Page /Parent 2 0 R " + kA4 + kHelvetica + " /Contents 4 0 R >>"});
  const Outcome refused = outcome_of(file);
  EXPECT_EQ(refused.fault, PageFault::page_damaged);
  EXPECT_EQ(refused.page, 2);
  EXPECT_EQ(refused.pages, 0);
  const test::Folder folder;
  folder.put("a.pdf", file);
  Importer importer;
  Recorder recorder;
  const auto files = importer.list_files(test::place_of(folder), CancelToken{});
  ASSERT_TRUE(files);
  const Outcome rest =
      importer.import_file(files->front().token, recorder.sink(), CancelToken{}, UnreadablePages::leave_out);
  EXPECT_EQ(rest.fault, PageFault::none);
  EXPECT_EQ(rest.pages, 2);
}

TEST(PdfPages, OneWithoutASizeGetsTheUsualOneUnlessItThenShowsNothing) {
  const Outcome shown = outcome_of(pdf_of_pages({{.entries = "/MediaBox [0 0 0 0] " + kHelvetica, .content = kWords}}));
  EXPECT_EQ(shown.pages, 1);
  const Outcome empty = outcome_of(pdf_of_pages(
      {sound_page(),
       {.entries = "/MediaBox [0 0 0 0] " + kHelvetica, .content = "BT /F1 30 Tf 5000 5000 Td (far away) Tj ET"}}));
  EXPECT_EQ(empty.fault, PageFault::page_damaged);
  EXPECT_EQ(empty.page, 2);
}

TEST(PdfPages, StripsAndSpecksAreNamed) {
  const Outcome strip = outcome_of(pdf_of_pages({sound_page(), {.entries = "/MediaBox [0 0 14173 28]"}}));
  EXPECT_EQ(strip.fault, PageFault::page_shape);
  EXPECT_EQ(strip.page, 2);
  EXPECT_EQ(outcome_of(pdf_of_pages({{.entries = "/MediaBox [0 0 2 2]"}})).fault, PageFault::page_shape);
}

TEST(PdfPages, APictureThatUnpacksToGigabytesIsRefusedAtOnce) {
  const std::string picture =
      "<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB "
      "/Length 1 >>\nstream\nx\nendstream";
  const base::Bytes file = pdf_of_pages(
      {{.entries = kA4 + "/Resources << /XObject << /I 5 0 R >> >>", .content = "500 0 0 500 0 0 cm /I Do"}},
      {picture});
  EXPECT_EQ(outcome_of(file).fault, PageFault::file_too_complex);
}

TEST(PdfPages, ATitleAtTheVeryTopIsNotBlank) {
  Recorder recorder;
  const test::PdfPage page{.entries = kA4 + kHelvetica,
                           .content = "BT /F1 18 Tf 50 822 Td (Title in a big font) Tj ET"};
  ASSERT_EQ(import_bytes("a.pdf", pdf_of_pages({page}), recorder).fault, PageFault::none);
  EXPECT_FALSE(recorder.pages.front().looks_blank);
}

TEST(PdfFonts, ChineseThatClaimsToBeLatinIsShownInChinese) {
  // 一 twice: a stroke across the middle of the em. As Latin it would be "Ò»", far higher and in four pieces.
  const std::string font =
      "<< /Type /Font /Subtype /TrueType /BaseFont /#CB#CE#CC#E5 /Encoding /WinAnsiEncoding "
      "/FirstChar 30 /LastChar 255 >>";
  const base::Bytes file = pdf_of_pages({{.entries = "/MediaBox [0 0 200 200] /Resources << /Font << /F1 5 0 R >> >>",
                                          .content = "BT /F1 80 Tf 20 60 Td <D2BBD2BB> Tj ET"}},
                                        {font});
  const Raster picture = picture_of(file);
  ASSERT_FALSE(picture.rgb.empty());
  EXPECT_GT(ink_in(picture, 0.1, 0.45, 0.9, 0.65), 0);
  EXPECT_EQ(ink_in(picture, 0, 0, 1, 0.42), 0);
  EXPECT_EQ(ink_in(picture, 0, 0.68, 1, 1), 0);
}

TEST(PdfFields, AValueWithoutAnAppearanceIsDrawnInAnyScript) {
  for (const char* value : {"(Zhang San)", "<FEFF5F204E09>"}) {  // 张三
    const std::string field = "/Subtype /Widget /FT /Tx /T (name) /V ";
    EXPECT_GT(ink_in(picture_of(pdf_with(field + value)), 0.25, 0.4, 0.75, 0.6), 100) << value;
    EXPECT_GT(ink_in(picture_of(pdf_with(field + value, "/NeedAppearances true")), 0.25, 0.4, 0.75, 0.6), 100) << value;
  }
}

TEST(PdfFields, AValueWhoseAppearanceIsEmptyOrLacksItsFontIsNotLost) {
  for (const std::string content : {"/Tx BMC EMC", "/Tx BMC BT /Gone 12 Tf 2 10 Td (x) Tj ET EMC"}) {
    const base::Bytes file =
        pdf_of_pages({{.entries = "/MediaBox [0 0 200 200] /Annots [5 0 R]"}},
                     {"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Zhang San) /Rect [50 80 150 120] /F 4 "
                      "/AP << /N 6 0 R >> "
                      ">>",
                      "<< /Type /XObject /Subtype /Form /BBox [0 0 100 40] /Length " + std::to_string(content.size()) +
                          " >>\nstream\n" + content + "\nendstream"},
                     "/AcroForm << /Fields [5 0 R] /DA (/Helv 0 Tf 0 g) >>");
    EXPECT_GT(ink_in(picture_of(file), 0.25, 0.4, 0.75, 0.6), 100) << content;
  }
}

TEST(PdfFields, CharactersOfACombStandInTheirCells) {
  const Raster picture =
      picture_of(pdf_with("/Subtype /Widget /FT /Tx /T (id) /V (1111) /Ff 16777216 /MaxLen 4 /DA (/Helv 12 Tf 0 g)"));
  for (int cell = 0; cell < 4; ++cell) {
    const double left = 0.25 + 0.125 * cell;
    EXPECT_GT(ink_in(picture, left + 0.03, 0.4, left + 0.095, 0.6), 0) << cell;
  }
}

TEST(PdfFields, ATickWithoutAPictureIsDrawnAndAnEmptyBoxIsNot) {
  const std::string box = "/Subtype /Widget /FT /Btn /T (agree) ";
  EXPECT_GT(ink_in(picture_of(pdf_with(box + "/V /Yes /AS /Yes", "/NeedAppearances true")), 0.25, 0.4, 0.75, 0.6), 100);
  EXPECT_EQ(ink_in(picture_of(pdf_with(box + "/V /Off /AS /Off", "/NeedAppearances true")), 0, 0, 1, 1), 0);
}

TEST(PdfNotes, WordsLaidOnAPageAreDrawnWithTheirColour) {
  const Raster picture = picture_of(pdf_with("/Subtype /FreeText /Contents (a note) /DA (/Helv 20 Tf 1 0 0 rg)"));
  int red = 0;
  for (std::size_t i = 0; i < picture.rgb.size(); i += 3) {
    red += picture.rgb[i] > 200 && picture.rgb[i + 1] < 80 ? 1 : 0;
  }
  EXPECT_GT(red, 100);
}

TEST(PdfNotes, WhatIsHiddenStaysHidden) {
  const base::Bytes file = pdf_of_pages(
      {{.entries = "/MediaBox [0 0 200 200] /Annots [5 0 R]"}},
      {"<< /Type /Annot /Subtype /FreeText /Rect [50 80 150 120] /F 2 /Contents (a note) /DA (/Helv 20 Tf 0 g) >>"});
  EXPECT_EQ(ink_in(picture_of(file), 0, 0, 1, 1), 0);
}

}  // namespace
}  // namespace bangwu::capture
