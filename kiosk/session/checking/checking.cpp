#include "session/checking/checking.h"

#include <algorithm>

#include "session/form/form.h"

namespace bangwu::session::checking {
namespace {

using domain::Lack;

struct Lines {
  const Checked& checked;
  const domain::Assessment& assessment;
  CheckView view{};

  [[nodiscard]] bool lacks(Lack::What what, const std::string& id) const {
    return std::any_of(assessment.lacks.begin(), assessment.lacks.end(),
                       [&](const Lack& lack) { return lack.what == what && lack.id == id; });
  }

  CheckLine& add(std::string id, CheckLine::Group group) {
    auto& line = view.lines.emplace_back();
    line.id = std::move(id);
    line.group = group;
    return line;
  }

  void add_person(const char* number, const char* name, const domain::Person& person, const char* part) {
    const bool is_wrong = lacks(Lack::What::part, part);
    auto& id = add(number, CheckLine::Group::applicant);
    id.value = domain::masked(person.id_number);
    id.lacks = is_wrong;
    auto& called = add(name, CheckLine::Group::applicant);
    called.value = person.name;
    called.lacks = is_wrong;
  }

  void add_applicant() {
    const auto& applicant = checked.application.applicant;
    add("kind", CheckLine::Group::applicant).value = domain::name_of(applicant.kind);
    add_person("id", "name", applicant.identity, "applicant");
    if (applicant.kind == domain::ApplicantKind::natural_person) return;
    add_person("agent_id", "agent_name", applicant.agent.value_or(domain::Person{}), "agent");
  }

  void add_field(const domain::Field& field) {
    const auto& answers = checked.application.answers;
    if (!domain::is_shown(field, answers)) return;
    auto& line = add("field:" + field.id, CheckLine::Group::form);
    line.label = field.label;
    line.lacks = lacks(Lack::What::field, field.id);
    if (const auto rows = answers.rows.find(field.id); rows != answers.rows.end()) line.count = rows->second.size();
    if (const auto value = answers.values.find(field.id); value != answers.values.end()) {
      auto shown = form::shown(field, value->second);
      line.value = std::move(shown.words);
      line.value_is_catalogue_text = shown.is_catalogue_text;
    }
  }

  void add_material(const domain::Material& material) {
    auto& line = add("material:" + material.id, CheckLine::Group::materials);
    line.label = material.name;
    line.lacks = lacks(Lack::What::material, material.id);
    for (const auto& handed_in : checked.application.materials) {
      if (handed_in.material == material.id) line.count += handed_in.pages.size();
    }
  }
};

Outcome<Choice> on(const WentBack&) { return Back{}; }
Outcome<Choice> on(const WentOn&) { return Done<Choice>{Confirmed{}}; }
template <class Other>
Outcome<Choice> on(const Other&) {
  return Stay{};
}

}  // namespace

Outcome<Choice> update(const Gesture& gesture) {
  return std::visit([](const auto& fact) { return on(fact); }, gesture);
}
Outcome<Choice> update(const Message& message) { return Done<Choice>{Change{std::get<ChangeAsked>(message).line}}; }

Seen see(const Looking& look, const Checked& checked) {
  const auto assessment = domain::assess(checked.procedure, checked.application, today_in(look.hall, look.now));
  Lines lines{checked, assessment};
  lines.view.procedure = checked.procedure.name;
  lines.add_applicant();
  for (const auto& field : checked.procedure.form) lines.add_field(field);
  for (const auto& material : checked.procedure.materials) lines.add_material(material);
  if (!checked.procedure.pickup.empty()) {
    auto& line = lines.add("pickup", CheckLine::Group::pickup);
    line.value = checked.application.pickup;
    line.value_is_catalogue_text = true;
  }
  return {page_frame(NextLabel::confirm), std::move(lines.view)};
}

}  // namespace bangwu::session::checking
