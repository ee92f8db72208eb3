#include "base/date.h"

#include <cstdio>

namespace bangwu::base {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string date_text(std::chrono::year_month_day date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional{date} : std::nullopt;
}

std::string to_hall_time(SystemTime time) {
  const auto there = std::chrono::floor<std::chrono::seconds>(time + std::chrono::hours{8});
  return to_rfc3339(there).substr(0, 19) + "+08:00";
}

std::optional<SystemTime> parse_time(std::string_view text) {
  if (text.size() != 24) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = digits(text.substr(11, 2));
  const auto minute = digits(text.substr(14, 2));
  const auto second = digits(text.substr(17, 2));
  const auto milli = digits(text.substr(20, 3));
  if (!date || !hour || !minute || !second || !milli) return std::nullopt;
  const SystemTime time = std::chrono::sys_days{*date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                          std::chrono::seconds{*second} + std::chrono::milliseconds{*milli};
  // What is written back must be what was read, or a signature over it would not hold.
  return to_rfc3339(time) == text ? std::optional{time} : std::nullopt;
}

}  // namespace bangwu::base
