#include "session/lacks.h"

#include <optional>

namespace bangwu::session {
namespace {

std::string label_of(const domain::Procedure* procedure, const domain::Lack& lack) {
  if (procedure == nullptr) return lack.id;
  for (const auto& field : procedure->form) {
    if (lack.what == domain::Lack::What::field && field.id == lack.id) return field.label;
  }
  for (const auto& material : procedure->materials) {
    if (lack.what == domain::Lack::What::material && material.id == lack.id) return material.name;
  }
  return lack.id;
}

std::optional<LackingPart> part_of(const domain::Lack& lack) {
  if (lack.what != domain::Lack::What::part) return std::nullopt;
  if (lack.id == "applicant") return LackingPart::applicant;
  if (lack.id == "agent") return LackingPart::agent;
  if (lack.id == "declaration") return LackingPart::declaration;
  if (lack.id == "signature") return LackingPart::signature;
  return std::nullopt;
}

}  // namespace

Lacks lacks_of(const domain::Procedure* procedure, const std::vector<domain::Lack>& lacks) {
  Lacks told;
  for (const auto& lack : lacks) {
    if (const auto part = part_of(lack)) told.parts.push_back(*part);
    else told.labels.push_back(label_of(procedure, lack));
  }
  return told;
}

}  // namespace bangwu::session
