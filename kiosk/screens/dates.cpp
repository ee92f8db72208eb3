#include "screens/dates.h"

#include <array>
#include <cstddef>

#include "base/clock.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

using widgets::tr;
using widgets::tr_noop;
using widgets::trf;

// Names where a language has them; Chinese writes the number.
constexpr std::array kMonths{tr_noop("1月"), tr_noop("2月"),  tr_noop("3月"),  tr_noop("4月"),
                             tr_noop("5月"), tr_noop("6月"),  tr_noop("7月"),  tr_noop("8月"),
                             tr_noop("9月"), tr_noop("10月"), tr_noop("11月"), tr_noop("12月")};
constexpr std::array kWeekdays{tr_noop("星期日"), tr_noop("星期一"), tr_noop("星期二"), tr_noop("星期三"),
                               tr_noop("星期四"), tr_noop("星期五"), tr_noop("星期六")};

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

bool is_amount(std::string_view typed) {
  std::size_t points = 0;
  for (const char c : typed) {
    if (c == '.') ++points;
    else if (c < '0' || c > '9') return false;
  }
  return !typed.empty() && typed.front() != '.' && points <= 1;
}

}  // namespace

std::string date_words(std::chrono::year_month_day date) {
  const auto month = static_cast<unsigned>(date.month());
  const auto month_name = tr(kMonths[(month + 11) % 12]);
  return trf("{year}年{month}月{day}日", {{"year", std::to_string(static_cast<int>(date.year()))},
                                          {"month", std::to_string(month)},
                                          {"month_name", month_name},
                                          {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

std::string long_date_words(std::chrono::year_month_day date) {
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  return trf("{date} {weekday}", {{"date", date_words(date)}, {"weekday", tr(kWeekdays[weekday.c_encoding()])}});
}

std::string clock_words(std::chrono::sys_seconds time) {
  return long_date_words(base::china_date(time)) + "  " + time_words(time);
}

std::string short_clock_words(std::chrono::sys_seconds time) {
  return date_words(base::china_date(time)) + " " + time_words(time);
}

std::string time_words(std::chrono::sys_seconds time) {
  // China Standard Time has been UTC+8 without exception since 1991.
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(time.time_since_epoch() + std::chrono::hours{8}).count();
  const auto of_day = static_cast<unsigned>(((minutes % 1440) + 1440) % 1440);
  return two_digits(of_day / 60) + ":" + two_digits(of_day % 60);
}

std::string thousands(std::string_view typed) {
  if (!is_amount(typed)) return std::string{typed};
  const auto point = typed.find('.');
  const auto whole = typed.substr(0, point);
  std::string out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += ',';
    out += whole[i];
  }
  if (point != std::string_view::npos) out += typed.substr(point);
  return out;
}

std::string money_words(std::string_view typed) {
  if (!is_amount(typed)) return std::string{typed};
  return trf("{amount} 元", {{"amount", thousands(typed)}});
}

std::string size_words(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1000;
  if (bytes < kKilo * kKilo) return std::to_string((bytes + kKilo - 1) / kKilo) + " KB";
  const auto tenths = (bytes + kKilo * kKilo / 20) / (kKilo * kKilo / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

std::string limit_words(int working_days) {
  if (working_days <= 0) return tr("当场办结");
  if (working_days == 1) return tr("1 个工作日");
  return trf("{days} 个工作日", {{"days", std::to_string(working_days)}});
}

std::string page_count_words(std::size_t pages) {
  return pages == 1 ? tr("1 页") : trf("{pages} 页", {{"pages", std::to_string(pages)}});
}

std::string row_count_words(std::size_t rows) {
  return rows == 1 ? tr("1 条") : trf("{rows} 条", {{"rows", std::to_string(rows)}});
}

}  // namespace bangwu::screens
