#include <gmock/gmock.h>

#include <random>

#include "recorder.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;

constexpr int kMutations = 300;

/// One to eight changes of the kinds that break parsers: single bits, wild numbers, pieces gone, doubled or moved.
base::Bytes mutate(base::Bytes file, std::mt19937& random) {
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  for (std::size_t change = below(8) + 1; change > 0 && file.size() > 64; --change) {
    const std::size_t at = 16 + below(file.size() - 32);
    const std::size_t length = std::min<std::size_t>(below(64) + 1, file.size() - at);
    const auto begin = file.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = begin + static_cast<std::ptrdiff_t>(length);
    switch (below(5)) {
      case 0: *begin ^= static_cast<std::uint8_t>(1U << below(8)); break;
      case 1: std::fill(begin, std::min(begin + 4, end), below(2) == 0 ? 0xFF : 0x00); break;
      case 2: file.erase(begin, end); break;
      case 3: {
        const base::Bytes piece(begin, end);
        file.insert(begin, piece.begin(), piece.end());
        break;
      }
      default: *begin = static_cast<std::uint8_t>(below(256));
    }
  }
  return file;
}

class MutatedFile : public testing::TestWithParam<const char*> {
 protected:
  static base::Bytes original(const std::string& name) {
    const Raster page = test::written_page(120, 160);
    if (name == "a.jpg") {
      return test::jpeg_file(page, test::JpegFlavour::baseline, 6);
    }
    if (name == "progressive.jpg") {
      return test::jpeg_file(page, test::JpegFlavour::progressive);
    }
    if (name == "a.png") {
      return test::png_file(page);
    }
    return name == "a.tif" ? test::tiff_file(page, 2) : test::pdf_file(1, 150, 200);
  }
};

TEST_P(MutatedFile, EndsInPagesOrAFaultAndNeverHere) {
  const base::Bytes file = original(GetParam());
  const test::Folder folder;
  std::mt19937 random(20'261'123);  // the same files each time
  ImportLimits limits;
  limits.silence_limit = std::chrono::seconds(10);
  Importer importer({}, limits);
  int whole = 0;
  int crashes = 0;
  for (int i = 0; i < kMutations; ++i) {
    folder.put(GetParam(), mutate(file, random));
    test::Recorder recorder;
    const Outcome outcome = test::import_only_file(importer, folder, recorder);
    ASSERT_THAT(
        outcome.fault,
        testing::AnyOf(PageFault::none, PageFault::file_damaged, PageFault::file_wrong_type, PageFault::too_many_pages,
                       PageFault::too_many_pixels, PageFault::file_protected, PageFault::picture_kind,
                       PageFault::page_damaged, PageFault::page_shape, PageFault::page_too_complex,
                       PageFault::file_too_complex, PageFault::pdf_form, PageFault::pdf_portfolio))
        << "mutation " << i;
    whole += outcome.fault == PageFault::none ? 1 : 0;
    crashes += outcome.detail.find("signal") != std::string::npos && outcome.detail.find("ended") == 0 ? 1 : 0;
    for (const CapturedPage& page : recorder.pages) {
      ASSERT_FALSE(page.encoded.empty());
    }
  }
  RecordProperty("whole", whole);
  RecordProperty("crashes", crashes);
}

INSTANTIATE_TEST_SUITE_P(EachKind, MutatedFile, testing::Values("a.jpg", "progressive.jpg", "a.png", "a.tif", "a.pdf"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

}  // namespace
}  // namespace bangwu::capture
