#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "paper/qr.h"

namespace bangwu::paper {

/// Lengths are points (1/72 inch) from the top left of the page.
constexpr double points(double millimetres) { return millimetres * 72.0 / 25.4; }

/// Two faces carry all paper. Not Noto Sans CJK SC Regular: cairo 1.16 leaves 如 of that face blank on paper.
enum class Face {
  text,    ///< Noto Serif CJK SC, the face of Chinese documents' running text
  strong,  ///< Noto Sans CJK SC Bold, of their headings
};

enum class Align { left, centre, right };

struct Ink {
  double red = 0, green = 0, blue = 0;
};
inline constexpr Ink kBlack{0, 0, 0};
inline constexpr Ink kGrey{0.35, 0.35, 0.35};
inline constexpr Ink kHairline{0.72, 0.72, 0.72};
inline constexpr Ink kTint{0.94, 0.94, 0.94};

struct TextStyle {
  Face face = Face::text;
  double size = 10.5;  ///< of the em
  Ink ink = kBlack;
  Align align = Align::left;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

/// Whether pango can set the text: UTF-8 without NUL.
[[nodiscard]] bool is_utf8(std::string_view text);

/// A paragraph broken into lines for one width; drawn whole or line by line, so that it can continue on a next page.
class Text {
 public:
  Text(Text&&) noexcept;
  Text& operator=(Text&&) noexcept;
  ~Text();
  [[nodiscard]] std::size_t lines() const;
  [[nodiscard]] double line_height(std::size_t line) const;
  [[nodiscard]] double height() const;
  [[nodiscard]] double width() const;  ///< of the longest line

 private:
  friend class Canvas;
  struct Layout;
  explicit Text(std::unique_ptr<Layout> layout);
  std::unique_ptr<Layout> layout_;
};

/// A PDF being drawn in memory, fonts embedded as subsets. One thread; nothing touches a disk.
class Canvas {
 public:
  /// `language` (BCP 47) chooses shapes and line breaks; `title` goes into the document's properties, so it names no
  /// person. unavailable: a face is not installed (fonts-noto-cjk), nothing else would be printed right.
  [[nodiscard]] static base::Result<Canvas> pdf(double width, double height, const std::string& title,
                                                const std::string& language);
  Canvas(Canvas&&) noexcept;
  Canvas& operator=(Canvas&&) noexcept;
  ~Canvas();

  /// Sets `text` (UTF-8) in lines of at most `width`.
  [[nodiscard]] Text set(std::string_view text, double width, const TextStyle& style) const;
  void draw(const Text& text, double x, double y);
  void draw_line(const Text& text, std::size_t line, double x, double y);
  void fill(const Box& box, const Ink& ink);
  void rule(double x, double y, double width, double thickness, const Ink& ink);
  /// The code with its quiet zone inside the square `x`, `y`, `side`.
  void draw_code(const QrMatrix& code, double x, double y, double side);
  void next_page();

  /// Ends the document; the canvas is of no use afterwards.
  [[nodiscard]] base::Result<base::Bytes> finish();

 private:
  struct Document;
  explicit Canvas(std::unique_ptr<Document> document);
  std::unique_ptr<Document> document_;
};

}  // namespace bangwu::paper
