#pragma once
#include <string>
#include <vector>

#include "domain/assessment.h"
#include "domain/catalogue.h"

namespace bangwu::session {

enum class LackingPart { applicant, agent, declaration, signature };

/// What lacks, as it is shown to an applicant.
struct Lacks {
  std::vector<std::string> labels;  ///< of fields and materials, catalogue keys
  std::vector<LackingPart> parts;
  bool operator==(const Lacks&) const = default;
};
/// What the procedure does not know keeps its id. Null: nothing is known of it.
[[nodiscard]] Lacks lacks_of(const domain::Procedure* procedure, const std::vector<domain::Lack>& lacks);

}  // namespace bangwu::session
