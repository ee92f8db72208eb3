#include "capture_worker/type_outlines.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb-ft.h>
#include <hb.h>

#include <array>
#include <cstdio>
#include <span>
#include <utility>
#include <vector>

namespace bangwu::capture_worker {
namespace {

constexpr const char* kFamily = "Noto Sans CJK SC";

struct Release {
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcFontSet* set) const { FcFontSetDestroy(set); }
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
  void operator()(FT_Face face) const { FT_Done_Face(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
template <class T>
using Owned = std::unique_ptr<std::remove_pointer_t<T>, Release>;

struct Face {
  Owned<FT_Face> face;
  Owned<hb_font_t*> shaper;
};

/// Characters in a row that one face draws.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t font = 0;
};

/// Where FreeType's callbacks write.
struct PathWriter {
  std::string orders;
  double x = 0;
  double y = 0;
  double scale = 1;
  FT_Vector last{};
  bool is_open = false;

  void put(std::initializer_list<FT_Vector> points, const char* order) {
    std::array<char, 64> text{};
    for (const FT_Vector& point : points) {
      const int length = std::snprintf(text.data(), text.size(), "%.3f %.3f ", x + static_cast<double>(point.x) * scale,
                                       y + static_cast<double>(point.y) * scale);
      orders.append(text.data(), static_cast<std::size_t>(length));
      last = point;
    }
    orders += order;
  }
  void close() {
    orders += is_open ? "h\n" : "";
    is_open = false;
  }
};

PathWriter& writer_of(void* user) { return *static_cast<PathWriter*>(user); }

int move_to(const FT_Vector* to, void* user) {
  writer_of(user).close();
  writer_of(user).put({*to}, "m\n");
  writer_of(user).is_open = true;
  return 0;
}

int line_to(const FT_Vector* to, void* user) {
  writer_of(user).put({*to}, "l\n");
  return 0;
}

/// A PDF has only cubic curves: each control point lies two thirds of the way to the quadratic one's.
int conic_to(const FT_Vector* control, const FT_Vector* to, void* user) {
  const FT_Vector from = writer_of(user).last;
  const FT_Vector first{from.x + (control->x - from.x) * 2 / 3, from.y + (control->y - from.y) * 2 / 3};
  const FT_Vector second{to->x + (control->x - to->x) * 2 / 3, to->y + (control->y - to->y) * 2 / 3};
  writer_of(user).put({first, second, *to}, "c\n");
  return 0;
}

int cubic_to(const FT_Vector* first, const FT_Vector* second, const FT_Vector* to, void* user) {
  writer_of(user).put({*first, *second, *to}, "c\n");
  return 0;
}

}  // namespace

struct TypeOutlines::State {
  Owned<FT_Library> library;
  Owned<FcFontSet*> fonts;  ///< the best first
  std::vector<Face> faces;  ///< of the fonts, opened when they are needed

  State() {
    FT_Library opened = nullptr;
    if (FT_Init_FreeType(&opened) == 0) {
      library.reset(opened);
    }
    const Owned<FcPattern*> wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(kFamily));
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultMatch;
    fonts.reset(FcFontSort(nullptr, wanted.get(), FcTrue, nullptr, &result));
    faces.resize(count());
  }

  [[nodiscard]] std::size_t count() const { return fonts ? static_cast<std::size_t>(fonts->nfont) : 0; }

  /// The first font that has the character; the first of all for one that none has.
  [[nodiscard]] std::size_t font_for(char32_t character) const {
    for (std::size_t i = 0; i < count(); ++i) {
      FcCharSet* characters = nullptr;
      if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch &&
          FcCharSetHasChar(characters, character) == FcTrue) {
        return i;
      }
    }
    return 0;
  }

