#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bangwu::domain {

/// One year's announcement: the weekdays that are off and the weekend days that are worked (调休).
struct YearCalendar {
  int year = 0;
  std::string source;  ///< who announced it, and where
  std::vector<std::chrono::year_month_day> days_off;
  std::vector<std::chrono::year_month_day> days_worked;
  bool operator==(const YearCalendar&) const = default;
};

/// The announcements known. A year without one counts Monday to Friday as working days, and every answer that leaned
/// on such a year says so. Built by room catalogue from files, then never changed.
struct Calendar {
  std::vector<YearCalendar> years;  ///< each year at most once
  [[nodiscard]] const YearCalendar* find_year(int year) const;
  bool operator==(const Calendar&) const = default;
};

[[nodiscard]] bool is_working_day(const Calendar& calendar, std::chrono::year_month_day date);

/// A time that waits on the applicant (补正) or on a special procedure (听证, 检验, 检测, 专家评审) and does not count
/// (行政许可法 第四十五条). Like a limit it starts the day after: the days after `begin`, up to and with `end`, are not
/// counted. Without an end it goes on. Spans may overlap and come in any order; an end before its begin is no pause.
struct Pause {
  std::chrono::year_month_day begin;
  std::optional<std::chrono::year_month_day> end;
  bool operator==(const Pause&) const = default;
};

struct DueDate {
  std::optional<std::chrono::year_month_day> date;  ///< nothing while a pause goes on: the date is not known yet
  std::vector<int> guessed_years;  ///< years counted by weekends alone, ascending; empty: all announced
  bool operator==(const DueDate&) const = default;
};

/// The last day of a limit of `working_days`. The day of receipt is not counted (domain rule 11; 民法典 第二百零一条),
/// and a limit that would end on a day off ends on the next working day. 0 or less: on the spot, which is the day of
/// receipt if it is worked, else the next working day.
[[nodiscard]] DueDate due_date(const Calendar& calendar, std::chrono::year_month_day received, int working_days,
                               std::span<const Pause> pauses = {});

/// All that an application lacks must be told within five working days of receipt; after that it counts as accepted
/// from the day of receipt (行政许可法 第三十二条).
inline constexpr int kDaysToTellWhatLacks = 5;
[[nodiscard]] DueDate tell_what_lacks_by(const Calendar& calendar, std::chrono::year_month_day received);

/// What a day of a limit is, for whoever opens a due date into its days.
enum class DayKind {
  worked,          ///< Monday to Friday
  worked_instead,  ///< a weekend day that is worked (调休)
  weekend,
  holiday,  ///< off by the year's announcement
};
[[nodiscard]] constexpr bool is_counted(DayKind kind) {
  return kind == DayKind::worked || kind == DayKind::worked_instead;
}
[[nodiscard]] DayKind kind_of_day(const Calendar& calendar, std::chrono::year_month_day date);
struct LimitDay {
  std::chrono::year_month_day date;
  DayKind kind = DayKind::worked;
  bool operator==(const LimitDay&) const = default;
};
/// The days after `received`, up to and with `due`, at most ten years of them. Empty for a limit that ends on the day
/// of receipt.
[[nodiscard]] std::vector<LimitDay> days_of_limit(const Calendar& calendar, std::chrono::year_month_day received,
                                                  std::chrono::year_month_day due);

/// How many working days of a limit have been used by the end of `today`: those after `received`, up to and with
/// `today`, outside pauses. An open pause lasts until today. 0 if today is not after `received`.
[[nodiscard]] int working_days_used(const Calendar& calendar, std::chrono::year_month_day received,
                                    std::chrono::year_month_day today, std::span<const Pause> pauses = {});

/// How a case stands against its limit. Domain rule 12.
enum class Pace {
  on_time,
  due_soon,  ///< a quarter of the limit is left, or one working day if that is more
  overdue,   ///< the last day has passed
};
struct Progress {
  Pace pace = Pace::on_time;
  int days_left = 0;  ///< working days left after today; when overdue 0 or less: working days over
  bool operator==(const Progress&) const = default;
};
[[nodiscard]] const char* name_of(DayKind kind);  ///< "worked_instead"
[[nodiscard]] const char* name_of(Pace pace);     ///< "due_soon"
[[nodiscard]] Progress progress_of(const Calendar& calendar, std::chrono::year_month_day received, int working_days,
                                   std::chrono::year_month_day today, std::span<const Pause> pauses = {});

}  // namespace bangwu::domain
