#pragma once
#include <deque>
#include <map>

#include "runtime/mailbox.h"
#include "screens/page_pictures.h"
#include "widgets/pictures.h"

namespace bangwu::runtime {

/// The pictures of a visit's pages that are in memory: all thumbnails, and the large pictures last looked at. UI
/// thread only.
class PictureShelf final : public screens::PagePictures {
 public:
  void put(const PictureReady& ready);
  void drop(session::PageKey key);
  void clear();
  [[nodiscard]] bool has_large(session::PageKey key) const { return large_.contains(key); }

  [[nodiscard]] const widgets::Picture* thumbnail(session::PageKey key) override;
  [[nodiscard]] const widgets::Picture* picture(session::PageKey key) override;

 private:
  static constexpr std::size_t kLargeKept = 3;
  std::map<session::PageKey, widgets::Picture> thumbnails_, large_;
  std::deque<session::PageKey> large_order_;  // oldest first
};

}  // namespace bangwu::runtime
