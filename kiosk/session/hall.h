#pragma once
#include <chrono>

#include "base/clock.h"
#include "domain/catalogue.h"
#include "domain/rating.h"
#include "domain/search.h"

namespace bangwu::session {

/// What the hall configures; fixed while the kiosk runs. The catalogue is borrowed and outlives every session.
struct Hall {
  const domain::Catalogue* catalogue = nullptr;
  const domain::SearchIndex* search = nullptr;  ///< of that catalogue
  std::chrono::seconds idle_limit{120};         ///< without a touch, before the countdown (60–600)
  std::chrono::seconds countdown{45};
  std::chrono::seconds answer_wait{4};  ///< how long a visitor waits for the central service's answer
  std::chrono::seconds store_wait{20};  ///< how long a visitor waits for what is being stored
  std::chrono::seconds thanks_time{8};  ///< an untouched thank-you page leaves after it
  domain::Instrument instrument = domain::Instrument::national;
  int pages_per_material = 50;
  std::chrono::sys_days built{};  ///< when this program was made: no day before it can be today
};

struct Now {
  base::SystemTime wall;
  base::SteadyTime steady;
};

/// A machine whose battery was empty stands in 1970 or 2000.
[[nodiscard]] inline bool clock_is_wrong(const Hall& hall, Now now) {
  return now.wall < hall.built - std::chrono::days{1};  // built somewhere else, where it may be a day earlier
}

/// The date in the hall. Under a wrong clock none is known: then no date lies in the future, and the central service,
/// whose clock is right, judges.
[[nodiscard]] inline std::chrono::year_month_day today_in(const Hall& hall, Now now) {
  using namespace std::chrono;
  return clock_is_wrong(hall, now) ? year{9999} / December / 31 : base::china_date(now.wall);
}

}  // namespace bangwu::session
