#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "screens/page_parts.h"

namespace bangwu::screens {

/// Cards of different heights one below the other, in landscape in two columns: each goes where it can begin higher.
class Cards {
 public:
  Cards(Ui& ui, Rect area);
  [[nodiscard]] Rect&
  next();  ///< where the next card is drawn; drawing it moves the top down, by a gap more than its height
  [[nodiscard]] float height() const;

 private:
  float top_, gap_;
  std::vector<Rect> columns_;
};

/// A white card whose height follows its content: a heading, then terms and numbered entries one below the other.
/// Drawn in two passes: what is added is kept, and drawn when the section ends, which then cuts its height and a gap
/// off the area.
class Section {
 public:
  Section(Ui& ui, Rect& area, std::string_view title = {}, Icon icon = Icon::none);
  ~Section();
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  void term(std::string_view name, std::string_view value);  ///< name at the left, value beside it
  void entry(std::string_view mark, std::string_view title, std::string_view note = {});
  void words(std::string_view text);

 private:
  struct Line {
    enum class Kind { term, entry, words } kind;
    std::string first, second, third;
  };
  [[nodiscard]] float height_of(const Line& line, float width) const;
  void draw_line(const Line& line, Rect area) const;
  [[nodiscard]] float term_width(float width) const;
  [[nodiscard]] float mark_width() const;

  Ui& ui_;
  Rect& area_;
  std::string title_;
  Icon icon_;
  std::vector<Line> lines_{};
};

}  // namespace bangwu::screens
