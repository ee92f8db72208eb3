#include <gtest/gtest.h>

#include <chrono>

#include "odd_samples.h"
#include "recorder.h"

/// Documents that are made to keep a machine busy.
namespace bangwu::capture {
namespace {

using domain::PageFault;
using test::Recorder;

/// A stream that unpacks to so many MiB of spaces, a 64th of that long (RunLengthDecode, ISO 32000-1, 7.4.5).
std::string spaces(int mebibytes) {
  std::string packed;
  for (int i = 0; i < mebibytes * (1 << 20) / 128; ++i) packed += "\x81 ";
  return "<< /Filter /RunLengthDecode /Length " + std::to_string(packed.size()) + " >>\nstream\n" + packed +
         "\nendstream";
}

/// So many pages, all of this content.
base::Bytes pdf_of_equal_pages(int pages, const std::string& content) {
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>", "", content};
  std::string kids;
  for (int i = 0; i < pages; ++i) {
    objects.emplace_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>");
    kids += std::to_string(objects.size()) + " 0 R ";
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) + " >>";
  return test::pdf_of(objects);
}

/// Refused by the decoder itself: one that works on is stopped after its silence limit, with file_too_complex as well.
PageFault fault_of(const base::Bytes& file) {
  constexpr std::chrono::seconds kSilence{60};
  Recorder recorder;
  ImportLimits limits;
  limits.silence_limit = kSilence;
  const auto begin = std::chrono::steady_clock::now();
  const PageFault fault = test::import_bytes("a.pdf", file, recorder, limits).fault;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kSilence / 2) << "3 s of the processor, on a busy machine";
  return fault;
}

TEST(PdfBomb, TypeOfAnImpossibleSizeIsAsLargeAsFits) {
  for (const char* size : {"inf", "nan", "-12", "0", "1e308", "1e999", "-inf", "1001"}) {
    for (const char* kind : {"/Widget /FT /Tx /T (name) /V", "/FreeText /Contents"}) {
      const base::Bytes file =
          test::pdf_of_pages({{.entries = "/MediaBox [0 0 200 200] /Annots [5 0 R]"}},
                             {"<< /Type /Annot /Rect [50 80 150 120] /F 4 /DA (/F " + std::string(size) +
                              " Tf) /Subtype " + std::string(kind) + " (Zhang San) >>"},
                             "/AcroForm << /Fields [5 0 R] >>");
      Recorder recorder;
      ASSERT_EQ(test::import_bytes("a.pdf", file, recorder).fault, PageFault::none) << size << kind;
      EXPECT_GT(test::ink_in(recorder.pages.front().preview, 0.25, 0.4, 0.75, 0.6), 50) << size << kind;
    }
  }
}

TEST(PdfBomb, ADocumentOfTooManyPagesIsRefusedBeforeOneOfThemIsUnpacked) {
  EXPECT_EQ(fault_of(pdf_of_equal_pages(3'000, spaces(48))), PageFault::too_many_pages);
}

TEST(PdfBomb, PagesThatUnpackForSecondsAreTooComplex) {
  EXPECT_EQ(fault_of(pdf_of_equal_pages(50, spaces(48))), PageFault::file_too_complex);
}

TEST(PdfBomb, WordsThatAreABookAreTooComplex) {
  const base::Bytes file =
      test::pdf_of_pages({{.entries = "/MediaBox [0 0 200 200] /Annots [5 0 R]"}},
                         {"<< /Type /Annot /Subtype /FreeText /Rect [50 80 150 120] /F 4 /Contents (" +
                          std::string(1 << 20, 'x') + ") >>"});
  EXPECT_EQ(fault_of(file), PageFault::file_too_complex);
}

}  // namespace
}  // namespace bangwu::capture
