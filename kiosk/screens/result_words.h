#pragma once
#include <string>
#include <vector>

#include "session/result/view.h"

/// What an applicant is told after submitting (Article 9: whether it passed, the time limit with its date, how to
/// collect), in the current language. Never a later state than what is known. The screen and the paper slip say the
/// same.
namespace bangwu::screens {

[[nodiscard]] std::string title_of(const session::ResultView& view);
[[nodiscard]] std::string explanation_of(const session::ResultView& view);
[[nodiscard]] bool is_final_number(const session::ResultView& view);  ///< given by the central service
[[nodiscard]] std::vector<std::string> lacks_of(const session::ResultView& view);
[[nodiscard]] std::string arrival_words();  ///< in place of a time that a wrong clock would tell
[[nodiscard]] std::string limit_of(const session::ResultView& view);
[[nodiscard]] std::string pickup_of(const session::ResultView& view);
[[nodiscard]] std::string notice_of(const session::ResultView& view);
[[nodiscard]] std::string window_of(const session::ResultView& view);
[[nodiscard]] std::string consult_of(const session::ResultView& view);

}  // namespace bangwu::screens
