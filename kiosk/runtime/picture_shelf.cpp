#include "runtime/picture_shelf.h"

#include <algorithm>

namespace bangwu::runtime {

void PictureShelf::put(const PictureReady& ready) {
  const auto& raster = ready.raster;
  auto picture =
      widgets::Picture::from_rgb(raster.width, raster.height, static_cast<std::size_t>(raster.width) * 3, raster.rgb);
  if (!picture) return;
  if (ready.size == PictureReady::Size::thumbnail) {
    thumbnails_.insert_or_assign(ready.key, std::move(*picture));
    return;
  }
  large_.insert_or_assign(ready.key, std::move(*picture));
  std::erase(large_order_, ready.key);
  large_order_.push_back(ready.key);
  while (large_order_.size() > kLargeKept) {
    large_.erase(large_order_.front());
    large_order_.pop_front();
  }
}

void PictureShelf::drop(session::PageKey key) {
  thumbnails_.erase(key);
  large_.erase(key);
  std::erase(large_order_, key);
}

void PictureShelf::clear() {
  thumbnails_.clear();
  large_.clear();
  large_order_.clear();
}

const widgets::Picture* PictureShelf::thumbnail(session::PageKey key) {
  const auto found = thumbnails_.find(key);
  return found == thumbnails_.end() ? nullptr : &found->second;
}

const widgets::Picture* PictureShelf::picture(session::PageKey key) {
  const auto found = large_.find(key);
  return found == large_.end() ? nullptr : &found->second;
}

}  // namespace bangwu::runtime
