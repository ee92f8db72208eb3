#include "widgets/primitives.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <optional>

namespace bangwu::widgets {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

std::uint64_t pair_of(int a, int b) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32 | static_cast<std::uint32_t>(b);
}

std::uint32_t pixel_of(ImU32 colour) {  // ImGui packs ABGR
  return 0xFF000000U | (colour & 0xFFU) << 16 | (colour & 0xFF00U) | (colour >> 16 & 0xFFU);
}

bool whole(float value) { return value == std::floor(value) && std::abs(value) < 1e6F; }

/// How texels run along one side of a quad: first texel and step, if that is 0 or 1 a pixel.
struct Run {
  int first = 0;
  std::uint8_t step = 0;
};

std::optional<Run> run_of(float from, float to, float texels, float pixels) {
  const float start = from * texels;
  const float length = (to - from) * texels;
  if (std::abs(length) < 1e-3F) {
    return Run{static_cast<int>(std::floor(std::clamp(start, 0.F, texels - 1))), 0};
  }
  const float nearest = std::round(start);
  if (std::abs(length - pixels) < 1e-2F && std::abs(start - nearest) < 1e-2F && nearest >= 0 &&
      nearest + pixels <= texels) {
    return Run{static_cast<int>(nearest), 1};
  }
  return std::nullopt;
}

class Collector {
 public:
  Collector(int width, int height, PrimitiveList& list) : width_(width), height_(height), list_(list) {}

  void command(const ImDrawList& source, const ImDrawCmd& command, ImVec2 origin) {
    clip_ = PixelRect{std::max(0, static_cast<int>(command.ClipRect.x - origin.x)),
                      std::max(0, static_cast<int>(command.ClipRect.y - origin.y)),
                      std::min(width_, static_cast<int>(command.ClipRect.z - origin.x)),
                      std::min(height_, static_cast<int>(command.ClipRect.w - origin.y))};
    if (clip_.x0 >= clip_.x1 || clip_.y0 >= clip_.y1) {
      return;
    }
    texture_ = reinterpret_cast<const Texture*>(static_cast<std::uintptr_t>(command.GetTexID()));
    const ImDrawVert* vertices = source.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* indices = source.IdxBuffer.Data + command.IdxOffset;
    const unsigned count = command.ElemCount;
    for (unsigned i = 0; i + 2 < count;) {
      if (i + 5 < count && is_quad(indices + i) && quad(vertices + indices[i])) {
        i += 6;
      } else {
        triangle(vertices[indices[i]], vertices[indices[i + 1]], vertices[indices[i + 2]]);
        i += 3;
      }
    }
  }

 private:
  static bool is_quad(const ImDrawIdx* index) {
    const unsigned a = index[0];
    return index[1] == a + 1 && index[2] == a + 2 && index[3] == a && index[4] == a + 2 && index[5] == a + 3;
  }

  bool quad(const ImDrawVert* v) {
    const ImVec2 low = v[0].pos;
    const ImVec2 high = v[2].pos;
    const bool aligned = v[1].pos.x == high.x && v[1].pos.y == low.y && v[3].pos.x == low.x && v[3].pos.y == high.y &&
                         v[1].uv.x == v[2].uv.x && v[1].uv.y == v[0].uv.y && v[3].uv.x == v[0].uv.x &&
                         v[3].uv.y == v[2].uv.y && v[1].col == v[0].col && v[2].col == v[0].col &&
                         v[3].col == v[0].col && whole(low.x) && whole(low.y) && whole(high.x) && whole(high.y) &&
                         low.x < high.x && low.y < high.y;
    if (!aligned || texture_ == nullptr) {
      return false;
    }
    const auto across = run_of(v[0].uv.x, v[2].uv.x, static_cast<float>(texture_->width), high.x - low.x);
    const auto down = run_of(v[0].uv.y, v[2].uv.y, static_cast<float>(texture_->height), high.y - low.y);
    if (!across || !down) {
      return false;
    }
    Primitive p;
    p.x = static_cast<int>(low.x);
    p.y = static_cast<int>(low.y);
    p.box = clipped(p.x, p.y, static_cast<int>(high.x), static_cast<int>(high.y));
    p.colour = pixel_of(v[0].col);
    p.alpha = v[0].col >> IM_COL32_A_SHIFT;
    p.texture = texture_;
    p.u = across->first;
    p.v = down->first;
    p.step_u = across->step;
    p.step_v = down->step;
    p.kind = texture_->kind == Texture::Kind::mask ? Primitive::Kind::mask : Primitive::Kind::picture;
    if (p.kind == Primitive::Kind::mask && p.step_u == 0 && p.step_v == 0) {
      become_fill(p);
    }
    add_quad(p);
    return true;
  }

