#include "domain/working_days.h"

#include <algorithm>

namespace bangwu::domain {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

bool holds(const std::vector<year_month_day>& dates, year_month_day date) {
  return std::find(dates.begin(), dates.end(), date) != dates.end();
}

bool is_weekend(year_month_day date) {
  const std::chrono::weekday weekday{sys_days{date}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

bool is_paused(std::span<const Pause> pauses, year_month_day date) {
  return std::any_of(pauses.begin(), pauses.end(),
                     [&](const Pause& pause) { return date > pause.begin && (!pause.end || date <= *pause.end); });
}

// Walks day by day and remembers which years it had to guess.
class Walk {
 public:
  Walk(const Calendar& calendar, year_month_day start) : calendar_(calendar), at_(start) {}

  [[nodiscard]] year_month_day date() const { return year_month_day{at_}; }
  void step() { at_ += days{1}; }

  [[nodiscard]] bool at_working_day() {
    const int year = static_cast<int>(date().year());
    const bool known_guess = !guessed_years_.empty() && guessed_years_.back() == year;
    if (!known_guess && calendar_.find_year(year) == nullptr) guessed_years_.push_back(year);
    return is_working_day(calendar_, date());
  }
  void to_working_day() {
    while (!at_working_day()) step();
  }
  [[nodiscard]] const std::vector<int>& guessed_years() const { return guessed_years_; }

 private:
  const Calendar& calendar_;
  sys_days at_;
  std::vector<int> guessed_years_;
};

bool never_ends(std::span<const Pause> pauses, year_month_day date) {
  return std::any_of(pauses.begin(), pauses.end(),
                     [&](const Pause& pause) { return !pause.end && date > pause.begin; });
}

}  // namespace

const YearCalendar* Calendar::find_year(int year) const {
  const auto found =
      std::find_if(years.begin(), years.end(), [&](const YearCalendar& one) { return one.year == year; });
  return found == years.end() ? nullptr : &*found;
}

DayKind kind_of_day(const Calendar& calendar, year_month_day date) {
  const YearCalendar* year = calendar.find_year(static_cast<int>(date.year()));
  if (year != nullptr && holds(year->days_off, date)) return DayKind::holiday;
  if (!is_weekend(date)) return DayKind::worked;
  return year != nullptr && holds(year->days_worked, date) ? DayKind::worked_instead : DayKind::weekend;
}

bool is_working_day(const Calendar& calendar, year_month_day date) { return is_counted(kind_of_day(calendar, date)); }

std::vector<LimitDay> days_of_limit(const Calendar& calendar, year_month_day received, year_month_day due) {
  constexpr days kMost{3660};
  std::vector<LimitDay> all;
  const auto end = std::min(sys_days{due}, sys_days{received} + kMost);
  for (auto day = sys_days{received} + days{1}; day <= end; day += days{1})
    all.push_back({year_month_day{day}, kind_of_day(calendar, year_month_day{day})});
  return all;
}

const char* name_of(DayKind kind) {
  switch (kind) {
    case DayKind::worked: return "worked";
    case DayKind::worked_instead: return "worked_instead";
    case DayKind::weekend: return "weekend";
    case DayKind::holiday: return "holiday";
  }
  return "worked";
}

const char* name_of(Pace pace) {
  switch (pace) {
    case Pace::on_time: return "on_time";
    case Pace::due_soon: return "due_soon";
    case Pace::overdue: return "overdue";
  }
  return "on_time";
}

DueDate due_date(const Calendar& calendar, year_month_day received, int working_days, std::span<const Pause> pauses) {
  Walk walk(calendar, received);
  if (working_days <= 0) {
    walk.to_working_day();
    return {walk.date(), walk.guessed_years()};
  }
  for (int counted = 0; counted < working_days;) {
    walk.step();
    if (never_ends(pauses, walk.date())) return {std::nullopt, walk.guessed_years()};
    if (walk.at_working_day() && !is_paused(pauses, walk.date())) ++counted;
  }
  return {walk.date(), walk.guessed_years()};
}

DueDate tell_what_lacks_by(const Calendar& calendar, year_month_day received) {
  return due_date(calendar, received, kDaysToTellWhatLacks);
}

int working_days_used(const Calendar& calendar, year_month_day received, year_month_day today,
                      std::span<const Pause> pauses) {
  int used = 0;
  Walk walk(calendar, received);
  while (walk.date() < today) {
    walk.step();
    if (walk.at_working_day() && !is_paused(pauses, walk.date())) ++used;
  }
  return used;
}

Progress progress_of(const Calendar& calendar, year_month_day received, int working_days, year_month_day today,
                     std::span<const Pause> pauses) {
  const int limit = std::max(working_days, 0);
  const auto due = due_date(calendar, received, limit, pauses).date;
  Progress progress;
  progress.days_left = limit - working_days_used(calendar, received, today, pauses);
  if (due && today > *due) {
    progress.pace = Pace::overdue;
    return progress;
  }
  progress.days_left = std::max(progress.days_left, 0);  // on the spot, received on a day off: due the next working day
  const int soon = std::max(limit / 4, 1);
  if (progress.days_left <= soon) progress.pace = Pace::due_soon;
  return progress;
}

}  // namespace bangwu::domain
