#include "widgets/masks.h"

#include <SDL_image.h>

#include <algorithm>
#include <cmath>

#include "base/log.h"

namespace bangwu::widgets {
namespace {

std::uint8_t coverage(float value) { return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.F, 1.F) * 255)); }

/// Fills the mask with f(x, y) at pixel centres, as seen from the mask's middle.
template <class Function>
void bake(Mask& mask, Function f) {
  const float middle_x = static_cast<float>(mask.texture.width) / 2;
  const float middle_y = static_cast<float>(mask.texture.height) / 2;
  std::size_t at = 0;
  for (int y = 0; y < mask.texture.height; ++y) {
    for (int x = 0; x < mask.texture.width; ++x) {
      mask.texels[at++] = coverage(f(static_cast<float>(x) + 0.5F - middle_x, static_cast<float>(y) + 0.5F - middle_y));
    }
  }
}

std::unique_ptr<Mask> rasterise(const std::filesystem::path& path, int size) {
  SDL_RWops* file = SDL_RWFromFile(path.c_str(), "rb");
  SDL_Surface* drawn = file != nullptr ? IMG_LoadSizedSVG_RW(file, size, size) : nullptr;
  if (file != nullptr) {
    SDL_RWclose(file);
  }
  SDL_Surface* surface = drawn != nullptr ? SDL_ConvertSurfaceFormat(drawn, SDL_PIXELFORMAT_ARGB8888, 0) : nullptr;
  SDL_FreeSurface(drawn);
  if (surface == nullptr) {
    return nullptr;
  }
  auto mask = std::make_unique<Mask>(size, size);
  for (int y = 0; y < std::min(size, surface->h); ++y) {
    const auto* row =
        reinterpret_cast<const std::uint32_t*>(static_cast<const std::uint8_t*>(surface->pixels) + y * surface->pitch);
    for (int x = 0; x < std::min(size, surface->w); ++x) {
      mask->texels[static_cast<std::size_t>(y * size + x)] = static_cast<std::uint8_t>(row[x] >> 24);
    }
  }
  SDL_FreeSurface(surface);
  return mask;
}

}  // namespace

const Mask& Masks::disc(int radius) {
  auto& mask = shapes_[{Shape::disc, radius, 0}];
  if (mask == nullptr) {
    mask = std::make_unique<Mask>(2 * radius, 2 * radius);
    bake(*mask, [r = static_cast<float>(radius)](float x, float y) { return r + 0.5F - std::hypot(x, y); });
  }
  return *mask;
}

const Mask& Masks::ring(int radius, int thickness) {
  auto& mask = shapes_[{Shape::ring, radius, thickness}];
  if (mask == nullptr) {
    mask = std::make_unique<Mask>(2 * radius, 2 * radius);
    bake(*mask, [r = static_cast<float>(radius), t = static_cast<float>(thickness)](float x, float y) {
      const float d = std::hypot(x, y);
      return std::clamp(r + 0.5F - d, 0.F, 1.F) - std::clamp(r - t + 0.5F - d, 0.F, 1.F);
    });
  }
  return *mask;
}

const Mask& Masks::shadow(int radius, int blur) {
  auto& mask = shapes_[{Shape::shadow, radius, blur}];
  if (mask == nullptr) {
    const int side = 2 * (radius + blur) + 1;
    mask = std::make_unique<Mask>(side, side);
    bake(*mask, [r = static_cast<float>(radius), b = static_cast<float>(blur)](float x, float y) {
      const float d = std::hypot(x, y) - r;  // from the edge; a Gaussian seen across a straight edge is an erf
      return 0.5F * std::erfc(d / (b * 0.6F));
    });
  }
  return *mask;
}

const Mask* Masks::icon(Icon icon, int size) {
  const auto key = std::pair{icon, size};
  auto it = rasterised_.find(key);
  if (it == rasterised_.end()) {
    const std::filesystem::path path = icons_ / (std::string(name_of(icon)) + ".svg");
    it = rasterised_.emplace(key, rasterise(path, size)).first;
    if (it->second == nullptr) {
      base::log(base::LogLevel::error, "widgets.icon_missing", {{"file", path.native()}});
    }
  }
  return it->second.get();
}

}  // namespace bangwu::widgets
