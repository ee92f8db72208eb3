#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace bangwu::capture_worker {

/// Sets a line of type in whatever script, with the system's fonts (fontconfig chooses a face for each character,
/// HarfBuzz shapes, FreeType gives the outlines). Lengths are in ems. One thread; needs prepare_fonts().
class TypeOutlines {
 public:
  TypeOutlines();
  TypeOutlines(const TypeOutlines&) = delete;
  TypeOutlines& operator=(const TypeOutlines&) = delete;
  ~TypeOutlines();

  [[nodiscard]] double width_of(std::u32string_view line);
  /// The line as path orders of a PDF's content (ISO 32000-1, 8.5.2), to be filled: its first baseline point at x, y,
  /// an em `size` long.
  [[nodiscard]] std::string path_of(std::u32string_view line, double x, double y, double size);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::capture_worker