  /// One texel for the whole quad (ImGui's white pixel, a solid part of a shape): a fill.
  static void become_fill(Primitive& p) {
    const auto* texels = static_cast<const std::uint8_t*>(p.texture->texels);
    const std::uint32_t cover = texels[p.v * p.texture->width + p.u];
    p.alpha = (p.alpha * cover + 127) / 255;
    p.kind = Primitive::Kind::fill;
    p.texture = nullptr;
    p.u = p.v = 0;
  }

  void add_quad(Primitive& p) {
    if (p.alpha == 0 || p.box.x0 >= p.box.x1 || p.box.y0 >= p.box.y1) {
      return;
    }
    std::uint64_t hash =
        mixed(static_cast<std::uint64_t>(p.kind) + 1, static_cast<std::uint64_t>(p.alpha) << 32 | p.colour);
    hash = mixed(hash, pair_of(p.box.x0, p.box.y0));
    hash = mixed(hash, pair_of(p.box.x1, p.box.y1));
    if (p.texture != nullptr) {
      hash = mixed(hash, pair_of(p.x, p.y));
      hash = mixed(hash, pair_of(p.u * 2 + p.step_u, p.v * 2 + p.step_v));
      hash = mixed(hash, p.texture->serial);
    }
    p.hash = hash;
    list_.primitives.push_back(p);
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
    Primitive p;
    p.kind = Primitive::Kind::triangle;
    p.texture = texture_;
    const float x0 = std::min({a.pos.x, b.pos.x, c.pos.x});
    const float y0 = std::min({a.pos.y, b.pos.y, c.pos.y});
    const float x1 = std::max({a.pos.x, b.pos.x, c.pos.x});
    const float y1 = std::max({a.pos.y, b.pos.y, c.pos.y});
    p.box = clipped(floor_of(x0), floor_of(y0), floor_of(x1) + 1, floor_of(y1) + 1);
    if (p.box.x0 >= p.box.x1 || p.box.y0 >= p.box.y1) {
      return;
    }
    std::uint64_t hash = mixed(7, texture_ != nullptr ? texture_->serial : 0);
    hash = mixed(hash, pair_of(p.box.x0, p.box.y0));
    hash = mixed(hash, pair_of(p.box.x1, p.box.y1));
    for (const ImDrawVert* v : {&a, &b, &c}) {
      std::uint64_t words[3] = {};
      static_assert(sizeof(ImDrawVert) <= sizeof words);
      std::memcpy(words, v, sizeof(ImDrawVert));
      hash = mixed(mixed(mixed(hash, words[0]), words[1]), words[2]);
    }
    p.hash = hash;
    p.triangle = static_cast<std::uint32_t>(list_.triangles.size());
    list_.triangles.push_back({{a.pos, b.pos, c.pos}, {a.uv, b.uv, c.uv}, {a.col, b.col, c.col}});
    list_.primitives.push_back(p);
  }

  static int floor_of(float value) { return static_cast<int>(std::floor(std::clamp(value, -1e6F, 1e6F))); }

  [[nodiscard]] PixelRect clipped(int x0, int y0, int x1, int y1) const {
    return {std::max(x0, clip_.x0), std::max(y0, clip_.y0), std::min(x1, clip_.x1), std::min(y1, clip_.y1)};
  }

  int width_;
  int height_;
  PrimitiveList& list_;
  PixelRect clip_;
  const Texture* texture_ = nullptr;
};

}  // namespace

void collect_primitives(const ImDrawData& data, int width, int height, PrimitiveList& list) {
  list.primitives.clear();
  list.triangles.clear();
  Collector collector(width, height, list);
  for (const ImDrawList* source : data.CmdLists) {
    for (const ImDrawCmd& command : source->CmdBuffer) {
      assert(command.UserCallback == nullptr);
      collector.command(*source, command, data.DisplayPos);
    }
  }
}

}  // namespace bangwu::widgets
