#include "session/form/form.h"

#include <algorithm>

#include "domain/row_count.h"
#include "session/form/choices.h"

namespace bangwu::session::form {
namespace {

using domain::AnswerProblem;
using domain::Field;
using domain::FieldKind;
using Answered = Outcome<Nothing>;

struct Asked {
  Context& context;
  const Fields& form;
  State& state;
  [[nodiscard]] std::vector<domain::Row>& rows(std::size_t field) const { return state.answers.rows[form[field].id]; }
};

std::string typed_form_of(const Field& field, const std::string& value) {
  std::string typed = value;
  if (field.kind == FieldKind::date) std::erase(typed, '-');
  return typed;
}

Step question(const Fields& form, const domain::Answers& answers, std::size_t index) {
  const auto& field = form[index];
  if (field.kind == FieldKind::rows) return AtRows{index, {}};
  const auto kept = answers.values.find(field.id);
  return AtField{index, kept == answers.values.end() ? std::string{} : typed_form_of(field, kept->second), {}};
}

AtCell cell_question(const Asked& asked, std::size_t field, std::size_t row, std::size_t column, domain::Row cells) {
  AtCell at{field, row, column, std::move(cells), {}, {}};
  const auto& spec = asked.form[field].columns[column];
  if (const auto cell = at.cells.find(spec.id); cell != at.cells.end()) at.typed = typed_form_of(spec, cell->second);
  return at;
}

std::optional<Step> next_question(const Asked& asked, std::size_t from, Asking asking) {
  for (std::size_t i = from; i < asked.form.size(); ++i) {
    if (!domain::is_shown(asked.form[i], asked.state.answers)) continue;
    if (asking == Asking::all || !asked.state.seen.contains(asked.form[i].id))
      return question(asked.form, asked.state.answers, i);
  }
  return std::nullopt;
}

// An answer decides which questions follow: those no longer asked are forgotten, not sent along.
void forget_hidden_answers(const Asked& asked) {
  for (const auto& field : asked.form) {
    if (domain::is_shown(field, asked.state.answers)) continue;
    asked.state.answers.values.erase(field.id);
    asked.state.answers.rows.erase(field.id);
    asked.state.seen.erase(field.id);
  }
}

Answered go_on(const Asked& asked, std::size_t from) {
  const bool all = asked.state.asking == Asking::all;
  auto next = next_question(asked, all ? from : 0, asked.state.asking);
  if (!next) return Done<Nothing>{};
  asked.state.trail.go(std::move(*next));
  return Stay{};
}

/// The answer as it will be kept; nothing, and why is on the page, when it cannot be.
template <class At>
std::optional<std::string> checked_answer(const Asked& asked, const Field& field, At& at) {
  const auto today = asked.context.today();
  auto checked = domain::check_answer(field, at.typed, today, asked.state.printed_so);
  if (checked.problem == AnswerProblem::none) {
    at.screenful.reset();
    return std::move(checked.value);
  }
  at.problem = checked.problem;
  if (checked.problem == AnswerProblem::bad_id)
    at.problem = domain::check_resident_id(domain::tidy_number(at.typed), today);
  return std::nullopt;
}

Answered confirm(const Asked& asked, AtField& at) {
  const auto& field = asked.form[at.field];
  auto answer = checked_answer(asked, field, at);
  if (!answer) return Stay{};
  if (answer->empty()) asked.state.answers.values.erase(field.id);
  else asked.state.answers.values[field.id] = std::move(*answer);
  asked.state.seen.insert(field.id);
  forget_hidden_answers(asked);
  return go_on(asked, at.field + 1);
}

Answered confirm(const Asked& asked, AtRows& at) {
  const auto& field = asked.form[at.field];
  const auto problem = domain::check_row_count(field, asked.rows(at.field).size());
  if (problem != AnswerProblem::none) {
    at.problem = problem;
    return Stay{};
  }
  asked.state.seen.insert(field.id);
  return go_on(asked, at.field + 1);
}

Answered confirm(const Asked& asked, AtCell& at) {
  const auto& field = asked.form[at.field];
  const auto& column = field.columns[at.column];
  auto answer = checked_answer(asked, column, at);
  if (!answer) return Stay{};
  domain::Row cells = at.cells;
  if (answer->empty()) cells.erase(column.id);
  else cells[column.id] = std::move(*answer);
  if (at.column + 1 < field.columns.size()) {
    asked.state.trail.go(cell_question(asked, at.field, at.row, at.column + 1, std::move(cells)));
    return Stay{};
  }
  auto& rows = asked.rows(at.field);
  if (at.row < rows.size()) rows[at.row] = std::move(cells);
  else rows.push_back(std::move(cells));
  static_cast<void>(asked.state.trail.return_to<AtRows>());
  return Stay{};
}

Answered on(const Asked& asked, const WentBack&) {
  return asked.state.trail.back() ? Answered{Stay{}} : Answered{Back{}};
}
Answered on(const Asked& asked, const WentOn&) {
  return std::visit([&](auto& at) { return confirm(asked, at); }, asked.state.trail.step);
}

void type(const Asked& asked, const std::string& text) {
  if (domain::length_of(text) > kMostTyped) return;
  const auto take = [&](auto* at) {
    if (!at) return;
    at->typed = text;
    at->problem = {};
  };
  take(std::get_if<AtField>(&asked.state.trail.step));
  take(std::get_if<AtCell>(&asked.state.trail.step));
}
Answered on(const Asked& asked, const TextChanged& message) { return type(asked, message.text), Stay{}; }
Answered on(const Asked& asked, const ChoiceMade& message) { return type(asked, message.value), Stay{}; }

Answered on(const Asked& asked, const PrintedSoConfirmed&) {
  const auto insist = [&](auto* at) -> Answered {
    if (!may_be_printed_so(at->problem)) return Stay{};
    asked.state.printed_so.insert(domain::tidy_number(at->typed));
    return confirm(asked, *at);
  };
  if (auto* at = std::get_if<AtField>(&asked.state.trail.step)) return insist(at);
  if (auto* at = std::get_if<AtCell>(&asked.state.trail.step)) return insist(at);
  return Stay{};
}

Answered on(const Asked& asked, const ListTurned& message) {
  const auto turn = [&](const Field& field, auto& at) {
    at.screenful = std::max(0, choice_screenful(field, at.typed, at.screenful) + message.screenfuls);
  };
  if (auto* at = std::get_if<AtField>(&asked.state.trail.step)) turn(asked.form[at->field], *at);
  if (auto* at = std::get_if<AtCell>(&asked.state.trail.step)) turn(asked.form[at->field].columns[at->column], *at);
  return Stay{};
}

Answered on(const Asked& asked, const RowAdded&) {
  const auto* at = std::get_if<AtRows>(&asked.state.trail.step);
  if (!at) return Stay{};
  const auto count = asked.rows(at->field).size();
  if (static_cast<std::int64_t>(count) >= asked.form[at->field].maximum.value_or(domain::kMostRows)) return Stay{};
  asked.state.trail.go(cell_question(asked, at->field, count, 0, {}));
  return Stay{};
}
Answered on(const Asked& asked, const RowOpened& message) {
  const auto* at = std::get_if<AtRows>(&asked.state.trail.step);
  if (!at || message.row >= asked.rows(at->field).size()) return Stay{};
  asked.state.trail.go(cell_question(asked, at->field, message.row, 0, asked.rows(at->field)[message.row]));
  return Stay{};
}
Answered on(const Asked& asked, const RowRemoved& message) {
  const auto* at = std::get_if<AtRows>(&asked.state.trail.step);
  if (!at || message.row >= asked.rows(at->field).size()) return Stay{};
  auto& rows = asked.rows(at->field);
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(message.row));
  // Rows have new numbers: what was begun on one must not stand on another.
  std::erase_if(asked.state.trail.ahead, [](const Step& left) { return std::holds_alternative<AtCell>(left); });
  return Stay{};
}

template <class Fact>
Answered take(Context& context, const Fields& form, State& state, const Fact& fact) {
  const Asked asked{context, form, state};
  return std::visit([&](const auto& inside) { return on(asked, inside); }, fact);
}

}  // namespace

