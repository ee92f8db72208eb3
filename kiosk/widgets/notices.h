#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "widgets/controls.h"
#include "widgets/ui.h"

/// What tells: banners, chips, progress, steps, dialogs.
namespace bangwu::widgets {

/// An icon and a sentence on a soft ground of its tone (accent for plain information). Cuts its height and a gap off
/// `area`.
void banner(Ui& ui, Rect& area, Tone tone, std::string_view words, std::string_view title = {});

/// A short state in a rounded chip, as wide as its word, at the left of `area`; returns its width.
float chip(Ui& ui, Rect area, Tone tone, std::string_view word, Align align = Align::left);

/// 0 to 1; role progress with the value in percent.
void progress_bar(Ui& ui, std::string_view id, Rect area, float fraction, Tone tone = Tone::accent);

/// Three quiet dots that take turns, and words; draws again by itself four times a second. The caller shows it only
/// for what takes longer than 0.3 s.
void busy(Ui& ui, std::string_view id, Rect area, std::string_view words);

/// Steps of a case, one below the other: done (a green tick), current (blue ring), still to come (grey).
enum class StepState { done, current, ahead, stopped };
struct StepEntry {
  std::string title{};
  std::string note{};  ///< e.g. a date, who handles it
  StepState state = StepState::ahead;
};
void steps(Ui& ui, Rect& area, const std::vector<StepEntry>& entries);

/// A pair of words, term over value or beside it, for summaries. Cuts its height off `area`.
void term(Ui& ui, Rect& area, std::string_view name, std::string_view value,
          TextStyle value_style = TextStyle::body_strong);

struct DialogButton {
  std::string id{};
  std::string label{};
  ButtonKind kind = ButtonKind::secondary;
};
/// A question over the page: everything behind is dimmed and cannot be touched. Draw it last. One to three buttons,
/// the last is the one a hurried person should hit. Returns the number of the button touched.
struct DialogSpec {
  Icon icon = Icon::none;
  Tone tone = Tone::accent;
  std::string title{};
  std::string body{};
  std::string big{};  ///< one large number or word under the title, e.g. a countdown's seconds
  std::vector<DialogButton> buttons{};
};
[[nodiscard]] std::optional<std::size_t> dialog(Ui& ui, std::string_view id, const DialogSpec& spec);

/// The same with a content of one's own: dims and covers what was drawn, draws the empty card and returns its inside.
[[nodiscard]] Rect overlay(Ui& ui, std::string_view id, Size size);

}  // namespace bangwu::widgets
