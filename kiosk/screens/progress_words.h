#pragma once
#include <string>

#include "domain/cases/standing.h"
#include "session/progress/view.h"
#include "widgets/icons.h"

/// What an applicant is told of a case that was asked for, in the current language.
namespace bangwu::screens {

[[nodiscard]] std::string words_for(domain::cases::State state);
[[nodiscard]] std::string words_for(domain::cases::Step step);
[[nodiscard]] std::string next_of(domain::cases::State state);  ///< what is next, and what it means
[[nodiscard]] std::string title_of(session::ProgressProblem problem);
[[nodiscard]] std::string explanation_of(session::ProgressProblem problem);

/// How far the last day is: 还剩 3 个工作日, 今天到期, 已超过 2 个工作日.
[[nodiscard]] std::string distance_of(const domain::Progress& progress);
/// What the last day is counted from and how many days count.
[[nodiscard]] std::string arithmetic_of(const domain::cases::Standing& standing);
/// The days that do not count, each with why; empty when all count.
[[nodiscard]] std::string uncounted_days_of(const domain::cases::Standing& standing);

}  // namespace bangwu::screens
