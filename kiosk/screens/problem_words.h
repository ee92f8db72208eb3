#pragma once
#include <string>

#include "domain/application.h"
#include "domain/numbers.h"
#include "domain/page_fault.h"
#include "session/frame.h"
#include "session/storing/messages.h"

/// Problems in words, in the current language: what happened, what it means for the visitor, what to do. They never
/// blame and never show a code alone. Empty where there is no problem.
namespace bangwu::screens {

/// A number that identifies someone. `typed` tells how many characters are there.
[[nodiscard]] std::string words_for(domain::NumberProblem problem, domain::IdKind kind, std::string_view typed);
/// A telephone number.
[[nodiscard]] std::string telephone_words_for(domain::NumberProblem problem);
/// An answer to one of a form's questions.
[[nodiscard]] std::string words_for(domain::AnswerProblem problem, const domain::Field& field);
/// A name, or the words of a rating.
[[nodiscard]] std::string words_for(domain::AnswerProblem problem);

/// What is wrong with what was typed for a field, whichever kind of problem it is.
[[nodiscard]] std::string words_for(const session::InputProblem& problem, const domain::Field& field,
                                    std::string_view typed);
[[nodiscard]] bool is_problem(const session::InputProblem& problem);

struct ProblemWords {
  std::string title{}, words{};
};
/// What there is when a capture ends with a fault: of a file nothing, of a scan nothing or its first pages.
enum class Captured { no_file, no_scan, first_pages };
/// `page`: the page of the file that is at fault; 0: the file as a whole.
[[nodiscard]] ProblemWords words_for(domain::PageFault fault, Captured captured, int page = 0);
/// Why a file in a list cannot be chosen, and what to do, in a line.
[[nodiscard]] std::string reason_for(domain::PageFault fault);
[[nodiscard]] ProblemWords words_for(session::StoreProblem problem);

}  // namespace bangwu::screens
