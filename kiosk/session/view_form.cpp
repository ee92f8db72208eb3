#include <algorithm>

#include "session/flow.h"
#include "session/view_parts.h"

namespace bangwu::session {
namespace {

struct Numbered {
  int number = 1, of = 1;
};

// “第 2 题，共 5 题” counts the questions that are asked with these answers.
Numbered number_of(const Draft& draft, std::size_t field) {
  Numbered numbered{0, 0};
  for (std::size_t i = 0; i < draft.procedure.form.size(); ++i) {
    if (!domain::is_shown(draft.procedure.form[i], draft.answers)) continue;
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

void show_value(CheckLine& line, const domain::Field& field, const std::string& value) {
  if (const auto* label = label_of_choice(field, value)) {
    line.value = *label;
    line.value_is_catalogue_text = true;
  } else if (field.kind == domain::FieldKind::yes_no && !value.empty()) {
    line.value = value == "yes" ? "是" : "否";
    line.value_is_catalogue_text = true;
  } else {
    line.value = is_number(field.kind) ? domain::masked(value) : value;
  }
}

CheckLine line_for(const Draft& draft, const domain::Field& field) {
  CheckLine line;
  line.id = "field:" + field.id;
  line.group = CheckLine::Group::form;
  line.label = field.label;
  if (field.kind == domain::FieldKind::rows) {
    const auto rows = draft.answers.rows.find(field.id);
    line.count = rows == draft.answers.rows.end() ? 0 : rows->second.size();
    line.lacks = field.required && line.count == 0;
    return line;
  }
  const auto value = draft.answers.values.find(field.id);
  if (value != draft.answers.values.end()) show_value(line, field, value->second);
  line.lacks = field.required && line.value.empty();
  return line;
}

void keep_page(FieldView& view, int page) {
  auto& choices = view.field.choices;
  const auto paged = page_of(choices.size(), page);
  view.page = paged.page;
  view.pages = paged.pages;
  choices.resize(paged.first + paged.count);
  choices.erase(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(paged.first));
}

CheckLine identity_line(std::string id, std::string value) {
  CheckLine line;
  line.id = std::move(id);
  line.group = CheckLine::Group::applicant;
  line.value = std::move(value);
  line.lacks = line.value.empty();
  return line;
}

void add_applicant(const Draft& draft, std::vector<CheckLine>& lines) {
  const auto kind = draft.kind.value_or(domain::ApplicantKind::natural_person);
  lines.push_back(identity_line("kind", domain::name_of(kind)));
  lines.push_back(identity_line("id", domain::masked(draft.identity.id_number)));
  lines.push_back(identity_line("name", draft.identity.name));
  if (kind == domain::ApplicantKind::natural_person) return;
  lines.push_back(identity_line("agent_id", domain::masked(draft.agent.id_number)));
  lines.push_back(identity_line("agent_name", draft.agent.name));
}

void add_materials(const Draft& draft, std::vector<CheckLine>& lines) {
  for (const auto& material : draft.procedure.materials) {
    CheckLine line;
    line.id = "material:" + material.id;
    line.group = CheckLine::Group::materials;
    line.label = material.name;
    const auto pages = draft.pages.find(material.id);
    line.count = pages == draft.pages.end() ? 0 : pages->second.size();
    line.lacks = domain::is_needed(material, draft.answers) && line.count < static_cast<std::size_t>(material.sides);
    lines.push_back(std::move(line));
  }
}

}  // namespace

int choice_page(const domain::Field& field, const std::string& chosen, std::optional<int> turned_to) {
  if (turned_to) return page_of(field.choices.size(), *turned_to).page;
  const auto at = std::find_if(field.choices.begin(), field.choices.end(),
                               [&](const auto& choice) { return choice.value == chosen; });
  return at == field.choices.end()
             ? 0
             : static_cast<int>(static_cast<std::size_t>(at - field.choices.begin()) / kMostChoices);
}

ScreenView see(const Looking& look, const AtField& at) {
  const auto numbered = number_of(look.draft(), at.field);
  FieldView view{
      look.draft().procedure.form[at.field], at.typed, at.problem, numbered.number, numbered.of, std::nullopt, {}};
  keep_page(view, choice_page(view.field, at.typed, at.page));
  return view;
}

ScreenView see(const Looking& look, const AtCell& at) {
  const auto& rows = look.draft().procedure.form[at.field];
  FieldView view{rows.columns[at.column],
                 at.typed,
                 at.problem,
                 static_cast<int>(at.column) + 1,
                 static_cast<int>(rows.columns.size()),
                 at.row,
                 rows.label};
  keep_page(view, choice_page(view.field, at.typed, at.page));
  return view;
}

ScreenView see(const Looking& look, const AtRows& at) {
  const auto& field = look.draft().procedure.form[at.field];
  const auto numbered = number_of(look.draft(), at.field);
  RowsView view{field, {}, true, at.problem, numbered.number, numbered.of};
  const auto kept = look.draft().answers.rows.find(field.id);
  if (kept == look.draft().answers.rows.end()) return view;
  for (const auto& row : kept->second) {
    auto& cells = view.rows.emplace_back();
    for (const auto& column : field.columns) {
      CheckLine shown;
      if (const auto cell = row.find(column.id); cell != row.end()) show_value(shown, column, cell->second);
      cells.push_back(std::move(shown.value));
    }
  }
  view.may_add = static_cast<std::int64_t>(view.rows.size()) < field.maximum.value_or(50);
  return view;
}

ScreenView see(const Looking& look, const AtCheck&) {
  const auto& draft = look.draft();
  CheckView view{draft.procedure.name, {}};
  add_applicant(draft, view.lines);
  for (const auto& field : draft.procedure.form) {
    if (domain::is_shown(field, draft.answers)) view.lines.push_back(line_for(draft, field));
  }
  add_materials(draft, view.lines);
  if (!draft.procedure.pickup.empty()) {
    CheckLine line;
    line.id = "pickup";
    line.group = CheckLine::Group::pickup;
    line.value = draft.pickup;
    line.value_is_catalogue_text = true;
    view.lines.push_back(std::move(line));
  }
  return view;
}

}  // namespace bangwu::session
