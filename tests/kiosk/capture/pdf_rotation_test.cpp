#include <gtest/gtest.h>

#include <utility>

#include "odd_samples.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;
using test::pdf_of_pages;
using test::Recorder;

struct Paper {
  int width = 0, height = 0;  ///< as it is seen, points
};

std::string number(double value) { return std::to_string(value); }

/// The letter F of page_with_an_f(), in fractions of the paper as it is seen.
std::string letter(const Paper& seen) {
  const auto box = [&](double left, double top, double right, double bottom) {
    return number(left * seen.width) + " " + number((1 - bottom) * seen.height) + " " +
           number((right - left) * seen.width) + " " + number((bottom - top) * seen.height) + " re f\n";
  };
  return box(0.1, 0.1, 0.2, 0.7) + box(0.2, 0.1, 0.5, 0.2) + box(0.2, 0.35, 0.4, 0.45);
}

/// What the viewer's turn brings upright again (ISO 32000-1, 7.7.3.3: clockwise).
std::string turned_back(int degrees, const Paper& lying) {
  const std::string width = std::to_string(lying.width);
  const std::string height = std::to_string(lying.height);
  switch (degrees) {
    case 90: return "0 1 -1 0 " + width + " 0 cm\n";
    case 180: return "-1 0 0 -1 " + width + " " + height + " cm\n";
    case 270: return "0 -1 1 0 0 " + height + " cm\n";
    default: return "";
  }
}

enum class Margin { none, cropped };

/// A page that shows an F on such paper when it has been turned by so much.
base::Bytes turned_pdf(int degrees, const Paper& seen, Margin margin = Margin::none) {
  const bool is_on_its_side = degrees == 90 || degrees == 270;
  const Paper lying = is_on_its_side ? Paper{seen.height, seen.width} : seen;
  const int edge = margin == Margin::cropped ? 30 : 0;
  const auto box = [](int left, int bottom, int right, int top) {
    return "[" + std::to_string(left) + " " + std::to_string(bottom) + " " + std::to_string(right) + " " +
           std::to_string(top) + "] ";
  };
  std::string entries =
      "/Rotate " + std::to_string(degrees) + " /MediaBox " + box(0, 0, lying.width + 2 * edge, lying.height + 3 * edge);
  if (edge > 0) entries += "/CropBox " + box(edge, edge, lying.width + edge, lying.height + edge);
  const std::string moved = "1 0 0 1 " + std::to_string(edge) + " " + std::to_string(edge) + " cm\n";
  return pdf_of_pages({{.entries = entries, .content = moved + turned_back(degrees, lying) + letter(seen)}});
}

CapturedPage page_of(const base::Bytes& file) {
  Recorder recorder;
  EXPECT_EQ(test::import_bytes("a.pdf", file, recorder).fault, PageFault::none);
  return recorder.pages.size() == 1 ? std::move(recorder.pages.front()) : CapturedPage();
}

TEST(PdfRotation, ATurnedPageComesInUprightWithOrWithoutACropBox) {
  constexpr Paper kSeen{300, 420};
  for (const Margin margin : {Margin::none, Margin::cropped}) {
    for (const int degrees : {0, 90, 180, 270}) {
      const CapturedPage page = page_of(turned_pdf(degrees, kSeen, margin));
      ASSERT_FALSE(page.preview.rgb.empty()) << degrees;
      EXPECT_NEAR(page.width, kSeen.width * 300 / 72, 2) << degrees;
      EXPECT_NEAR(page.height, kSeen.height * 300 / 72, 2) << degrees;
      EXPECT_TRUE(test::shows_an_f(page.preview)) << degrees;
    }
  }
}

TEST(PdfRotation, APlanThatLiesInAPortraitPageComesInScaledDown) {
  constexpr Paper kA0Landscape{3'370, 2'384};
  const CapturedPage page = page_of(turned_pdf(90, kA0Landscape));
  ASSERT_FALSE(page.preview.rgb.empty());
  EXPECT_GT(page.width, page.height);
  EXPECT_TRUE(page.is_reduced);
  EXPECT_TRUE(test::shows_an_f(page.preview));
}

}  // namespace
}  // namespace bangwu::capture
