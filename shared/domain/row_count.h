#pragma once
#include <cstddef>
#include <cstdint>

#include "domain/application.h"

namespace bangwu::domain {

inline constexpr std::int64_t kMostRows = 50;  ///< of a group without a maximum of its own

/// Whether a `rows` field may have so many rows: at least its minimum (one, when it is required without one), at most
/// its maximum. The one rule of kiosk and central service.
[[nodiscard]] AnswerProblem check_row_count(const Field& field, std::size_t rows);

}  // namespace bangwu::domain
