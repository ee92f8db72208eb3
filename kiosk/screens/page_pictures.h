#pragma once
#include "session/capture/messages.h"
#include "widgets/pictures.h"

namespace bangwu::screens {

/// Where the screens get the pictures of a visit's pages from; the runtime implements it. Both calls return at once
/// and order nothing: the picture, or nullptr while it is not there (FetchPicture orders it). A returned picture lives
/// at least until the end of the frame; all of them are gone when the visit ends. Pictures are as captured: quarter
/// turns are applied in drawing. UI thread only.
class PagePictures {
 public:
  virtual ~PagePictures() = default;
  /// Small, for grids: at most a few hundred pixels wide.
  [[nodiscard]] virtual const widgets::Picture* thumbnail(session::PageKey key) = 0;
  /// Large enough to read small print when enlarged four times.
  [[nodiscard]] virtual const widgets::Picture* picture(session::PageKey key) = 0;
};

}  // namespace bangwu::screens
