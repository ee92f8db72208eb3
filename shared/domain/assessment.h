#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "domain/application.h"

namespace bangwu::domain {

/// What the central service answers at once (Article 9: whether the application passed).
enum class Outcome {
  accepted,           ///< 已受理: complete, and the item is marked instant
  in_review,          ///< 已收到，窗口审核中: complete, a window looks at it
  correction_needed,  ///< 待补正: something lacks; all of it is listed at once (行政许可法 第三十二条)
  not_accepted,       ///< 不予受理: with reasons
};

/// One thing that lacks: a field that is missing or fails its check, a material with too few pages, or a part of the
/// application itself ("declaration", "signature", "applicant").
struct Lack {
  enum class What { field, material, part };
  What what = What::field;
  std::string id;
  AnswerProblem problem = AnswerProblem::missing;
  bool operator==(const Lack&) const = default;
};

struct Assessment {
  Outcome outcome = Outcome::in_review;
  std::vector<Lack> lacks;
  bool operator==(const Assessment&) const = default;
};

/// How much of an application is judged by rule.
enum class Judged {
  all,
  parts_only,  ///< applicant, declaration, signature: the form that asked was another one, its answers are a window's
};

/// The rule-based first answer, from the procedure's form and materials. The kiosk shows the same list before the
/// applicant submits; the central service decides.
[[nodiscard]] Assessment assess(const Procedure& procedure, const Application& application,
                                std::chrono::year_month_day today, Judged judged = Judged::all);

[[nodiscard]] const char* name_of(Outcome outcome);  ///< "accepted"

}  // namespace bangwu::domain
