#include "domain/row_count.h"

namespace bangwu::domain {

AnswerProblem check_row_count(const Field& field, std::size_t rows) {
  const auto count = static_cast<std::int64_t>(rows);
  const std::int64_t least = field.minimum.value_or(field.required ? 1 : 0);
  if (count < least) return count == 0 ? AnswerProblem::missing : AnswerProblem::too_short;
  return count > field.maximum.value_or(kMostRows) ? AnswerProblem::too_long : AnswerProblem::none;
}

}  // namespace bangwu::domain
