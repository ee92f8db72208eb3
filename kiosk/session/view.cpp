#include "session/view.h"

#include <algorithm>
#include <iterator>

#include "session/journeys.h"

namespace bangwu::session {
namespace {

OverlayView overlay_view(const Looking& look, const Overlay& overlay) {
  if (const auto* countdown = std::get_if<Countdown>(&overlay)) {
    const auto gone = std::chrono::duration_cast<std::chrono::seconds>(look.now.steady - countdown->since);
    const auto left = std::max(std::chrono::seconds{0}, look.hall.countdown - gone);
    return CountdownOverlay{static_cast<int>(left.count())};
  }
  if (std::holds_alternative<HomeQuestion>(overlay)) return HomeQuestionOverlay{};
  if (std::holds_alternative<Help>(overlay)) return HelpOverlay{};
  return LanguagesOverlay{};
}

}  // namespace

View view_of(const Hall& hall, const Session& session, Now now) {
  const Looking look{hall, now};
  auto seen = see(look, session.journey, session.machine);
  View view;
  view.language = session.language;
  view.frame = seen.frame;
  if (!clock_is_wrong(hall, now)) view.now = std::chrono::floor<std::chrono::seconds>(now.wall);
  view.screen = std::move(seen.screen);
  if (session.overlay) view.overlay = overlay_view(look, *session.overlay);
  return view;
}

const char* name_of(const ScreenView& screen) {
  static constexpr const char* kNames[] = {
      "start", "domains",     "list",      "search",  "guide",  "privacy",   "applicant_kind", "id_number", "name",
      "field", "rows",        "materials", "source",  "files",  "capturing", "pages",          "page",      "pickup",
      "check", "declaration", "sign",      "sending", "result", "rate",      "rate_details",   "rate_text", "thanks"};
  static_assert(std::size(kNames) == std::variant_size_v<ScreenView>);
  return kNames[screen.index()];
}

}  // namespace bangwu::session
