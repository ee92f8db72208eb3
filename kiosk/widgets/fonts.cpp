#include "widgets/fonts.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cmath>

#include "base/file.h"
#include "imgui_freetype.h"

namespace bangwu::widgets {
namespace {

// Of the .ttc: JP, KR, SC, TC, HK, then the monospaced ones. All hold the same Latin letters; JP has narrow marks.
constexpr int kSimplifiedChineseFace = 2;
constexpr int kNarrowMarksFace = 0;
constexpr float kEmToSize = 1.448F;     // hhea: ascender 1160, descender −288 of 1000
constexpr float kMiddleShift = 0.056F;  // the box's middle lies this much above that of the Han characters

// All but ‘ ’ “ ” and ·.
const ImWchar kNotMarks[] = {0x01, 0xB6, 0xB8, 0x2017, 0x201A, 0x201B, 0x201E, 0x10FFFF, 0};

}  // namespace

Fonts::~Fonts() {
  for (const Mapping* mapping : {&regular_file_, &bold_file_}) {
    if (mapping->data != nullptr) {
      munmap(mapping->data, mapping->size);
    }
  }
}

base::Result<void> Fonts::load(const std::filesystem::path& regular, const std::filesystem::path& bold) {
  for (const auto& [path, mapping] : {std::pair{&regular, &regular_file_}, std::pair{&bold, &bold_file_}}) {
    if (auto mapped = map(*path, *mapping); !mapped) {
      return mapped;
    }
  }
  chinese_ = {add(regular_file_, kSimplifiedChineseFace, false), add(bold_file_, kSimplifiedChineseFace, false)};
  if (chinese_.regular == nullptr || chinese_.bold == nullptr) {
    return base::fail(base::ErrorCode::corrupt,
                      "not a font: " + (chinese_.regular == nullptr ? regular : bold).string());
  }
  return {};
}

base::Result<void> Fonts::map(const std::filesystem::path& path, Mapping& mapping) {
  const base::FileHandle file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!file.is_open() || fstat(file.get(), &status) != 0) {
    return tl::unexpected(base::error_from_errno(errno, "open the font", path));
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) {
    return tl::unexpected(base::error_from_errno(errno, "map the font", path));
  }
  mapping = {data, size, path.extension() == ".ttc"};
  return {};
}

ImFont* Fonts::add(const Mapping& mapping, int face, bool merge) {
  ImFontConfig config;
  config.FontNo = static_cast<ImU32>(mapping.collection ? face : 0);
  config.PixelSnapH = true;
  config.OversampleH = config.OversampleV = 1;
  config.MergeMode = merge;
  config.GlyphExcludeRanges = face == kNarrowMarksFace ? kNotMarks : nullptr;
  // "Owned" keeps ImGui from copying 20 MB; taking the flag back afterwards keeps it from freeing our mapping.
  config.FontDataOwnedByAtlas = true;
  ImFont* font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(mapping.data, static_cast<int>(mapping.size), 0.F, &config);
  if (font != nullptr) {
    font->Sources.back()->FontDataOwnedByAtlas = false;
  }
  return font;
}

ImFont* Fonts::add_latin(const Mapping& mapping) {
  // The first source that has a character wins.
  ImFont* font = add(mapping, kNarrowMarksFace, false);
  return font != nullptr && add(mapping, kSimplifiedChineseFace, true) != nullptr ? font : nullptr;
}

void Fonts::use(Marks marks) {
  if (marks == Marks::latin && latin_.regular == nullptr) {
    latin_ = {add_latin(regular_file_), add_latin(bold_file_)};
    latin_ = latin_.regular != nullptr && latin_.bold != nullptr ? latin_ : chinese_;
  }
  current_ = marks == Marks::latin ? &latin_ : &chinese_;
}

float Fonts::size_of(const Type& type) { return std::round(type.em * kEmToSize); }

float Fonts::offset_in_line(const Type& type) {
  return std::round((type.line - size_of(type)) / 2 - type.em * kMiddleShift);
}

}  // namespace bangwu::widgets