  /// Nothing if it cannot be opened.
  const Face* face(std::size_t font) {
    if (font >= faces.size() || !library) {
      return nullptr;
    }
    Face& face = faces[font];
    if (!face.face) {
      FcChar8* file = nullptr;
      int index = 0;
      FcPatternGetString(fonts->fonts[font], FC_FILE, 0, &file);
      FcPatternGetInteger(fonts->fonts[font], FC_INDEX, 0, &index);
      FT_Face opened = nullptr;
      if (file == nullptr || FT_New_Face(library.get(), reinterpret_cast<const char*>(file), index, &opened) != 0) {
        return nullptr;
      }
      face.face.reset(opened);
      face.shaper.reset(hb_ft_font_create(opened, nullptr));
      hb_font_set_scale(face.shaper.get(), opened->units_per_EM, opened->units_per_EM);
      hb_ft_font_set_load_flags(face.shaper.get(), FT_LOAD_NO_SCALE);
    }
    return &face;
  }

  /// Spaces go with what stands before them, so that words of a script that runs to the left stay in order.
  [[nodiscard]] std::vector<Run> runs_of(std::u32string_view line) const {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool goes_along = !runs.empty() && line[i] == U' ';
      const std::size_t font = goes_along ? runs.back().font : font_for(line[i]);
      if (runs.empty() || runs.back().font != font) {
        runs.push_back({.begin = i, .end = i, .font = font});
      }
      runs.back().end = i + 1;
    }
    return runs;
  }

  static Owned<hb_buffer_t*> shape(const Face& face, std::u32string_view line, const Run& run) {
    Owned<hb_buffer_t*> buffer(hb_buffer_create());
    hb_buffer_add_utf32(buffer.get(), reinterpret_cast<const std::uint32_t*>(line.data()),
                        static_cast<int>(line.size()), static_cast<unsigned>(run.begin),
                        static_cast<int>(run.end - run.begin));
    hb_buffer_guess_segment_properties(buffer.get());
    hb_shape(face.shaper.get(), buffer.get(), nullptr, 0);
    return buffer;
  }

  static std::pair<std::span<hb_glyph_info_t>, std::span<hb_glyph_position_t>> glyphs_of(hb_buffer_t* buffer) {
    unsigned count = 0;
    hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    return {{infos, count}, {hb_buffer_get_glyph_positions(buffer, &count), count}};
  }
};

TypeOutlines::TypeOutlines() : state_(std::make_unique<State>()) {}
TypeOutlines::~TypeOutlines() = default;

double TypeOutlines::width_of(std::u32string_view line) {
  double width = 0;
  for (const Run& run : state_->runs_of(line)) {
    if (const Face* face = state_->face(run.font)) {
      const auto buffer = State::shape(*face, line, run);
      for (const hb_glyph_position_t& position : State::glyphs_of(buffer.get()).second) {
        width += static_cast<double>(position.x_advance) / face->face->units_per_EM;
      }
    }
  }
  return width;
}

std::string TypeOutlines::path_of(std::u32string_view line, double x, double y, double size) {
  constexpr FT_Outline_Funcs kWriter{
      .move_to = move_to, .line_to = line_to, .conic_to = conic_to, .cubic_to = cubic_to, .shift = 0, .delta = 0};
  PathWriter writer;
  for (const Run& run : state_->runs_of(line)) {
    const Face* face = state_->face(run.font);
    if (face == nullptr) {
      continue;
    }
    writer.scale = size / face->face->units_per_EM;
    const auto buffer = State::shape(*face, line, run);
    const auto [infos, positions] = State::glyphs_of(buffer.get());
    for (std::size_t i = 0; i < infos.size(); ++i) {
      writer.x = x + positions[i].x_offset * writer.scale;
      writer.y = y + positions[i].y_offset * writer.scale;
      if (FT_Load_Glyph(face->face.get(), infos[i].codepoint, FT_LOAD_NO_SCALE) == 0) {
        FT_Outline_Decompose(&face->face->glyph->outline, &kWriter, &writer);
        writer.close();
      }
      x += positions[i].x_advance * writer.scale;
    }
  }
  return std::move(writer.orders);
}

}  // namespace bangwu::capture_worker
