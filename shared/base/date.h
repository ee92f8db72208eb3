#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace bangwu::base {

/// "2026-11-23" (RFC 3339, full-date), as dates are written in files, on the wire and on command lines.
[[nodiscard]] std::string date_text(std::chrono::year_month_day date);
/// The same read back; nothing for any other form and for a day that does not exist.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
/// A time as staff of the hall read it, in China Standard Time with its offset: "2026-11-23T10:28:03+08:00".
[[nodiscard]] std::string to_hall_time(SystemTime time);
/// Reads what to_rfc3339() writes; nothing for any other form of a time, so that what is written back is what was read.
[[nodiscard]] std::optional<SystemTime> parse_time(std::string_view text);

}  // namespace bangwu::base
