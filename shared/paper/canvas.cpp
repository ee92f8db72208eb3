#include "paper/canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace bangwu::paper {
namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* thing) const {
    release(thing);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using FontMap = std::unique_ptr<PangoFontMap, Release<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Release<g_object_unref>>;
using Layout = std::unique_ptr<PangoLayout, Release<g_object_unref>>;
using Description = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;
using LayoutIterator = std::unique_ptr<PangoLayoutIter, Release<pango_layout_iter_free>>;

constexpr double kPangoUnits = PANGO_SCALE;

Description describe(Face face, double size) {
  Description description(pango_font_description_new());
  pango_font_description_set_family_static(description.get(),
                                           face == Face::text ? "Noto Serif CJK SC" : "Noto Sans CJK SC");
  pango_font_description_set_weight(description.get(), face == Face::text ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size(description.get(), size * kPangoUnits);
  return description;
}

// fontconfig answers every request with something; only the name tells whether it is what was asked for.
bool is_installed(PangoContext* context, Face face) {
  const Description wanted = describe(face, 10);
  const std::unique_ptr<PangoFont, Release<g_object_unref>> font(pango_context_load_font(context, wanted.get()));
  if (!font) return false;
  const Description got(pango_font_describe(font.get()));
  return std::strcmp(pango_font_description_get_family(got.get()), pango_font_description_get_family(wanted.get())) ==
             0 &&
         pango_font_description_get_weight(got.get()) == pango_font_description_get_weight(wanted.get());
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<base::Bytes*>(bytes)->insert(static_cast<base::Bytes*>(bytes)->end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

bool is_utf8(std::string_view text) { return g_utf8_validate_len(text.data(), text.size(), nullptr) != 0; }

struct Text::Layout {
  struct Line {
    PangoLayoutLine* line;  // owned by the layout
    double offset, height, ascent;
  };
  paper::Layout layout;
  Ink ink;
  std::vector<Line> lines;
  double width = 0;
};

Text::Text(std::unique_ptr<Layout> layout) : layout_(std::move(layout)) {}
Text::Text(Text&&) noexcept = default;
Text& Text::operator=(Text&&) noexcept = default;
Text::~Text() = default;
std::size_t Text::lines() const { return layout_->lines.size(); }
double Text::line_height(std::size_t line) const { return layout_->lines[line].height; }
double Text::width() const { return layout_->width; }
double Text::height() const {
  double sum = 0;
  for (const auto& line : layout_->lines) sum += line.height;
  return sum;
}

// Declared in the order of dependence: the pen draws on the surface, the surface writes into the bytes.
struct Canvas::Document {
  base::Bytes bytes;
  Surface surface;
  Pen pen;
  FontMap fonts;
  Context context;
};

Canvas::Canvas(std::unique_ptr<Document> document) : document_(std::move(document)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

base::Result<Canvas> Canvas::pdf(double width, double height, const std::string& title, const std::string& language) {
  auto document = std::make_unique<Document>();
  document->surface.reset(cairo_pdf_surface_create_for_stream(append, &document->bytes, width, height));
  cairo_pdf_surface_set_metadata(document->surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  document->pen.reset(cairo_create(document->surface.get()));
  // A font map of its own: pango's default one lives as long as the thread and keeps what was set.
  document->fonts.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!document->fonts) return base::fail(base::ErrorCode::unavailable, "paper: pango has no FreeType fonts");
  document->context.reset(pango_font_map_create_context(document->fonts.get()));
  pango_context_set_language(document->context.get(), pango_language_from_string(language.c_str()));
  pango_context_set_round_glyph_positions(document->context.get(), 0);  // paper has no pixels to round to
  pango_cairo_update_context(document->pen.get(), document->context.get());
  for (const Face face : {Face::text, Face::strong})
    if (!is_installed(document->context.get(), face))
      return base::fail(base::ErrorCode::unavailable, "paper: Noto CJK is not installed; install fonts-noto-cjk");
  return Canvas(std::move(document));
}

Text Canvas::set(std::string_view text, double width, const TextStyle& style) const {
  auto set = std::make_unique<Text::Layout>();
  set->ink = style.ink;
  set->layout.reset(pango_layout_new(document_->context.get()));
  PangoLayout* layout = set->layout.get();
  pango_layout_set_font_description(layout, describe(style.face, style.size).get());
  pango_layout_set_width(layout, static_cast<int>(width * kPangoUnits));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout, style.align == Align::left     ? PANGO_ALIGN_LEFT
                                     : style.align == Align::centre ? PANGO_ALIGN_CENTER
                                                                    : PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  const LayoutIterator at(pango_layout_get_iter(layout));
  do {
    PangoRectangle box{};
    pango_layout_iter_get_line_extents(at.get(), nullptr, &box);
    const double ascent = (pango_layout_iter_get_baseline(at.get()) - box.y) / kPangoUnits;
    set->lines.push_back(
        {pango_layout_iter_get_line_readonly(at.get()), box.x / kPangoUnits, box.height / kPangoUnits, ascent});
    set->width = std::max(set->width, box.width / kPangoUnits);
  } while (pango_layout_iter_next_line(at.get()) != 0);
  return Text(std::move(set));
}

void Canvas::draw_line(const Text& text, std::size_t line, double x, double y) {
  cairo_t* pen = document_->pen.get();
  const auto& set = *text.layout_;
  cairo_set_source_rgb(pen, set.ink.red, set.ink.green, set.ink.blue);
  cairo_move_to(pen, x + set.lines[line].offset, y + set.lines[line].ascent);
  pango_cairo_show_layout_line(pen, set.lines[line].line);
}

void Canvas::draw(const Text& text, double x, double y) {
  for (std::size_t line = 0; line < text.lines(); ++line) {
    draw_line(text, line, x, y);
    y += text.line_height(line);
  }
}

void Canvas::fill(const Box& box, const Ink& ink) {
  cairo_t* pen = document_->pen.get();
  cairo_set_source_rgb(pen, ink.red, ink.green, ink.blue);
  cairo_rectangle(pen, box.x, box.y, box.width, box.height);
  cairo_fill(pen);
}

void Canvas::rule(double x, double y, double width, double thickness, const Ink& ink) {
  fill({x, y - thickness / 2, width, thickness}, ink);
}

void Canvas::draw_code(const QrMatrix& code, double x, double y, double side) {
  cairo_t* pen = document_->pen.get();
  const double module = side / static_cast<double>(code.size + 2 * QrMatrix::kQuietModules);
  const double left = x + module * QrMatrix::kQuietModules;
  const double top = y + module * QrMatrix::kQuietModules;
  cairo_set_source_rgb(pen, kBlack.red, kBlack.green, kBlack.blue);
  for (std::size_t row = 0; row < code.size; ++row)
    for (std::size_t column = 0; column < code.size; ++column)
      if (code.is_dark(column, row))
        cairo_rectangle(pen, left + module * static_cast<double>(column), top + module * static_cast<double>(row),
                        module, module);
  cairo_fill(pen);  // one path, so that no hairlines show between the modules
}

void Canvas::next_page() { cairo_show_page(document_->pen.get()); }

base::Result<base::Bytes> Canvas::finish() {
  cairo_status_t status = cairo_status(document_->pen.get());
  document_->pen.reset();
  cairo_surface_finish(document_->surface.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(document_->surface.get());
  if (status != CAIRO_STATUS_SUCCESS)
    return base::fail(base::ErrorCode::internal, std::string("paper: cairo: ") + cairo_status_to_string(status));
  return std::move(document_->bytes);
}

}  // namespace bangwu::paper
