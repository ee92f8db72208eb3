#include "session/apply/flow.h"

#include <algorithm>

namespace bangwu::session::apply {
namespace {

const domain::Answers kNoAnswers;

std::string_view after_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view{};
}

const domain::Answers& answers_of(const Draft& draft) { return draft.form ? draft.form->answers : kNoAnswers; }

// Of the numbers that somebody insisted on those that are still in what is handed in.
domain::PrintedSo printed_so(const Draft& draft, const domain::Application& application) {
  domain::PrintedSo numbers;
  const auto& of_identity = draft.identity.printed_so;
  for (const auto& person : {application.applicant.identity, application.applicant.agent.value_or(domain::Person{})}) {
    if (of_identity.contains(person.id_number)) numbers.insert(person.id_number);
  }
  const domain::PrintedSo of_form = draft.form ? draft.form->printed_so : domain::PrintedSo{};
  const auto add = [&](const std::string& answer) {
    if (of_form.contains(answer)) numbers.insert(answer);
  };
  for (const auto& [field, value] : application.answers.values) add(value);
  for (const auto& [field, rows] : application.answers.rows) {
    for (const auto& row : rows) {
      for (const auto& [column, cell] : row) add(cell);
    }
  }
  return numbers;
}

}  // namespace

capture::Checklist Work::checklist() const { return {draft().procedure.materials, answers_of(draft())}; }

void Work::begin_draft(domain::Procedure procedure) const {
  // Coming back from the next page to read the guide again loses nothing; another item begins anew.
  if (!visit.draft || visit.draft->procedure.code != procedure.code) {
    if (visit.draft) capture::drop_all(context, visit.draft->capture);
    auto identity = identity::begin(procedure.applicants);
    auto form = form::begin(procedure.form);
    visit.draft.emplace(
        Draft{std::move(procedure), std::move(identity), std::move(form), {}, {}, {}, {}, {}, std::nullopt});
  }
  go(AtPrivacy{});
}

void Work::go_to_form() const { draft().form ? go(AtForm{}) : go_to_materials(); }
void Work::go_to_materials() const { draft().procedure.materials.empty() ? go_to_pickup() : go(AtMaterials{}); }
void Work::go_to_pickup() const {
  const auto& ways = draft().procedure.pickup;
  if (ways.size() == 1) draft().pickup = ways.front();
  if (ways.size() > 1) go(AtPickup{});
  else go(AtCheck{});
}

void Work::back_to_form() const { draft().form ? go(AtForm{}) : go(AtIdentity{}); }
void Work::back_to_materials() const { draft().procedure.materials.empty() ? back_to_form() : go(AtMaterials{}); }
void Work::back_to_pickup() const {
  if (draft().procedure.pickup.size() > 1) go(AtPickup{});
  else back_to_materials();
}

// Nothing goes on from the check page while it is open who applies.
void Work::confirm_check() const {
  if (identity::applicant_of(draft().identity)) return go(AtSigning{});
  change(draft().identity.kind ? "id" : "kind");
}

// 更改: straight to the question, and straight back once it is answered.
void Work::change(const std::string& line) const {
  auto& present = draft();
  if (present.left && present.left->line == line) {
    auto left = std::move(*present.left);
    present.left.reset();
    return go(AtChange{std::move(left)});
  }
  if (auto identity = identity::change_line(present.identity, line))
    return go(AtChange{{line, OfIdentity{std::move(*identity)}}});
  if (line == "pickup" && !present.procedure.pickup.empty()) return go(AtChange{{line, OfPickup{present.pickup}}});
  if (const auto id = after_prefix(line, "field:"); !id.empty() && present.form) {
    if (auto form = form::change_field(present.procedure.form, *present.form, id))
      return go(AtChange{{line, OfForm{std::move(*form)}}});
  }
  const auto id = after_prefix(line, "material:");
  if (capture::open_material(context, checklist(), present.capture, std::string(id)))
    go(AtChange{{line, OfMaterial{}}});
}

void Work::end_change() const {
  auto change = std::move(at<AtChange>()->change);
  auto& present = draft();
  if (auto* identity = std::get_if<OfIdentity>(&change.of)) {
    present.identity = std::move(identity->copy);
    identity::retrace(present.identity);
  } else if (auto* form = std::get_if<OfForm>(&change.of)) {
    present.form = std::move(form->copy);
    form::retrace(present.procedure.form, *present.form);
  } else if (std::holds_alternative<OfMaterial>(change.of)) {
    present.capture = capture::State{std::move(present.capture.pages)};
  } else {
    present.pickup = present.picking = std::move(std::get<OfPickup>(change.of).chosen);
  }
  present.left.reset();
  go(AtCheck{});
}

void Work::leave_change() const {
  auto change = std::move(at<AtChange>()->change);
  if (std::holds_alternative<OfMaterial>(change.of)) draft().capture = capture::State{std::move(draft().capture.pages)};
  else draft().left = std::move(change);
  go(AtCheck{});
}

void Work::submit(signing::Signed what) const {
  auto application = application_of(draft(), context.language);
  application.declaration = std::move(what.declaration);
  application.signature = std::move(what.signature);
  std::vector<PageOf> pages;
  for (const auto& handed_in : application.materials) {
    for (const auto& page : draft().capture.pages.at(handed_in.material)) pages.push_back({"material", page.key});
  }
  storing::begin(context, draft().storing, std::move(application), std::move(pages), {});
}

void Work::show_result(storing::Success stored) const {
  result::State result;
  result.envelope = std::move(stored.envelope);
  result.provisional_number = std::move(stored.provisional_number);
  result.pickup = draft().pickup;
  if (!clock_is_wrong(context.hall, context.now)) result.at = context.now.wall;
  const auto& values = answers_of(draft()).values;
  if (const auto phone = values.find("contact_phone"); phone != values.end())
    result.masked_telephone = domain::masked(phone->second);
  result.procedure = std::move(draft().procedure);
  result.step = result::Sending{context.now.steady};
  for (const auto& delivery : stored.early) result::update(result, delivery);
  // The envelope holds it now; the visit forgets it at once.
  visit.draft.reset();
  visit.choosing = {};
  go(AtResult{std::move(result)});
}

domain::Application application_of(const Draft& draft, Language language) {
  domain::Application application;
  application.procedure = draft.procedure.code;
  application.definition = draft.procedure.definition;
  if (auto applicant = identity::applicant_of(draft.identity)) application.applicant = std::move(*applicant);
  else application.applicant.kind = draft.identity.kind.value_or(domain::ApplicantKind::natural_person);
  application.answers.values = answers_of(draft).values;
  for (const auto& [field, rows] : answers_of(draft).rows) {
    if (!rows.empty()) application.answers.rows[field] = rows;
  }
  application.printed_so = printed_so(draft, application);
  for (const auto& material : draft.procedure.materials) {
    const auto found = draft.capture.pages.find(material.id);
    if (found == draft.capture.pages.end() || found->second.empty()) continue;
    auto& handed_in = application.materials.emplace_back(domain::HandedIn{material.id, {}});
    for (const auto& page : found->second) handed_in.pages.push_back(page.page);
  }
  if (draft.signing.declared) application.declaration = signing::declaration_text();
  application.signature = draft.signing.signature;
  application.pickup = draft.pickup;
  application.language = base::facts_of(language).name;
  return application;
}

}  // namespace bangwu::session::apply
