#include <algorithm>
#include <cmath>

#include "widgets/raster.h"

namespace bangwu::widgets {
namespace {

struct Edge {
  double x, y, dx, dy;
  bool inclusive;  // a top or left edge owns the pixel centres on it, so that neighbours neither overlap nor gape

  Edge(ImVec2 from, ImVec2 to)
      : x(from.x),
        y(from.y),
        dx(static_cast<double>(to.x) - from.x),
        dy(static_cast<double>(to.y) - from.y),
        inclusive((dy == 0 && dx > 0) || dy < 0) {}

  [[nodiscard]] double at(double px, double py) const { return dx * (py - y) - dy * (px - x); }
  [[nodiscard]] bool covers(double value) const { return value > 0 || (value == 0 && inclusive); }
};

struct Sample {
  double r = 1, g = 1, b = 1, a = 1;
};

Sample texel(const Texture& texture, int u, int v) {
  u = std::clamp(u, 0, texture.width - 1);
  v = std::clamp(v, 0, texture.height - 1);
  const auto at = static_cast<std::ptrdiff_t>(v) * texture.width + u;
  if (texture.kind == Texture::Kind::mask) {
    return {1, 1, 1, static_cast<const std::uint8_t*>(texture.texels)[at] / 255.0};
  }
  const std::uint32_t p = static_cast<const std::uint32_t*>(texture.texels)[at];
  return {(p >> 16 & 0xFFU) / 255.0, (p >> 8 & 0xFFU) / 255.0, (p & 0xFFU) / 255.0, 1};
}

Sample bilinear(const Texture& texture, double u, double v) {
  const double x = u * texture.width - 0.5;
  const double y = v * texture.height - 0.5;
  const int x0 = static_cast<int>(std::floor(x));
  const int y0 = static_cast<int>(std::floor(y));
  const double fx = x - x0;
  const double fy = y - y0;
  const Sample s[4] = {texel(texture, x0, y0), texel(texture, x0 + 1, y0), texel(texture, x0, y0 + 1),
                       texel(texture, x0 + 1, y0 + 1)};
  const double w[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
  Sample sum{0, 0, 0, 0};
  for (int i = 0; i < 4; ++i) {
    sum.r += s[i].r * w[i];
    sum.g += s[i].g * w[i];
    sum.b += s[i].b * w[i];
    sum.a += s[i].a * w[i];
  }
  return sum;
}

double channel(ImU32 colour, int shift) { return static_cast<double>(colour >> shift & 0xFFU); }

std::uint32_t over(std::uint32_t below, double r, double g, double b, double alpha) {
  const auto mix = [&](double source, int shift) {
    const double d = static_cast<double>(below >> shift & 0xFFU);
    return static_cast<std::uint32_t>(std::clamp(std::floor(d + (source - d) * alpha + 0.5), 0.0, 255.0)) << shift;
  };
  return 0xFF000000U | mix(r, 16) | mix(g, 8) | mix(b, 0);
}

}  // namespace

void draw_triangle(const Pixels& target, const PixelRect& tile, const Primitive& primitive, const Triangle& triangle) {
  int order[3] = {0, 1, 2};
  const ImVec2* p = triangle.position;
  const double area = (static_cast<double>(p[1].x) - p[0].x) * (static_cast<double>(p[2].y) - p[0].y) -
                      (static_cast<double>(p[1].y) - p[0].y) * (static_cast<double>(p[2].x) - p[0].x);
  if (area == 0) {
    return;
  }
  if (area < 0) {
    std::swap(order[1], order[2]);
  }
  const Edge edges[3] = {{p[order[1]], p[order[2]]}, {p[order[2]], p[order[0]]}, {p[order[0]], p[order[1]]}};
  for (int y = tile.y0; y < tile.y1; ++y) {
    std::uint32_t* row = target.data + static_cast<std::ptrdiff_t>(y) * target.stride;
    for (int x = tile.x0; x < tile.x1; ++x) {
      // Everything is computed from the pixel's own place: the result does not depend on what else is redrawn.
      double w[3];
      bool inside = true;
      for (int i = 0; i < 3; ++i) {
        w[i] = edges[i].at(x + 0.5, y + 0.5);
        inside = inside && edges[i].covers(w[i]);
      }
      if (!inside) {
        continue;
      }
      double r = 0, g = 0, b = 0, a = 0, u = 0, v = 0;
      for (int i = 0; i < 3; ++i) {
        const double weight = w[i] / std::abs(area);
        const int k = order[i];
        r += weight * channel(triangle.colour[k], IM_COL32_R_SHIFT);
        g += weight * channel(triangle.colour[k], IM_COL32_G_SHIFT);
        b += weight * channel(triangle.colour[k], IM_COL32_B_SHIFT);
        a += weight * channel(triangle.colour[k], IM_COL32_A_SHIFT);
        u += weight * triangle.uv[k].x;
        v += weight * triangle.uv[k].y;
      }
      const Sample s = primitive.texture != nullptr ? bilinear(*primitive.texture, u, v) : Sample{};
      row[x] = over(row[x], r * s.r, g * s.g, b * s.b, a * s.a / 255.0);
    }
  }
}

}  // namespace bangwu::widgets
