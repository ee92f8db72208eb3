#include <algorithm>

#include "domain/row_count.h"
#include "session/form/choices.h"
#include "session/form/form.h"

namespace bangwu::session::form {
namespace {

struct Numbered {
  int number = 1, of = 1;
};

// “第 2 题，共 5 题” counts the questions that are asked with these answers.
Numbered number_of(const Fields& form, const State& state, std::size_t field) {
  Numbered numbered{.number = 0, .of = 0};
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (!domain::is_shown(form[i], state.answers)) continue;
    ++numbered.of;
    if (i <= field) ++numbered.number;
  }
  return numbered;
}

const std::string* label_of_choice(const domain::Field& field, const std::string& value) {
  for (const auto& choice : field.choices) {
    if (choice.value == value) return &choice.label;
  }
  return nullptr;
}

bool is_number(domain::FieldKind kind) {
  return kind == domain::FieldKind::telephone || kind == domain::FieldKind::resident_id;
}

void keep_screenful(FieldView& view, int number) {
  auto& choices = view.field.choices;
  const auto seen = screenful_of(choices.size(), number);
  view.screenful = seen.number;
  view.screenfuls = seen.of;
  choices.resize(seen.first + seen.count);
  choices.erase(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(seen.first));
}

struct Show {
  const Fields& form;
  const State& state;

  Seen operator()(const AtField& at) const {
    const auto& field = form[at.field];
    const auto numbered = number_of(form, state, at.field);
    FieldView view{
        .field = field, .typed = at.typed, .problem = at.problem, .number = numbered.number, .of = numbered.of};
    keep_screenful(view, choice_screenful(field, at.typed, at.screenful));
    return {page_frame(NextLabel::next, !field.required || !at.typed.empty()), std::move(view)};
  }
  Seen operator()(const AtCell& at) const {
    const auto& rows = form[at.field];
    const auto& column = rows.columns[at.column];
    FieldView view{.field = column,
                   .typed = at.typed,
                   .problem = at.problem,
                   .number = static_cast<int>(at.column) + 1,
                   .of = static_cast<int>(rows.columns.size()),
                   .row = at.row,
                   .rows_label = rows.label};
    keep_screenful(view, choice_screenful(column, at.typed, at.screenful));
    return {page_frame(NextLabel::confirm, !column.required || !at.typed.empty()), std::move(view)};
  }
  Seen operator()(const AtRows& at) const {
    const auto& field = form[at.field];
    const auto numbered = number_of(form, state, at.field);
    RowsView view{.field = field, .problem = at.problem, .number = numbered.number, .of = numbered.of};
    if (const auto kept = state.answers.rows.find(field.id); kept != state.answers.rows.end()) {
      for (const auto& row : kept->second) view.rows.push_back(cells_of(field, row));
    }
    view.may_add = static_cast<std::int64_t>(view.rows.size()) < field.maximum.value_or(domain::kMostRows);
    return {page_frame(NextLabel::next), std::move(view)};
  }

  static std::vector<std::string> cells_of(const domain::Field& field, const domain::Row& row) {
    std::vector<std::string> cells;
    for (const auto& column : field.columns) {
      const auto cell = row.find(column.id);
      cells.push_back(cell == row.end() ? std::string{} : shown(column, cell->second).words);
    }
    return cells;
  }
};

}  // namespace

int choice_screenful(const domain::Field& field, const std::string& chosen, std::optional<int> turned_to) {
  if (turned_to) return screenful_of(field.choices.size(), *turned_to).number;
  const auto at = std::find_if(field.choices.begin(), field.choices.end(),
                               [&](const auto& choice) { return choice.value == chosen; });
  if (at == field.choices.end()) return 0;
  return static_cast<int>(static_cast<std::size_t>(at - field.choices.begin()) / kMostChoices);
}

Shown shown(const domain::Field& field, const std::string& value) {
  if (const auto* label = label_of_choice(field, value)) return {*label, true};
  if (field.kind == domain::FieldKind::yes_no && !value.empty()) return {value == "yes" ? "是" : "否", true};
  return {is_number(field.kind) ? domain::masked(value) : value, false};
}

Seen see(const Fields& form, const State& state) { return std::visit(Show{form, state}, state.trail.step); }

}  // namespace bangwu::session::form
