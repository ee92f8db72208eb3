#pragma once
#include <string>

#include "domain/application.h"
#include "domain/assessment.h"
#include "domain/cases/application.h"
#include "domain/rating.h"

namespace bangwu::commands {

/// What staff read instead of a code.
[[nodiscard]] const char* words_of(domain::cases::State state);      ///< 窗口审核中
[[nodiscard]] const char* words_of(domain::cases::NoteTopic topic);  ///< 事项编码不在目录中
[[nodiscard]] const char* words_of(domain::AnswerProblem problem);   ///< 未填
[[nodiscard]] const char* words_of(domain::IdKind kind);             ///< 居民身份证
[[nodiscard]] const char* words_of(domain::ApplicantKind kind);      ///< 个人
[[nodiscard]] const char* words_of(domain::Instrument instrument);   ///< 好差评
[[nodiscard]] std::string words_of_part(const std::string& part);    ///< 声明, of "declaration"
/// The reasons' labels with 、 between; a code that is not known any more stays a code.
[[nodiscard]] std::string words_of_reasons(const domain::Rating& rating);

}  // namespace bangwu::commands
