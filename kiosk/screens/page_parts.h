#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "screens/scene.h"

/// Parts that several screens are laid out from.
namespace bangwu::screens {

/// For pages of one question: in landscape the words stand in the first of the grid's columns, and the body is the
/// other two; in portrait nothing changes. Call it before anything of the page is drawn.
void question_beside(Scene& scene);

/// The page's question at the top of the words, with a sentence below it.
void ask(Scene& scene, std::string_view question, std::string_view lead = {});
/// The same with a line above it that says where one is, as on the form's pages.
void ask_at(Scene& scene, std::string_view place, std::string_view question, std::string_view lead = {});

/// What went wrong, or wants attention, below the question.
void remark(Scene& scene, Tone tone, std::string_view words, std::string_view title = {});

/// A quiet note at the foot of the words: what helps just here.
void tip(Scene& scene, Icon icon, std::string_view words);

/// The same note at the top of `area`; returns the height used. Measured only when `area` has no height.
float note(Ui& ui, Rect area, Icon icon, std::string_view words);
[[nodiscard]] float note_height(Ui& ui, float width, std::string_view words);

/// One answer of several. A choice that is touched is taken at once.
struct Option {
  std::string id{};
  std::string title{};
  std::string subtitle{};
  Icon icon = Icon::none;
  Selected selected = Selected::no;
};
/// Stacks the options in the body, as high as reads well; returns the one touched.
[[nodiscard]] std::optional<std::size_t> choose(Scene& scene, const std::vector<Option>& options);

/// Cards that lead on, in a grid that fills the body as far as looks well; ids as given. Returns the one touched.
struct Door {
  std::string id{};
  widgets::TileSpec tile{};
};
[[nodiscard]] std::optional<std::size_t> doors(Scene& scene, const std::vector<Door>& tiles, int columns);

/// Rows that lead on, as high as reads well, in landscape in so many columns. Where they do not fit they say less below
/// their titles; only what does not fit even so is scrolled. Returns the one touched.
struct Line {
  std::string id{};
  widgets::RowSpec row{};
};
[[nodiscard]] std::optional<std::size_t> line_list(Scene& scene, std::string_view id, const std::vector<Line>& lines,
                                                   int columns_in_landscape = 1);

/// 上一页 · 第 2 页，共 3 页 · 下一页 at the foot of the body, when there is more than one screenful. Ids "list:prev",
/// "list:next"; says ListTurned.
void pager(Scene& scene, int screenful, int of);

/// A short alternative in a row of them (a chip that is touched).
[[nodiscard]] float chip_width(Ui& ui, std::string_view label);
[[nodiscard]] bool chip_button(Ui& ui, std::string_view id, Rect area, std::string_view label, Selected selected);

/// A large round mark, a title and words in the middle of `area`: what happened, or what is waited for.
void announcement(Ui& ui, Rect area, Icon icon, Tone tone, std::string_view title, std::string_view words);
[[nodiscard]] float announcement_height(Ui& ui, float width, std::string_view title, std::string_view words);

}  // namespace bangwu::screens
