#include "screens/section.h"

#include <algorithm>

namespace bangwu::screens {

Cards::Cards(Ui& ui, Rect area)
    : top_(area.y), gap_(ui.theme().gap), columns_(area.columns(ui.theme().landscape() ? 2 : 1, ui.theme().gap)) {}

namespace {
bool begins_higher(const Rect& a, const Rect& b) { return a.y < b.y; }
}  // namespace

Rect& Cards::next() { return *std::min_element(columns_.begin(), columns_.end(), begins_higher); }

float Cards::height() const {
  return std::max(0.F, std::max_element(columns_.begin(), columns_.end(), begins_higher)->y - gap_ - top_);
}

Section::Section(Ui& ui, Rect& area, std::string_view title, Icon icon)
    : ui_(ui), area_(area), title_(title), icon_(icon) {}

void Section::term(std::string_view name, std::string_view value) {
  lines_.push_back({Line::Kind::term, std::string{name}, std::string{value}, {}});
}
void Section::entry(std::string_view mark, std::string_view title, std::string_view note) {
  lines_.push_back({Line::Kind::entry, std::string{mark}, std::string{title}, std::string{note}});
}
void Section::words(std::string_view text) { lines_.push_back({Line::Kind::words, std::string{text}, {}, {}}); }

float Section::term_width(float width) const {
  float widest = 0;
  for (const auto& line : lines_) {
    if (line.kind == Line::Kind::term) widest = std::max(widest, ui_.line_width(line.first, TextStyle::small));
  }
  return std::min(widest + ui_.theme().space, width * 0.4F);
}

float Section::mark_width() const { return ui_.theme().icon * 1.3F; }

float Section::height_of(const Line& line, float width) const {
  switch (line.kind) {
    case Line::Kind::words: return ui_.measure(line.first, TextStyle::body, width).h;
    case Line::Kind::term: {
      const float left = term_width(width);
      return std::max(ui_.measure(line.first, TextStyle::small, left - ui_.theme().gap).h,
                      ui_.measure(line.second, TextStyle::body, width - left).h);
    }
    case Line::Kind::entry: {
      const float inner = width - mark_width() - ui_.theme().gap;
      float height = ui_.measure(line.second, TextStyle::body, inner).h;
      if (!line.third.empty()) height += ui_.measure(line.third, TextStyle::small, inner).h;
      return height;
    }
  }
  return 0;
}

void Section::draw_line(const Line& line, Rect area) const {
  const auto& theme = ui_.theme();
  const auto& palette = ui_.palette();
  if (line.kind == Line::Kind::words) {
    ui_.text(area, line.first);
    return;
  }
  if (line.kind == Line::Kind::term) {
    const float left = term_width(area.w);
    Rect name = area.take_left(left);
    name.w -= theme.gap;
    // The base lines of a small name and a body-sized value meet.
    const float drop = (theme.type(TextStyle::body).line - theme.type(TextStyle::small).line) / 2;
    ui_.text(name.moved(0, drop), line.first, {.style = TextStyle::small, .colour = palette.ink_soft});
    ui_.text(area, line.second);
    return;
  }
  Rect mark = area.take_left(mark_width(), theme.gap);
  const float size = std::min(mark.w, theme.type(TextStyle::body).line);
  mark = Rect{mark.x, mark.y + (theme.type(TextStyle::body).line - size) / 2, size, size};
  ui_.circle(mark, palette.accent_soft);
  ui_.text(mark, line.first,
           {.style = TextStyle::small_strong,
            .colour = palette.accent,
            .align = Align::centre,
            .vertical = VerticalAlign::middle,
            .role = std::nullopt});
  const float used = ui_.text(area, line.second);
  area.skip_top(used);
  if (!line.third.empty()) ui_.text(area, line.third, {.style = TextStyle::small, .colour = palette.ink_soft});
}

Section::~Section() {
  const auto& theme = ui_.theme();
  const float inner = area_.w - 2 * theme.space;
  const float between = theme.gap;
  float height = 2 * theme.space - between;
  if (!title_.empty()) height += std::max(theme.icon, theme.type(TextStyle::heading).line) + theme.gap + between;
  for (const auto& line : lines_) height += height_of(line, inner) + between;
  // The area of a scrolled page may be as high as it likes.
  Rect card{area_.x, area_.y, area_.w, height};
  ui_.card(card);
  area_.y += height + theme.gap;
  area_.h = std::max(0.F, area_.h - height - theme.gap);
  Rect inside = card.inset(theme.space);
  if (!title_.empty()) {
    Rect row = inside.take_top(std::max(theme.icon, theme.type(TextStyle::heading).line), theme.gap * 2);
    if (icon_ != Icon::none) ui_.icon(row.take_left(theme.icon, theme.gap), icon_, ui_.palette().accent);
    ui_.text(row, title_, {.style = TextStyle::heading, .vertical = VerticalAlign::middle, .role = Role::heading});
  }
  for (const auto& line : lines_) {
    const float used = height_of(line, inner);
    draw_line(line, {inside.x, inside.y, inner, used});
    inside.y += used + between;
  }
}

}  // namespace bangwu::screens
