#pragma once
#include <chrono>
#include <vector>

#include "domain/application.h"
#include "domain/cases/application.h"
#include "domain/catalogue.h"
#include "domain/working_days.h"

namespace bangwu::cases {

/// What the central service answers to an application at once (Article 9), from its own catalogue and calendar.
struct FirstAnswer {
  domain::cases::Received received;
  std::vector<domain::cases::Noted> notes;
  bool operator==(const FirstAnswer&) const = default;
};

/// A code the catalogue does not know (a kiosk may have a newer one) is never turned away: a window looks at it, and a
/// note says so. Answers to another form than the catalogue's (Application::definition) are a window's to judge too: a
/// form changed meanwhile invents no lacks. The due date is the last day of the promised limit, given only while that
/// limit runs; it runs from `handed_in_on`. No I/O.
[[nodiscard]] FirstAnswer first_answer(const domain::Catalogue& catalogue, const domain::Calendar& calendar,
                                       const domain::Application& application,
                                       std::chrono::year_month_day handed_in_on);

}  // namespace bangwu::cases
