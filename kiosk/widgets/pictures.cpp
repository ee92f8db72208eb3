#include "widgets/pictures.h"

#include <SDL_image.h>

#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/picture_data.h"

namespace bangwu::widgets {
namespace {

void show(Ui& ui, const Rect& place, const Picture& picture, const Picture::Data::View& view) {
  if (!place.empty() && view.out_width > 0 && view.out_height > 0) {
    ui.draw_list()->AddImage(reference_to(picture.data().show(view)), {place.x, place.y},
                             {place.right(), place.bottom()});
  }
}

Rect fitted(const Rect& area, Size size) {
  const float scale = std::min(area.w / size.w, area.h / size.h);
  return area.centred({std::max(1.F, std::round(size.w * scale)), std::max(1.F, std::round(size.h * scale))});
}

Picture::Data::View whole_view(const Picture& picture, Rotation rotation, const Rect& place) {
  const Size size = picture.data().turned(rotation);
  return {rotation, 0, 0, size.w, size.h, static_cast<int>(place.w), static_cast<int>(place.h)};
}

void list_image(Ui& ui, std::string_view id, const Rect& place, std::string_view label) {
  ui.item({.id = std::string(id), .role = Role::image, .label = std::string(label), .rect = place});
}

}  // namespace

Picture::Picture(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Picture::Picture(Picture&&) noexcept = default;
Picture& Picture::operator=(Picture&&) noexcept = default;
Picture::~Picture() = default;
int Picture::width() const { return data_->width; }
int Picture::height() const { return data_->height; }

base::Result<Picture> Picture::from_rgb(int width, int height, std::size_t stride,
                                        std::span<const std::uint8_t> rgb_bytes) {
  const auto row_bytes = static_cast<std::size_t>(std::max(0, width)) * 3;
  if (width <= 0 || height <= 0 || stride < row_bytes ||
      rgb_bytes.size() < stride * static_cast<std::size_t>(height - 1) + row_bytes) {
    return base::fail(base::ErrorCode::invalid_input, "a picture's size does not match its bytes");
  }
  auto data = std::make_unique<Data>();
  data->width = width;
  data->height = height;
  data->pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    const std::uint8_t* p = rgb_bytes.data() + y * stride;
    for (int x = 0; x < width; ++x, p += 3) {
      data->pixels.push_back(0xFF000000U | static_cast<std::uint32_t>(p[0]) << 16 |
                             static_cast<std::uint32_t>(p[1]) << 8 | p[2]);
    }
  }
  return Picture(std::move(data));
}

base::Result<Picture> Picture::from_file(const char* path) {
  SDL_Surface* loaded = IMG_Load(path);
  SDL_Surface* surface = loaded != nullptr ? SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_RGB24, 0) : nullptr;
  SDL_FreeSurface(loaded);
  if (surface == nullptr) {
    return base::fail(base::ErrorCode::not_found, std::string("no picture: ") + path + ": " + IMG_GetError());
  }
  const auto stride = static_cast<std::size_t>(surface->pitch);
  auto made =
      from_rgb(surface->w, surface->h, stride,
               {static_cast<const std::uint8_t*>(surface->pixels), stride * static_cast<std::size_t>(surface->h)});
  SDL_FreeSurface(surface);
  return made;
}

Rect picture(Ui& ui, std::string_view id, Rect area, const Picture& picture, std::string_view label,
             Rotation rotation) {
  const Rect place = fitted(area, picture.data().turned(rotation));
  show(ui, place, picture, whole_view(picture, rotation, place));
  list_image(ui, id, place, label);
  return place;
}

bool picture_button(Ui& ui, std::string_view id, Rect area, const Picture& picture, std::string_view label,
                    Rotation rotation, bool selected) {
  const Theme& t = ui.theme();
  const Touch touch = touchable(ui, Role::tile, id, area, label, Enabled::yes, selected ? Selected::yes : Selected::no);
  touch_card(ui, area, touch, Enabled::yes, selected ? Selected::yes : Selected::no);
  Rect inner = area.inset(ui.px(3_mm));
  if (!label.empty()) {
    const Rect words = inner.take_bottom(t.type(TextStyle::small).line, ui.px(2_mm));
    ui.text(words, label, inner_text(TextStyle::small, t.palette().ink, Align::centre, 1));
  }
  const Rect place = fitted(inner, picture.data().turned(rotation));
  ui.fill(place.inset(-t.line_width), t.palette().line);
  show(ui, place, picture, whole_view(picture, rotation, place));
  return touch.clicked;
}

void zoomed_picture(Ui& ui, std::string_view id, Rect area, const Picture& picture, std::string_view label,
                    Rotation rotation, float zoom, Point& centre) {
  const Size size = picture.data().turned(rotation);
  const float scale = std::min(area.w / size.w, area.h / size.h) * std::max(1.F, zoom);
  const Rect place = area.centred({std::round(size.w * scale), std::round(size.h * scale)});
  ui.item({.id = std::string(id), .role = Role::image, .label = std::string(label), .rect = place, .touchable = true});
  const Point way = ui.drag_of(id);
  centre.x -= way.x / (size.w * scale);
  centre.y -= way.y / (size.h * scale);
  const float w = place.w / scale;
  const float h = place.h / scale;
  centre.x = std::clamp(centre.x, w / 2 / size.w, 1 - w / 2 / size.w);
  centre.y = std::clamp(centre.y, h / 2 / size.h, 1 - h / 2 / size.h);
  show(ui, place, picture,
       {rotation, centre.x * size.w - w / 2, centre.y * size.h - h / 2, w, h, static_cast<int>(place.w),
        static_cast<int>(place.h)});
}

void qr(Ui& ui, std::string_view id, Rect area, int size, const std::vector<bool>& modules, std::string_view label) {
  const int with_quiet_zone = size + 8;
  const float module = std::floor(std::min(area.w, area.h) / static_cast<float>(with_quiet_zone));
  const float side = module * static_cast<float>(with_quiet_zone);
  const Rect place = area.centred({side, side});
  list_image(ui, id, place, label);
  ui.fill(place, rgb(0xFFFFFF));
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size;) {
      int end = x;
      while (end < size && modules[static_cast<std::size_t>(y * size + end)]) {
        ++end;
      }
      if (end > x) {
        ui.fill({place.x + module * static_cast<float>(x + 4), place.y + module * static_cast<float>(y + 4),
                 module * static_cast<float>(end - x), module},
                rgb(0x000000));
      }
      x = std::max(end, x + 1);
    }
  }
}

}  // namespace bangwu::widgets
