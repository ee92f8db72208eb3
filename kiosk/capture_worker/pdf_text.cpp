#include "capture_worker/pdf_text.h"

#include <algorithm>
#include <qpdf/QPDF.hh>
#include <qpdf/QUtil.hh>
#include <string_view>
#include <vector>

#include "domain/characters.h"

namespace bangwu::capture_worker {
namespace {

using Lines = std::vector<std::u32string>;

constexpr double kMargin = 2;        ///< points, as Acrobat keeps at a field's edge
constexpr double kLargestAuto = 12;  ///< points, of type whose size is left to the viewer
constexpr double kSmallest = 4;      ///< points
constexpr double kCellFill = 0.7;    ///< of a box's height
constexpr double kLineHeight = 1.3;  ///< ems
constexpr double kAscent = 0.88;     ///< ems, of the em box of Chinese type
constexpr double kShrink = 0.93;
constexpr std::size_t kMostBytes = 200'000;  ///< of one box's words

std::string number(double value) { return QUtil::double_to_string(value, 3); }

/// Where a line may end behind this character: after a space, after a hanzi.
bool may_break(char32_t character) { return character == U' ' || domain::is_hanzi(character) || character >= 0x3000; }

Lines paragraphs_of(const std::u32string& words) {
  Lines lines(1);
  for (const char32_t c : words) {
    if (c == U'\n') {
      lines.emplace_back();
    } else if (c >= U' ') {
      lines.back().push_back(c);
    }
  }
  return lines;
}

/// `width` in ems.
Lines wrapped(TypeOutlines& type, const Lines& paragraphs, double width, const Allowance& allowance) {
  Lines lines;
  for (const std::u32string& paragraph : paragraphs) {
    std::u32string line;
    std::u32string piece;
    for (std::size_t i = 0; i < paragraph.size(); ++i) {
      piece.push_back(paragraph[i]);
      if (!may_break(paragraph[i]) && i + 1 < paragraph.size()) {
        continue;
      }
      allowance.check();
      if (!line.empty() && type.width_of(line + piece) > width) {
        lines.push_back(std::move(line));
        line.clear();
      }
      line += piece;
      piece.clear();
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

double widest_of(TypeOutlines& type, const Lines& lines) {
  double widest = 0;
  for (const std::u32string& line : lines) {
    widest = std::max(widest, type.width_of(line));
  }
  return widest;
}

struct Setting {
  Lines lines;
  double size = 0;
};

/// The size that was asked for, or less, so that all words are seen.
Setting fitted(TypeOutlines& type, const TextBox& box, const Allowance& allowance) {
  const Lines paragraphs = paragraphs_of(domain::decode_utf8(box.words));
  const double width = box.width - 2 * kMargin;
  Setting setting{.lines = paragraphs,
                  .size = box.size > 0 ? box.size : std::min(kLargestAuto, box.height * kCellFill)};
  for (;; setting.size *= kShrink) {
    allowance.check();
    setting.lines = box.is_wrapped ? wrapped(type, paragraphs, width / setting.size, allowance) : paragraphs;
    const double height = setting.size * (1 + kLineHeight * (static_cast<double>(setting.lines.size()) - 1));
    const bool fits = widest_of(type, setting.lines) * setting.size <= box.width && height <= box.height;
    if (fits || setting.size < kSmallest) {
      return setting;
    }
  }
}

std::string lines_of(TypeOutlines& type, const TextBox& box, const Allowance& allowance) {
  const Setting setting = fitted(type, box, allowance);
  const double size = setting.size;
  const double height = size * (1 + kLineHeight * (static_cast<double>(setting.lines.size()) - 1));
  const double top = box.place == TextPlace::top ? box.height - kMargin : (box.height + height) / 2;
  double baseline = top - kAscent * size;
  std::string path;
  for (const std::u32string& line : setting.lines) {
    allowance.check();
    const double free = box.width - 2 * kMargin - type.width_of(line) * size;
    const double share = box.align == TextAlign::left ? 0 : box.align == TextAlign::centre ? 0.5 : 1;
    path += type.path_of(line, kMargin + free * share, baseline, size);
    baseline -= kLineHeight * size;
  }
  return path;
}

std::string cells_of(TypeOutlines& type, const TextBox& box, const Allowance& allowance) {
  const std::u32string characters = domain::decode_utf8(box.words);
  const double cell = box.width / box.cells;
  const double size = box.size > 0 ? box.size : std::min({kLargestAuto, box.height * kCellFill, cell});
  const double baseline = (box.height + size) / 2 - kAscent * size;
  std::string path;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    allowance.check();
    const std::u32string_view one(&characters[i], 1);
    path += type.path_of(one, cell * static_cast<double>(i) + (cell - type.width_of(one) * size) / 2, baseline, size);
  }
  return path;
}

QPDFObjectHandle form_of(QPDF& pdf, const std::string& orders, double width, double height) {
  QPDFObjectHandle form = pdf.newStream("q " + orders + "Q");
  form.replaceDict(QPDFObjectHandle::parse("<< /Type /XObject /Subtype /Form /Resources << >> >>"));
  form.getDict().replaceKey("/BBox", QPDFObjectHandle::newArray(QPDFObjectHandle::Rectangle(0, 0, width, height)));
  return form;
}

}  // namespace

QPDFObjectHandle appearance_of(QPDF& pdf, TypeOutlines& type, const TextBox& box, const Allowance& allowance) {
  if (box.words.size() > kMostBytes) throw TooMuch();  // shaping one line of them cannot be stopped
  const std::string colour = number(box.red) + " " + number(box.green) + " " + number(box.blue) + " rg\n";
  const std::string path = box.cells > 0 ? cells_of(type, box, allowance) : lines_of(type, box, allowance);
  return form_of(pdf, colour + path + "f\n", box.width, box.height);
}

QPDFObjectHandle appearance_of_tick(QPDF& pdf, double width, double height) {
  const double side = std::min(width, height);
  const auto at = [&](double x, double y) {
    return number((width - side) / 2 + x * side) + " " + number((height - side) / 2 + y * side);
  };
  const std::string tick =
      number(side * 0.1) + " w 1 J 1 j " + at(0.2, 0.5) + " m " + at(0.42, 0.25) + " l " + at(0.8, 0.78) + " l S\n";
  return form_of(pdf, tick, width, height);
}

}  // namespace bangwu::capture_worker
