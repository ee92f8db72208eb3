#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/cases.h"

namespace bangwu::follow_up {

/// A case's lot: SHA-256 of the seed, a line feed and the case number, in lower-case hex.
struct Lot {
  std::string case_number, sha256;
  bool operator==(const Lot&) const = default;
};

/// Days in the hall, both counted.
struct Period {
  std::chrono::year_month_day from, to;
};

/// A random follow-up (随机回访, Article 15) that anyone can draw again from what is published: the seed and the
/// numbers of all cases of the period (domain rule 10). The seed has to come from outside and after the period has
/// ended — a public lottery, say —, so that nobody could choose cases by it.
struct Sample {
  std::string seed;
  Period period;
  std::vector<std::string> population;  ///< numbers of all cases received in the period, ascending
  std::string population_sha256;        ///< of these numbers, a line feed after each
  std::vector<Lot> drawn;               ///< in the order of the draw: to be called in that order
};

/// The `count` smallest lots; all of them if there are fewer cases. The order of `population` makes no difference.
[[nodiscard]] std::vector<Lot> draw(std::string_view seed, const std::vector<std::string>& population,
                                    std::size_t count);

/// Draws from the cases stored.
[[nodiscard]] base::Result<Sample> draw_sample(store::Cases& cases, std::string seed, Period period, std::size_t count);

}  // namespace bangwu::follow_up
