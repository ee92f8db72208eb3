#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "domain/catalogue.h"
#include "domain/working_days.h"

namespace bangwu::catalogue {

/// Something in a file that a technician of the hall must put right, in Chinese. `line` and `column` count from 1;
/// 0 means the file or the folder as a whole.
struct Problem {
  std::filesystem::path file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string what;
  std::string what_to_do;
  bool operator==(const Problem&) const = default;
};

/// "items/a.toml:12:3: what。what_to_do": one line for a log or a terminal. Carries nobody's data.
[[nodiscard]] std::string to_string(const Problem& problem);

/// Where an entry's content comes from. A sample is not confirmed by the hall yet.
struct Provenance {
  std::string code;
  std::filesystem::path file;
  std::string source;
  bool sample = false;
  bool operator==(const Provenance&) const = default;
};

/// What could be read, and what could not. Entries are in the order of their file names.
struct LoadedCatalogue {
  domain::Catalogue catalogue;
  std::vector<Provenance> provenance;  ///< one for each entry of `catalogue`
  std::vector<Problem> problems;
};

/// Reads `directory`/items/*.toml, `directory`/bundles/*.toml and, if it is there, `directory`/elsewhere/*.toml, one
/// entry a file; the layout is described in the README.md of config/catalogue. An entry with anything wrong in it is
/// left out and every problem of it is reported: no key has a value other than the one written or the default the
/// layout names. A bundle is left out with any item it names. What was read once is never changed by a later change of
/// the files. Never throws; no thread of its own.
[[nodiscard]] LoadedCatalogue load_catalogue(const std::filesystem::path& directory);

struct LoadedCalendar {
  domain::Calendar calendar;  ///< years ascending
  std::vector<Problem> problems;
};

/// Reads `directory`/<year>.toml, the days off and make-up days of a year. A file with anything wrong in it is left
/// out whole and reported: that year then counts by weekends, and domain::due_date says so.
[[nodiscard]] LoadedCalendar load_calendars(const std::filesystem::path& directory);

}  // namespace bangwu::catalogue
