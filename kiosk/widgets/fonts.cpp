#include "widgets/fonts.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cmath>

#include "base/file.h"
#include "imgui_freetype.h"

namespace bangwu::widgets {
namespace {

constexpr int kSimplifiedChineseFace = 2;  // of the .ttc: JP, KR, SC, TC, HK, then the monospaced ones
constexpr float kEmToSize = 1.448F;        // hhea: ascender 1160, descender −288 of 1000
constexpr float kMiddleShift = 0.056F;     // the box's middle lies this much above that of the Han characters

}  // namespace

Fonts::~Fonts() {
  for (const Mapping& mapping : mappings_) {
    if (mapping.data != nullptr) {
      munmap(mapping.data, mapping.size);
    }
  }
}

base::Result<void> Fonts::load(const std::filesystem::path& regular, const std::filesystem::path& bold) {
  auto one = add(regular, mappings_[0]);
  if (!one) {
    return tl::unexpected(one.error());
  }
  auto other = add(bold, mappings_[1]);
  if (!other) {
    return tl::unexpected(other.error());
  }
  regular_ = *one;
  bold_ = *other;
  return {};
}

base::Result<ImFont*> Fonts::add(const std::filesystem::path& path, Mapping& mapping) {
  const base::FileHandle file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!file.is_open() || fstat(file.get(), &status) != 0) {
    return tl::unexpected(base::error_from_errno(errno, "open the font", path));
  }
  mapping.size = static_cast<std::size_t>(status.st_size);
  void* data = mmap(nullptr, mapping.size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) {
    return tl::unexpected(base::error_from_errno(errno, "map the font", path));
  }
  mapping.data = data;
  ImFontConfig config;
  config.FontNo = path.extension() == ".ttc" ? kSimplifiedChineseFace : 0;
  config.PixelSnapH = true;
  config.OversampleH = config.OversampleV = 1;
  // "Owned" keeps ImGui from copying 20 MB; taking the flag back afterwards keeps it from freeing our mapping.
  config.FontDataOwnedByAtlas = true;
  ImFont* font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(data, static_cast<int>(mapping.size), 0.F, &config);
  if (font == nullptr) {
    return base::fail(base::ErrorCode::corrupt, "not a font: " + path.string());
  }
  font->Sources.back()->FontDataOwnedByAtlas = false;
  return font;
}

float Fonts::size_of(const Type& type) { return std::round(type.em * kEmToSize); }

float Fonts::offset_in_line(const Type& type) {
  return std::round((type.line - size_of(type)) / 2 - type.em * kMiddleShift);
}

}  // namespace bangwu::widgets
