#include "capture/file_kind.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace bangwu::capture {

FileKind kind_of_content(std::span<const std::uint8_t> first_bytes) {
  using namespace std::string_view_literals;
  const std::string_view text(reinterpret_cast<const char*>(first_bytes.data()),
                              std::min(first_bytes.size(), kBytesToTellKind));
  if (text.starts_with("\xFF\xD8\xFF"sv)) {
    return FileKind::jpeg;
  }
  if (text.starts_with("\x89PNG\r\n\x1A\n"sv)) {
    return FileKind::png;
  }
  if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv) || text.starts_with("II+\0"sv) ||
      text.starts_with("MM\0+"sv)) {
    return FileKind::tiff;
  }
  return text.find("%PDF-"sv) != std::string_view::npos ? FileKind::pdf : FileKind::unknown;
}

std::optional<FileKind> kind_of_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) {
    return FileKind::unknown;
  }
  std::string ending(name.substr(dot + 1));
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  static constexpr std::array<std::pair<std::string_view, FileKind>, 8> kEndings{{{"jpg", FileKind::jpeg},
                                                                                  {"jpeg", FileKind::jpeg},
                                                                                  {"jpe", FileKind::jpeg},
                                                                                  {"jfif", FileKind::jpeg},
                                                                                  {"png", FileKind::png},
                                                                                  {"pdf", FileKind::pdf},
                                                                                  {"tif", FileKind::tiff},
                                                                                  {"tiff", FileKind::tiff}}};
  const auto* found = std::ranges::find(kEndings, ending, &std::pair<std::string_view, FileKind>::first);
  return found == kEndings.end() ? std::nullopt : std::optional(found->second);
}

bool is_what_it_says(FileKind content, std::string_view name) {
  const auto said = kind_of_name(name);
  return content != FileKind::unknown && said && (*said == content || *said == FileKind::unknown);
}

}  // namespace bangwu::capture
