#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Dates, amounts and sizes as they are read in the current language.
namespace bangwu::screens {

/// 2026年11月23日 / 23 November 2026.
[[nodiscard]] std::string date_words(std::chrono::year_month_day date);
/// 2026年11月23日 星期一.
[[nodiscard]] std::string long_date_words(std::chrono::year_month_day date);
/// 2026年11月23日 星期一  10:28, in the hall's time.
[[nodiscard]] std::string clock_words(std::chrono::sys_seconds time);
/// 2026年11月23日 10:28, in the hall's time.
[[nodiscard]] std::string short_clock_words(std::chrono::sys_seconds time);
/// 10:28, in the hall's time.
[[nodiscard]] std::string time_words(std::chrono::sys_seconds time);
/// An amount as typed ("12345.6") with its thousands apart and 元; unchanged where it is no amount.
[[nodiscard]] std::string money_words(std::string_view typed);
/// Thousands apart: 12,345.6.
[[nodiscard]] std::string thousands(std::string_view typed);
/// 1.2 MB.
[[nodiscard]] std::string size_words(std::uint64_t bytes);
/// 当场办结, or 5 个工作日.
[[nodiscard]] std::string limit_words(int working_days);

/// 1 页, 12 页; 1 条, 3 条: languages with a singular have one.
[[nodiscard]] std::string page_count_words(std::size_t pages);
[[nodiscard]] std::string row_count_words(std::size_t rows);

}  // namespace bangwu::screens
