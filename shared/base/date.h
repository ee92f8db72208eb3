#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace bangwu::base {

/// "2026-11-23" (RFC 3339, full-date), as dates are written in files, on the wire and on command lines.
[[nodiscard]] std::string date_text(std::chrono::year_month_day date);
/// The same read back; nothing for any other form and for a day that does not exist.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

}  // namespace bangwu::base
