#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

#include "capture_worker/allowance.h"
#include "capture_worker/type_outlines.h"

namespace bangwu::capture_worker {

enum class TextAlign { left, centre, right };
enum class TextPlace { top, middle };

/// Words to be seen in a rectangle of a page. Lengths in points.
struct TextBox {
  double width = 0;
  double height = 0;
  std::string words;  ///< UTF-8
  double size = 0;    ///< of the type, finite; 0: as large as fits
  double red = 0, green = 0, blue = 0;
  TextAlign align = TextAlign::left;
  TextPlace place = TextPlace::middle;
  bool is_wrapped = false;  ///< over several lines
  int cells = 0;            ///< more than 0: each character in the middle of one of so many cells (a comb)
};

/// An appearance stream (ISO 32000-1, 12.5.5) that shows the words in whatever script, as outlines, so that no font is
/// needed to show them. Words that would not fit are set smaller. Throws TooMuch and what qpdf throws.
[[nodiscard]] QPDFObjectHandle appearance_of(QPDF& pdf, TypeOutlines& type, const TextBox& box,
                                             const Allowance& allowance);

/// One that shows a tick.
[[nodiscard]] QPDFObjectHandle appearance_of_tick(QPDF& pdf, double width, double height);

}  // namespace bangwu::capture_worker
