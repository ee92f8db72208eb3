#include "base/clock.h"

#include <cstdio>

namespace bangwu::base {
using namespace std::chrono;

SystemTime RealClock::now() const { return time_point_cast<milliseconds>(system_clock::now()); }
SteadyTime RealClock::steady() const { return time_point_cast<milliseconds>(steady_clock::now()); }

std::string to_rfc3339(SystemTime time) {
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

year_month_day china_date(SystemTime time) { return year_month_day{floor<days>(time + hours{8})}; }

}  // namespace bangwu::base
