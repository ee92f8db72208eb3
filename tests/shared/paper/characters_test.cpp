// Every character of GB 2312 in both faces, from the PDF as poppler renders it, against pango drawing it straight into
// a picture. A face whose subset loses a glyph (cairo 1.16 and 如 of Noto Sans CJK SC Regular) fails here.
#include <gmock/gmock.h>
#include <iconv.h>
#include <pango/pangocairo.h>

#include "paper/canvas.h"
#include "shared/paper/rendering.h"

namespace bangwu::paper {
namespace {

constexpr std::size_t kColumns = 40, kRows = 40;
constexpr double kCellWidth = 14, kCellHeight = 20, kSize = 10, kScale = 2;

std::vector<std::string> gb2312_characters() {
  std::vector<std::string> characters;
  iconv_t converter = iconv_open("UTF-8", "GB2312");
  for (int high = 0xA1; high <= 0xF7; ++high)
    for (int low = 0xA1; low <= 0xFE; ++low) {
      char in[2] = {static_cast<char>(high), static_cast<char>(low)};
      char out[8];
      char *from = in, *to = out;
      std::size_t in_left = 2, out_left = sizeof out;
      if (iconv(converter, &from, &in_left, &to, &out_left) != static_cast<std::size_t>(-1))
        characters.emplace_back(out, to);
      else iconv(converter, nullptr, nullptr, nullptr, nullptr);
    }
  iconv_close(converter);
  return characters;
}

double left_of(std::size_t cell) { return static_cast<double>(cell % kColumns) * kCellWidth + 2; }
double top_of(std::size_t cell) { return static_cast<double>(cell / kColumns) * kCellHeight + 1; }

/// The characters drawn by pango itself, no PDF in between; the font is named here again on purpose.
Picture drawn_directly(const std::vector<std::string>& characters, const char* font) {
  const auto columns = static_cast<int>(kColumns * kCellWidth * kScale);
  const auto rows = static_cast<int>(kRows * kCellHeight * kScale);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, columns, rows);
  cairo_t* pen = cairo_create(surface);
  cairo_scale(pen, kScale, kScale);
  PangoLayout* layout = pango_cairo_create_layout(pen);
  pango_context_set_language(pango_layout_get_context(layout), pango_language_from_string("zh-CN"));
  cairo_font_options_t* options = cairo_font_options_create();  // a PDF is not hinted, so neither is this
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
  cairo_font_options_destroy(options);
  PangoFontDescription* description = pango_font_description_from_string(font);
  pango_font_description_set_absolute_size(description, kSize * PANGO_SCALE);
  pango_layout_set_font_description(layout, description);
  pango_font_description_free(description);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    pango_layout_set_text(layout, characters[i].c_str(), -1);
    cairo_move_to(pen, left_of(i), top_of(i));
    pango_cairo_show_layout(pen, layout);
  }
  g_object_unref(layout);
  cairo_destroy(pen);
  cairo_surface_flush(surface);
  Picture picture{static_cast<std::size_t>(columns), static_cast<std::size_t>(rows), {}};
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  for (std::size_t y = 0; y < picture.height; ++y)
    for (std::size_t x = 0; x < picture.width; ++x)
      picture.pixels.push_back(static_cast<unsigned char>(255 - data[y * stride + x]));
  cairo_surface_destroy(surface);
  return picture;
}

Picture drawn_through_pdf(const std::vector<std::string>& characters, Face face) {
  auto canvas = Canvas::pdf(kColumns * kCellWidth, kRows * kCellHeight, "GB 2312", "zh-CN");
  if (!canvas) {
    ADD_FAILURE() << canvas.error().detail;
    return {};
  }
  for (std::size_t i = 0; i < characters.size(); ++i)
    canvas->draw(canvas->set(characters[i], 100, {.face = face, .size = kSize}), left_of(i), top_of(i));
  const auto pdf = canvas->finish();
  return read_pdf(*pdf, 72 * kScale).pages.at(0);
}

/// How unlike two cells are when the second is read `down` pixels lower: 0 the same, 1 nothing in common.
double difference(const Picture& one, const Picture& other, std::size_t cell, std::ptrdiff_t down) {
  const auto x0 = static_cast<std::size_t>((left_of(cell) - 1) * kScale);
  const auto y0 = static_cast<std::size_t>(top_of(cell) * kScale);
  const auto x_end = x0 + static_cast<std::size_t>(kCellWidth * kScale) - 2;
  const auto y_end = y0 + static_cast<std::size_t>(kCellHeight * kScale) - 2;
  int differing = 0, ink = 0;
  // Fractions of a pixel between the renderers are evened out over blocks of 3 × 3 pixels.
  for (std::size_t y = y0; y + 3 <= y_end; y += 3)
    for (std::size_t x = x0; x + 3 <= x_end; x += 3) {
      int sum = 0, sum_other = 0;
      for (std::size_t dy = 0; dy < 3; ++dy)
        for (std::size_t dx = 0; dx < 3; ++dx) {
          sum += 255 - one.at(x + dx, y + dy);
          sum_other += 255 - other.at(x + dx, y + dy + static_cast<std::size_t>(down));
        }
      differing += std::abs(sum - sum_other);
      ink += sum + sum_other;
    }
  return ink == 0 ? 0 : static_cast<double>(differing) / ink;
}

/// A horizontal stroke may fall on another row of pixels.
double least_difference(const Picture& one, const Picture& other, std::size_t cell) {
  return std::min({difference(one, other, cell, 0), difference(one, other, cell, 1), difference(one, other, cell, -1)});
}

class EveryCharacter : public testing::TestWithParam<std::pair<Face, const char*>> {};

TEST_P(EveryCharacter, OfGb2312IsOnThePaper) {
  const auto all = gb2312_characters();
  ASSERT_EQ(all.size(), 7445U);
  double worst = 0;
  std::string lost;
  for (std::size_t first = 0; first < all.size(); first += kColumns * kRows) {
    const std::vector<std::string> page(
        all.begin() + static_cast<std::ptrdiff_t>(first),
        all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), first + kColumns * kRows)));
    const Picture paper = drawn_through_pdf(page, GetParam().first);
    const Picture wanted = drawn_directly(page, GetParam().second);
    ASSERT_EQ(paper.pixels.size(), wanted.pixels.size());
    for (std::size_t cell = 0; cell < page.size(); ++cell) {
      const double unlike = least_difference(paper, wanted, cell);
      worst = std::max(worst, unlike);
      if (unlike > 0.35) lost += page[cell] + " ";
    }
  }
  RecordProperty("worst_percent", static_cast<int>(worst * 100));
  EXPECT_EQ(lost, "");
}

INSTANTIATE_TEST_SUITE_P(Faces, EveryCharacter,
                         testing::Values(std::pair{Face::text, "Noto Serif CJK SC"},
                                         std::pair{Face::strong, "Noto Sans CJK SC Bold"}),
                         [](const auto& face) { return face.param.first == Face::text ? "Text" : "Strong"; });

}  // namespace
}  // namespace bangwu::paper
