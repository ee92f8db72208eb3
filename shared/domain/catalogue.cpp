#include "domain/catalogue.h"

#include <algorithm>
#include <iterator>

namespace bangwu::domain {
namespace {

template <class T, class Key>
const T* find_by(const std::vector<T>& all, Key T::*key, std::string_view wanted) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.*key == wanted; });
  return found == all.end() ? nullptr : &*found;
}

template <class T>
T* find_by_id(std::vector<T>& all, std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

// Two bounds on one answer both hold: the larger minimum, the smaller maximum.
void tighten(std::optional<std::int64_t>& bound, const std::optional<std::int64_t>& other, bool larger_wins) {
  if (!other) return;
  if (!bound || (larger_wins ? *other > *bound : *other < *bound)) bound = other;
}

void merge_field(std::vector<Field>& form, const Field& field) {
  Field* known = find_by_id(form, field.id);
  if (known == nullptr) {
    form.push_back(field);
    return;
  }
  known->required = known->required || field.required;
  tighten(known->minimum, field.minimum, true);
  tighten(known->maximum, field.maximum, false);
  known->may_lie_in_future = known->may_lie_in_future && field.may_lie_in_future;
  if (known->shown_if != field.shown_if) known->shown_if.reset();
  if (known->hint.empty()) known->hint = field.hint;
}

// A condition that one item sets cannot hide what another asks for: where they differ, the applicant decides.
void merge_condition(Material& known, const Material& other) {
  const bool both_conditional = known.need == MaterialNeed::conditional && other.need == MaterialNeed::conditional;
  if (both_conditional) {
    if (known.needed_if != other.needed_if) known.needed_if.reset();
  } else if (other.need == MaterialNeed::conditional) {
    known.condition = other.condition;
    known.needed_if = other.needed_if;
  }
}

void merge_material(std::vector<Material>& materials, const Material& material) {
  Material* known = find_by_id(materials, material.id);
  if (known == nullptr) {
    materials.push_back(material);
    return;
  }
  merge_condition(*known, material);
  known->need = std::min(known->need, material.need);  // declared from the strictest to the loosest
  if (known->need == MaterialNeed::required) {
    known->condition.clear();
    known->needed_if.reset();
  }
  known->copies = std::max(known->copies, material.copies);
  known->sides = std::max(known->sides, material.sides);
  known->has_sample = known->has_sample || material.has_sample;
  if (known->specification.empty()) known->specification = material.specification;
}

template <class T>
void keep_shared(std::vector<T>& kept, const std::vector<T>& other) {
  std::erase_if(kept, [&](const T& one) { return std::find(other.begin(), other.end(), one) == other.end(); });
}

// The ways open for every item; where there is no such way, all of them, so that no result is left without one.
std::vector<std::string> shared_pickup(const std::vector<const Item*>& items) {
  std::vector<std::string> shared = items.front()->pickup;
  for (const Item* item : items) keep_shared(shared, item->pickup);
  if (!shared.empty()) return shared;
  for (const Item* item : items) {
    for (const auto& way : item->pickup) {
      if (std::find(shared.begin(), shared.end(), way) == shared.end()) shared.push_back(way);
    }
  }
  return shared;
}

Procedure procedure_of(const std::vector<const Item*>& items) {
  const Item& first = *items.front();
  Procedure procedure;
  procedure.applicants = first.applicants;
  procedure.handling = Handling::instant;
  procedure.pickup = shared_pickup(items);
  procedure.window = first.window;
  procedure.consult = first.consult;
  procedure.complaint = first.complaint;
  for (const Item* item : items) {
    procedure.item_codes.push_back(item->code);
    procedure.definition += (procedure.definition.empty() ? "" : ",") + item->definition;
    keep_shared(procedure.applicants, item->applicants);
    for (const auto& field : item->form) merge_field(procedure.form, field);
    for (const auto& material : item->materials) merge_material(procedure.materials, material);
    auto& promised = procedure.promised_limit.working_days;
    auto& statutory = procedure.statutory_limit.working_days;
    promised = std::max(promised, item->promised_limit.working_days);
    statutory = std::max(statutory, item->statutory_limit.working_days);
    if (item->handling == Handling::review) procedure.handling = Handling::review;
  }
  return procedure;
}

}  // namespace

const Item* Catalogue::find_item(std::string_view code) const { return find_by(items, &Item::code, code); }
const Bundle* Catalogue::find_bundle(std::string_view code) const { return find_by(bundles, &Bundle::code, code); }
const Elsewhere* Catalogue::find_elsewhere(std::string_view code) const {
  return find_by(elsewhere, &Elsewhere::code, code);
}

std::optional<Procedure> procedure_for(const Catalogue& catalogue, std::string_view code) {
  std::vector<const Item*> items;
  const Item* item = catalogue.find_item(code);
  const Bundle* bundle = item == nullptr ? catalogue.find_bundle(code) : nullptr;
  if (item != nullptr) items.push_back(item);
  if (bundle != nullptr) {
    for (const auto& part : bundle->items) items.push_back(catalogue.find_item(part));
  }
  if (items.empty() || std::find(items.begin(), items.end(), nullptr) != items.end()) return std::nullopt;
  Procedure procedure = procedure_of(items);
  procedure.code = code;
  procedure.name = bundle != nullptr ? bundle->name : item->name;
  procedure.is_bundle = bundle != nullptr;
  return procedure;
}

const char* name_of(Domain domain) {
  switch (domain) {
    case Domain::project_construction: return "project_construction";
    case Domain::market_access: return "market_access";
    case Domain::public_service: return "public_service";
    case Domain::upward_filing: return "upward_filing";
    case Domain::town_agent: return "town_agent";
    case Domain::other: return "other";
  }
  return "other";
}

const char* name_of(ApplicantKind kind) {
  switch (kind) {
    case ApplicantKind::natural_person: return "natural_person";
    case ApplicantKind::legal_person: return "legal_person";
    case ApplicantKind::other_organisation: return "other_organisation";
  }
  return "natural_person";
}

const char* name_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::number: return "number";
    case FieldKind::money: return "money";
    case FieldKind::date: return "date";
    case FieldKind::choice: return "choice";
    case FieldKind::yes_no: return "yes_no";
    case FieldKind::telephone: return "telephone";
    case FieldKind::address: return "address";
    case FieldKind::resident_id: return "resident_id";
    case FieldKind::rows: return "rows";
  }
  return "text";
}

const char* chinese_name_of(Domain domain) {
  switch (domain) {
    case Domain::project_construction: return "项目建设领域";
    case Domain::market_access: return "市场准入领域";
    case Domain::public_service: return "公共服务领域";
    case Domain::upward_filing: return "向上申报、转报";
    case Domain::town_agent: return "镇街代办员代办";
    case Domain::other: return "其他事项";
  }
  return "其他事项";
}

}  // namespace bangwu::domain
