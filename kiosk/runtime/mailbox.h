#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

#include "capture/decoded_page.h"
#include "session/messages.h"

namespace bangwu::runtime {

/// Counts visits of this process from 1. Work is ordered for a visit and what comes of it carries its number, so that
/// a late answer never reaches the next person. kNoVisit: of the machine, not of a visit.
using VisitNumber = std::uint64_t;
inline constexpr VisitNumber kNoVisit = 0;

/// Pixels of a captured page for the screen. Not a message: the session knows pages by key only.
struct PictureReady {
  session::PageKey key = 0;
  enum class Size { thumbnail, large } size = Size::thumbnail;
  capture::Raster raster;
};

/// What a worker says, and of whose visit.
struct Letter {
  VisitNumber visit = kNoVisit;
  std::variant<session::Message, PictureReady> content;
};

/// The one way from the workers to the UI thread: any thread posts, the UI thread takes all once a frame.
class Mailbox {
 public:
  /// `wake` is called after each post, outside the lock, on the posting thread.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}
  void post(VisitNumber visit, session::Message message);
  void post(VisitNumber visit, PictureReady picture);
  [[nodiscard]] std::vector<Letter> take_all();
  [[nodiscard]] bool empty() const;

 private:
  void put(Letter letter);
  mutable std::mutex mutex_;
  std::vector<Letter> letters_;  // guarded by mutex_
  std::function<void()> wake_;
};

}  // namespace bangwu::runtime
