#include <algorithm>

#include "session/flow.h"
#include "session/view_parts.h"

namespace bangwu::session {
namespace {

using domain::AnswerProblem;
using domain::FieldKind;

const domain::Field& field_at(Change& change, std::size_t index) { return change.draft()->procedure.form[index]; }

// An answer decides which questions follow: those no longer asked are forgotten, not sent along.
void forget_hidden_answers(Draft& draft) {
  for (const auto& field : draft.procedure.form) {
    if (domain::is_shown(field, draft.answers)) continue;
    draft.answers.values.erase(field.id);
    draft.answers.rows.erase(field.id);
    draft.seen.erase(field.id);
  }
}

void keep_answer(Draft& draft, const domain::Field& field, const std::string& value) {
  if (value.empty()) draft.answers.values.erase(field.id);
  else draft.answers.values[field.id] = value;
  draft.seen.insert(field.id);
  forget_hidden_answers(draft);
}

bool confirm_field(Change& change, AtField& at) {
  const auto& field = field_at(change, at.field);
  const auto checked = domain::check_answer(field, at.typed, change.today());
  if (checked.problem != AnswerProblem::none) {
    at.problem = checked.problem;
    return true;
  }
  at.page.reset();
  const std::size_t index = at.field;
  keep_answer(*change.draft(), field, checked.value);
  go_to_next_question(change, index + 1);
  return true;
}

bool confirm_rows(Change& change, AtRows& at) {
  const auto& field = field_at(change, at.field);
  const auto count = static_cast<std::int64_t>(change.draft()->answers.rows[field.id].size());
  if (count < field.minimum.value_or(field.required ? 1 : 0)) {
    at.problem = count == 0 ? AnswerProblem::missing : AnswerProblem::too_short;
    return true;
  }
  change.draft()->seen.insert(field.id);
  go_to_next_question(change, at.field + 1);
  return true;
}

AtCell at_cell(Change& change, std::size_t field, std::size_t row, std::size_t column) {
  const auto& spec = field_at(change, field);
  const auto& rows = change.draft()->answers.rows[spec.id];
  AtCell at{field, row, column, {}, {}};
  if (row < rows.size()) {
    const auto& asked = spec.columns[column];
    if (const auto cell = rows[row].find(asked.id); cell != rows[row].end())
      at.typed = typed_form_of(asked, cell->second);
  }
  return at;
}

bool confirm_cell(Change& change, AtCell& at) {
  const auto& field = field_at(change, at.field);
  const auto& column = field.columns[at.column];
  const auto checked = domain::check_answer(column, at.typed, change.today());
  if (checked.problem != AnswerProblem::none) {
    at.problem = checked.problem;
    return true;
  }
  at.page.reset();
  auto& rows = change.draft()->answers.rows[field.id];
  if (at.row >= rows.size()) rows.resize(at.row + 1);
  if (checked.value.empty()) rows[at.row].erase(column.id);
  else rows[at.row][column.id] = checked.value;
  if (at.column + 1 < field.columns.size()) change.go(at_cell(change, at.field, at.row, at.column + 1));
  else if (!change.return_to<AtRows>()) change.back();
  return true;
}

}  // namespace

std::string typed_form_of(const domain::Field& field, const std::string& value) {
  std::string typed = value;
  if (field.kind == FieldKind::date) std::erase(typed, '-');
  return typed;
}

Step at_form_field(const Draft& draft, std::size_t index) {
  const auto& field = draft.procedure.form[index];
  if (field.kind == FieldKind::rows) return AtRows{index, {}};
  const auto kept = draft.answers.values.find(field.id);
  return AtField{index, kept == draft.answers.values.end() ? std::string{} : typed_form_of(field, kept->second), {}};
}

void turn_choices(Change& change, int pages) {
  const auto turn = [&](const domain::Field& asked, auto& at) {
    at.page = std::max(0, choice_page(asked, at.typed, at.page) + pages);
  };
  if (!change.draft()) return;
  if (auto* field = change.at<AtField>()) turn(field_at(change, field->field), *field);
  if (auto* cell = change.at<AtCell>()) turn(field_at(change, cell->field).columns[cell->column], *cell);
}

bool went_on_form(Change& change) {
  if (!change.draft()) return false;
  if (auto* field = change.at<AtField>()) return confirm_field(change, *field);
  if (auto* rows = change.at<AtRows>()) return confirm_rows(change, *rows);
  if (auto* cell = change.at<AtCell>()) return confirm_cell(change, *cell);
  return false;
}

void keep_answer_if_good(Change& change) {
  auto* at = change.at<AtField>();
  if (!at || !change.draft() || at->typed.empty()) return;
  const auto& field = field_at(change, at->field);
  const auto checked = domain::check_answer(field, at->typed, change.today());
  if (checked.problem == AnswerProblem::none) keep_answer(*change.draft(), field, checked.value);
}

// A row that was begun and left before its first answer is none.
void discard_empty_row(Change& change) {
  const auto* at = change.at<AtCell>();
  if (!at || !change.draft()) return;
  auto& rows = change.draft()->answers.rows[field_at(change, at->field).id];
  if (at->row < rows.size() && rows[at->row].empty()) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at->row));
}

