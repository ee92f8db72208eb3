#include "paper/slip.h"

#include <algorithm>
#include <string_view>

#include "paper/canvas.h"
#include "paper/qr.h"

namespace bangwu::paper {
namespace {

constexpr double kWidth = points(148), kHeight = points(210);  // ISO 216 A5
constexpr double kMargin = points(13);
constexpr double kInner = kWidth - 2 * kMargin;
constexpr double kTop = points(12), kBottom = kHeight - points(10);
constexpr double kCodeSide = points(33);  // a module of ≥ 0.8 mm for numbers of up to 34 characters
constexpr double kLabelWidth = points(25);

constexpr TextStyle kHallStyle{.face = Face::text, .size = 10, .ink = kGrey};
constexpr TextStyle kTitleStyle{.face = Face::strong, .size = 23};
constexpr TextStyle kLabelStyle{.face = Face::text, .size = 10, .ink = kGrey};
constexpr TextStyle kCaptionStyle{.face = Face::text, .size = 8.5, .ink = kGrey, .align = Align::centre};
constexpr TextStyle kStateStyle{.face = Face::strong, .size = 15};
constexpr TextStyle kHeadingStyle{.face = Face::strong, .size = 11};
constexpr TextStyle kBodyStyle{.face = Face::text, .size = 10.5};
constexpr TextStyle kValueStyle{.face = Face::strong, .size = 10.5};
constexpr TextStyle kFooterStyle{.face = Face::text, .size = 8.5, .ink = kGrey};
constexpr TextStyle kPageStyle{.face = Face::text, .size = 8.5, .ink = kGrey, .align = Align::right};

/// Sets one slip from top to bottom. The number of pages is known only at the end, so it is set twice.
class Setting {
 public:
  Setting(Canvas& canvas, const SlipContent& content, const QrMatrix& code, std::size_t pages_in_all)
      : canvas_(canvas), content_(content), code_(code), pages_in_all_(pages_in_all) {
    const double footer_width = kInner - points(16);
    const double footer_height = canvas_.set(content_.footer, footer_width, kFooterStyle).height();
    floor_ = kBottom - footer_height - points(4);
  }

  /// Returns how many pages it took.
  std::size_t run() {
    draw_head();
    draw_state();
    for (const SlipField* field : {&content_.item, &content_.received, &content_.time_limit, &content_.pickup})
      draw_field(*field);
    for (const SlipField& field : content_.more) draw_field(field);
    draw_list(content_.lacks, true);
    draw_list(content_.next, false);
    draw_list(content_.ask, false);
    draw_footer();
    return page_;
  }

 private:
  void draw_head() {
    const double width = kInner - kCodeSide;
    double y = kTop;
    const auto place = [&](const std::string& text, const TextStyle& style, double gap) {
      const Text set = canvas_.set(text, width, style);
      canvas_.draw(set, kMargin, y);
      y += set.height() + gap;
    };
    place(content_.hall, kHallStyle, points(1));
    place(content_.title, kTitleStyle, points(4));
    place(content_.number_label, kLabelStyle, 0);
    const Text number = fitted(content_.number, width);
    canvas_.draw(number, kMargin, y);
    y += number.height();
    // The quiet zone reaches into the margin, so that the code itself ends where the lines below end.
    const double quiet = kCodeSide * QrMatrix::kQuietModules / static_cast<double>(code_.size + 8);
    const double code_x = kWidth - kMargin - kCodeSide + quiet;
    canvas_.draw_code(code_, code_x, kTop - quiet, kCodeSide);
    const Text caption = canvas_.set(content_.code_caption, kCodeSide, kCaptionStyle);
    const double caption_y = kTop + kCodeSide - 2 * quiet + points(1);
    canvas_.draw(caption, code_x, caption_y);
    y_ = std::max(y, caption_y + caption.height()) + points(3.5);
    canvas_.rule(kMargin, y_, kInner, 1.4, kBlack);
    y_ += points(3.5);
  }

  /// The number as large as one line allows; a very long one wraps at the smallest size.
  [[nodiscard]] Text fitted(const std::string& number, double width) const {
    for (double size = 22; size > 12; size -= 1) {
      Text text = canvas_.set(number, width, {.face = Face::strong, .size = size});
      if (text.lines() == 1) return text;
    }
    return canvas_.set(number, width, {.face = Face::strong, .size = 12});
  }

  void draw_state() {
    if (content_.state.empty()) return;
    const double inset = points(4);
    const Text state = canvas_.set(content_.state, kInner - 2 * inset, kStateStyle);
    const Text note = canvas_.set(content_.state_note, kInner - 2 * inset, kBodyStyle);
    const double note_height = content_.state_note.empty() ? 0 : note.height();
    const double height = state.height() + note_height + points(4);
    canvas_.fill({kMargin, y_, kInner, height}, kTint);
    canvas_.fill({kMargin, y_, points(1.2), height}, kBlack);
    canvas_.draw(state, kMargin + inset, y_ + points(2));
    if (note_height > 0) canvas_.draw(note, kMargin + inset, y_ + points(2) + state.height());
    y_ += height + points(3);
  }