bool is_same_question(const Step& a, const Step& b) {
  if (a.index() != b.index()) return false;
  if (const auto* cell = std::get_if<AtCell>(&a)) {
    const auto& other = std::get<AtCell>(b);
    return cell->field == other.field && cell->row == other.row && cell->column == other.column;
  }
  if (const auto* field = std::get_if<AtField>(&a)) return field->field == std::get<AtField>(b).field;
  return std::get<AtRows>(a).field == std::get<AtRows>(b).field;
}

void take_typed(Step& next, Step& left) {
  const auto take = [&](auto* to) {
    if (!to) return;
    auto& from = std::get<std::remove_pointer_t<decltype(to)>>(left);
    to->typed = std::move(from.typed);
    to->problem = from.problem;
    to->screenful = from.screenful;
  };
  take(std::get_if<AtField>(&next));
  take(std::get_if<AtCell>(&next));
}

std::optional<State> begin(const Fields& form) {
  State state{.trail = {AtRows{}}};
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (!domain::is_shown(form[i], state.answers)) continue;
    state.trail.step = question(form, state.answers, i);
    return state;
  }
  return std::nullopt;
}

void retrace(const Fields& form, State& state) {
  state.asking = Asking::all;
  std::optional<Trail<Step>> trail;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (!domain::is_shown(form[i], state.answers)) continue;
    auto next = question(form, state.answers, i);
    if (trail) trail->go(std::move(next));
    else trail = Trail<Step>{std::move(next)};
  }
  if (trail) state.trail = std::move(*trail);
}

std::optional<State> change_field(const Fields& form, const State& state, std::string_view id) {
  const auto found = std::find_if(form.begin(), form.end(), [&](const Field& field) { return field.id == id; });
  if (found == form.end() || !domain::is_shown(*found, state.answers)) return std::nullopt;
  State changing = state;
  changing.trail = {question(form, state.answers, static_cast<std::size_t>(found - form.begin()))};
  changing.asking = Asking::unseen;
  return changing;
}

Answered update(Context& context, const Fields& form, State& state, const Gesture& gesture) {
  return take(context, form, state, gesture);
}
Answered update(Context& context, const Fields& form, State& state, const Message& message) {
  return take(context, form, state, message);
}

}  // namespace bangwu::session::form