void on(Change& change, const TextChanged& message) {
  constexpr std::size_t kMost = 1000;  // far above any field's maximum; a stuck key must not fill the memory
  if (domain::length_of(message.text) > kMost) return;
  const auto take = [&](std::string& typed, InputProblem& problem) {
    typed = message.text;
    problem = {};
  };
  if (auto* search = change.at<AtSearch>()) {
    search->typed = message.text;
    search->page = 0;
  }
  if (auto* number = change.at<AtIdNumber>()) {
    take(number->typed, number->problem);
    number->typed = domain::tidy_number(message.text).substr(0, domain::longest(number->kind));
  }
  if (auto* name = change.at<AtName>()) take(name->typed, name->problem);
  if (auto* field = change.at<AtField>()) take(field->typed, field->problem);
  if (auto* cell = change.at<AtCell>()) take(cell->typed, cell->problem);
  if (auto* rating = change.at<AtRateText>()) take(rating->typed, rating->problem);
}

void on(Change& change, const ChoiceMade& message) {
  if (auto* field = change.at<AtField>()) {
    field->typed = message.value;
    field->problem = {};
  }
  if (auto* cell = change.at<AtCell>()) {
    cell->typed = message.value;
    cell->problem = {};
  }
  auto* draft = change.draft();
  if (draft && change.at<AtPickup>()) {
    const auto& ways = draft->procedure.pickup;
    if (std::find(ways.begin(), ways.end(), message.value) != ways.end()) draft->pickup = message.value;
  }
}

void on(Change& change, const RowAdded&) {
  auto* at = change.at<AtRows>();
  if (!at || !change.draft()) return;
  const auto& field = field_at(change, at->field);
  const auto rows = change.draft()->answers.rows[field.id].size();
  if (static_cast<std::int64_t>(rows) >= field.maximum.value_or(50)) return;
  change.go(at_cell(change, std::size_t{at->field}, rows, 0));
}

void on(Change& change, const RowOpened& message) {
  auto* at = change.at<AtRows>();
  if (!at || !change.draft()) return;
  if (message.row >= change.draft()->answers.rows[field_at(change, at->field).id].size()) return;
  change.go(at_cell(change, std::size_t{at->field}, message.row, 0));
}

void on(Change& change, const RowRemoved& message) {
  auto* at = change.at<AtRows>();
  if (!at || !change.draft()) return;
  auto& rows = change.draft()->answers.rows[field_at(change, at->field).id];
  if (message.row < rows.size()) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(message.row));
}

}  // namespace bangwu::session
