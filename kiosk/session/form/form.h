#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "domain/application.h"
#include "session/context.h"
#include "session/trail.h"

/// A part: a form's questions, one a screen. An answer takes effect by 下一步 only, a row when its last cell is
/// confirmed; what is left by 上一步 stands there again when its question returns.
namespace bangwu::session::form {

/// The form asked; borrowed for the call.
using Fields = std::vector<domain::Field>;

/// `screenful` (here and below): of a long list of answers, once it was turned; absent, that of the chosen answer is
/// shown.
struct AtField {
  std::size_t field = 0;
  std::string typed;
  InputProblem problem;
  std::optional<int> screenful{};
};
struct AtRows {
  std::size_t field = 0;
  InputProblem problem;
};
struct AtCell {
  std::size_t field = 0, row = 0, column = 0;
  domain::Row cells;  ///< of this row, as far as confirmed
  std::string typed;
  InputProblem problem;
  std::optional<int> screenful{};
};
using Step = std::variant<AtField, AtRows, AtCell>;
[[nodiscard]] bool is_same_question(const Step& a, const Step& b);
void take_typed(Step& next, Step& left);

enum class Asking {
  all,    ///< every question that applies
  unseen  ///< after the first only what it opens: a line of the check page is being changed
};

struct State {
  domain::Answers answers{};       ///< confirmed
  std::set<std::string> seen{};    ///< fields that have been asked: an empty one is left out on purpose
  domain::PrintedSo printed_so{};  ///< numbers somebody insisted on
  Trail<Step> trail;
  Asking asking = Asking::all;
};

/// Nothing when the form has no question for these answers.
[[nodiscard]] std::optional<State> begin(const Fields& form);
/// The way through all questions as they are answered, standing at the last: after a line was changed.
void retrace(const Fields& form, State& state);
/// For changing one line of the check page; nothing for an id the form does not ask.
[[nodiscard]] std::optional<State> change_field(const Fields& form, const State& state, std::string_view id);

[[nodiscard]] Outcome<Nothing> update(Context& context, const Fields& form, State& state, const Gesture& gesture);
[[nodiscard]] Outcome<Nothing> update(Context& context, const Fields& form, State& state, const Message& message);
[[nodiscard]] Seen see(const Fields& form, const State& state);

/// How an answer is shown: a choice by its label, numbers masked.
struct Shown {
  std::string words;
  bool is_catalogue_text = false;
};
[[nodiscard]] Shown shown(const domain::Field& field, const std::string& value);

}  // namespace bangwu::session::form
