#include <algorithm>
#include <chrono>
#include <string>

#include "base/date.h"
#include "catalogue/item_reader.h"
#include "catalogue/table_reader.h"

namespace bangwu::catalogue {
namespace {

using std::chrono::year_month_day;

enum class Expected { weekday, weekend };

year_month_day to_calendar_date(const toml::date& date) {
  return {std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}};
}

bool is_weekend(year_month_day date) {
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// A weekday in the list of worked days, or a weekend in the list of days off, is a slip of the pen that would move a
// legal time limit: refused rather than passed over.
// Where it is not known which year is meant, days are not blamed for theirs.
std::vector<year_month_day> read_days(TableReader& reader, const char* key, std::optional<int> year,
                                      Expected expected) {
  std::vector<year_month_day> days;
  for (const auto& [date, place] : reader.dates(key)) {
    const auto day = to_calendar_date(date);
    if (!day.ok()) {
      reader.report().add(place, "没有 " + base::date_text(day) + " 这一天", "请改正日期");
    } else if (year && date.year != *year) {
      reader.report().add(place, base::date_text(day) + " 不在 " + std::to_string(*year) + " 年",
                          "请移到那一年的文件里");
    } else if (is_weekend(day) != (expected == Expected::weekend)) {
      reader.report().add(place, base::date_text(day) + (expected == Expected::weekend ? " 不是周末" : " 是周末"),
                          "off 只写放假的周一至周五，worked 只写上班的周六、周日");
    } else if (std::find(days.begin(), days.end(), day) != days.end()) {
      reader.report().add(place, base::date_text(day) + " 写了两次", "请删去一个");
    } else {
      days.push_back(day);
    }
  }
  std::sort(days.begin(), days.end());
  return days;
}

}  // namespace

std::optional<domain::YearCalendar> read_calendar(Document& document) {
  if (!document.table) return std::nullopt;
  TableReader reader(*document.table, "工作日历", document.report);
  domain::YearCalendar calendar;
  if (!reader.has("year")) reader.problem_at("year", "缺少“year”", "请写年份，例如 year = 2026");
  calendar.year = static_cast<int>(reader.integer_or("year", 0, 2000, 2200));
  calendar.source = reader.text("source");
  const std::string name = document.report.file().stem().string(), year = std::to_string(calendar.year);
  const bool is_named_so = name == year;
  if (document.report.empty() && !is_named_so) {
    reader.problem_at("year", "文件名与年份不同：文件名是 " + name + "，里面写的是 year = " + year,
                      "请把文件名改为 " + year + ".toml，或改正年份");
  }
  const auto known_year = is_named_so ? std::optional{calendar.year} : std::nullopt;
  calendar.days_off = read_days(reader, "off", known_year, Expected::weekday);
  calendar.days_worked = read_days(reader, "worked", known_year, Expected::weekend);
  reader.refuse_unknown_keys();
  if (!document.report.empty()) return std::nullopt;
  return calendar;
}

}  // namespace bangwu::catalogue