  void draw_field(const SlipField& field) {
    if (field.value.empty()) return;
    const Text label = canvas_.set(field.label, kLabelWidth - points(2), kLabelStyle);
    const Text value = canvas_.set(field.value, kInner - kLabelWidth, kValueStyle);
    make_room(std::max(label.height(), value.line_height(0)));
    canvas_.draw(label, kMargin, y_ + 0.4);
    const double label_end = y_ + label.height();
    const std::size_t page = page_;
    flow(value, kMargin + kLabelWidth);
    if (page == page_) y_ = std::max(y_, label_end);
    y_ += points(1.1);
    canvas_.rule(kMargin, y_, kInner, 0.4, kHairline);
    y_ += points(1.3);
  }

  void draw_list(const SlipList& list, bool is_numbered) {
    if (list.lines.empty()) return;
    y_ += points(2);
    const Text heading = canvas_.set(list.heading, kInner, kHeadingStyle);
    make_room(heading.height() + kBodyStyle.size * 1.5);  // a heading keeps its first line with it
    flow(heading, kMargin);
    y_ += points(0.6);
    const double indent = points(is_numbered && list.lines.size() > 9 ? 7 : 5);
    for (std::size_t i = 0; i < list.lines.size(); ++i) {
      const Text mark = canvas_.set(is_numbered ? std::to_string(i + 1) + "." : "•", indent, kBodyStyle);
      const Text line = canvas_.set(list.lines[i], kInner - indent, kBodyStyle);
      make_room(mark.height());
      canvas_.draw(mark, kMargin, y_);
      flow(line, kMargin + indent);
      y_ += points(0.5);
    }
  }

  /// Draws a paragraph at the current height, going on to next pages.
  void flow(const Text& text, double x) {
    for (std::size_t line = 0; line < text.lines(); ++line) {
      make_room(text.line_height(line));
      canvas_.draw_line(text, line, x, y_);
      y_ += text.line_height(line);
    }
  }

  void make_room(double height) {
    if (y_ + height <= floor_) return;
    draw_footer();
    canvas_.next_page();
    ++page_;
    const Text title = canvas_.set(content_.title + "  " + content_.number, kInner, kHeadingStyle);
    canvas_.draw(title, kMargin, kTop);
    y_ = kTop + title.height() + points(1.5);
    canvas_.rule(kMargin, y_, kInner, 1.0, kBlack);
    y_ += points(3);
  }

  void draw_footer() {
    const double y = floor_ + points(4);
    canvas_.rule(kMargin, y - points(1.5), kInner, 0.4, kHairline);
    canvas_.draw(canvas_.set(content_.footer, kInner - points(16), kFooterStyle), kMargin, y);
    if (pages_in_all_ < 2) return;
    const std::string page = std::to_string(page_) + " / " + std::to_string(pages_in_all_);
    canvas_.draw(canvas_.set(page, kInner, kPageStyle), kMargin, y);
  }

  Canvas& canvas_;
  const SlipContent& content_;
  const QrMatrix& code_;
  std::size_t pages_in_all_;
  std::size_t page_ = 1;
  double y_ = 0;
  double floor_ = 0;  // where content must end
};

bool all_texts_are_utf8(const SlipContent& content) {
  const auto field_is = [](const SlipField& field) { return is_utf8(field.label) && is_utf8(field.value); };
  const auto list_is = [](const SlipList& list) {
    return is_utf8(list.heading) && std::all_of(list.lines.begin(), list.lines.end(), is_utf8);
  };
  const std::string_view texts[] = {content.language,     content.hall,   content.title,
                                    content.number_label, content.number, content.state,
                                    content.state_note,   content.footer, content.code_caption};
  return std::all_of(std::begin(texts), std::end(texts), is_utf8) && field_is(content.item) &&
         field_is(content.received) && field_is(content.time_limit) && field_is(content.pickup) &&
         std::all_of(content.more.begin(), content.more.end(), field_is) && list_is(content.lacks) &&
         list_is(content.next) && list_is(content.ask);
}

}  // namespace

base::Result<base::Bytes> slip_pdf(const SlipContent& content) {
  if (content.number.empty() || content.title.empty())
    return base::fail(base::ErrorCode::invalid_input, "slip: number or title is empty");
  if (!all_texts_are_utf8(content)) return base::fail(base::ErrorCode::invalid_input, "slip: a text is not UTF-8");
  const auto code = qr_modules(receipt_code(content.number));
  if (!code) return tl::unexpected(code.error());
  const auto set_once = [&](Canvas& canvas, std::size_t pages) { return Setting(canvas, content, *code, pages).run(); };
  auto draft = Canvas::pdf(kWidth, kHeight, content.title, content.language);
  if (!draft) return tl::unexpected(draft.error());
  const std::size_t pages = set_once(*draft, 1);
  if (pages == 1) return draft->finish();
  auto numbered = Canvas::pdf(kWidth, kHeight, content.title, content.language);
  if (!numbered) return tl::unexpected(numbered.error());
  set_once(*numbered, pages);
  return numbered->finish();
}

}  // namespace bangwu::paper
