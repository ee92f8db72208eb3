#pragma once
#include <chrono>
#include <optional>
#include <variant>

#include "base/language.h"
#include "session/apply/view.h"
#include "session/capture/view.h"
#include "session/checking/view.h"
#include "session/choosing/view.h"
#include "session/form/view.h"
#include "session/frame.h"
#include "session/identity/view.h"
#include "session/overlay_view.h"
#include "session/rate/view.h"
#include "session/result/view.h"
#include "session/signing/view.h"
#include "session/start_view.h"

/// What a screen needs to draw itself, and nothing else. Texts from the catalogue are Chinese keys for the translation
/// catalogue "catalogue"; what a visitor typed is shown as it is. Screens choose all other words. Each part's views
/// have a header of their own: a screen includes its own only.
namespace bangwu::session {

using base::Language;

using ScreenView = std::variant<StartView, DomainsView, ListView, SearchView, GuideView, PrivacyView, ApplicantKindView,
                                IdNumberView, NameView, FieldView, RowsView, MaterialsView, SourceView, FilesView,
                                CapturingView, PagesView, PageView, PickupView, CheckView, DeclarationView, SignView,
                                SendingView, ResultView, RateView, RateDetailsView, RateTextView, ThanksView>;

struct View {
  Language language = Language::zh_CN;
  FrameView frame;
  std::optional<std::chrono::sys_seconds> now;  ///< for the clock on the frame, UTC; absent: the clock is wrong
  ScreenView screen;
  std::optional<OverlayView> overlay;
};

/// The screen's stable name for inspection and goldens, e.g. "start", "id_number".
[[nodiscard]] const char* name_of(const ScreenView& screen);

}  // namespace bangwu::session
