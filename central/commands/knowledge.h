#pragma once
#include <string>

#include "catalogue/load.h"
#include "settings/settings.h"

namespace bangwu::commands {

/// What the settings name: the catalogue and the calendars the first answer is given from.
struct Knowledge {
  domain::Catalogue catalogue;
  domain::Calendar calendar;
};

/// Every problem of the files, one a line, goes to `problems`; entries that have one are left out.
[[nodiscard]] inline Knowledge load_knowledge(const settings::Settings& settings, std::string& problems) {
  auto items = catalogue::load_catalogue(settings.catalogue.directory);
  auto years = catalogue::load_calendars(settings.catalogue.calendar);
  for (const auto& problem : items.problems) problems += catalogue::to_string(problem) + "\n";
  for (const auto& problem : years.problems) problems += catalogue::to_string(problem) + "\n";
  return {std::move(items.catalogue), std::move(years.calendar)};
}

}  // namespace bangwu::commands
