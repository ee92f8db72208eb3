#include "paper/qr.h"

#include <gmock/gmock.h>

#include <cmath>

#include "shared/paper/rendering.h"

namespace bangwu::paper {
namespace {

/// As the screen draws it, `pixels` a module, with the quiet zone.
Picture drawn(const QrMatrix& code, double pixels) {
  const double side = static_cast<double>(code.size + 2 * QrMatrix::kQuietModules) * pixels;
  const auto length = static_cast<std::size_t>(std::lround(side));
  Picture picture{length, length, std::vector<unsigned char>(length * length, 255)};
  for (std::size_t y = 0; y < length; ++y)
    for (std::size_t x = 0; x < length; ++x) {
      const auto column = static_cast<std::size_t>((static_cast<double>(x) + 0.5) / pixels);
      const auto row = static_cast<std::size_t>((static_cast<double>(y) + 0.5) / pixels);
      if (column < 4 || row < 4 || column >= code.size + 4 || row >= code.size + 4) continue;
      if (code.is_dark(column - 4, row - 4)) picture.pixels[y * length + x] = 0;
    }
  return picture;
}

TEST(QrModules, AreReadAgainByAnotherLibrary) {
  for (const std::string text : {"BANGWU1|WJ-2026-0001234", "a", "帮吾办", "https://www.jszwfw.gov.cn/?item=1&x=%E4"}) {
    const auto code = qr_modules(text);
    ASSERT_TRUE(code.has_value());
    EXPECT_THAT(codes_in(drawn(*code, 4)), testing::ElementsAre(text));
    EXPECT_THAT(codes_in(drawn(*code, 3.6)), testing::ElementsAre(text));
  }
}

TEST(QrModules, OfAReceiptAreFew) {
  const auto code = qr_modules(receipt_code("WJ-2026-0001234"));
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(code->size, 25U);
  EXPECT_EQ(code->cells.size(), code->size * code->size);
}

TEST(QrModules, RefuseNothingAndTooMuch) {
  EXPECT_EQ(qr_modules("").error().code, base::ErrorCode::invalid_input);
  EXPECT_EQ(qr_modules(std::string(2332, 'x')).error().code, base::ErrorCode::invalid_input);
  EXPECT_TRUE(qr_modules(std::string(2331, 'x')).has_value());
}

TEST(ReceiptCode, NamesTheVersionOfTheCodeAndTheNumberOnly) {
  EXPECT_EQ(receipt_code("WJ-2026-0001234"), "BANGWU1|WJ-2026-0001234");
}

}  // namespace
}  // namespace bangwu::paper
