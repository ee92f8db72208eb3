#include "ratings/bursts.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace bangwu::ratings {
namespace {
constexpr std::size_t kTogether = 4;
constexpr std::chrono::seconds kSpan{16};
}  // namespace

std::vector<Pace> paces(std::span<const Made> ratings) {
  std::map<std::string, std::vector<std::size_t>> by_kiosk;
  for (std::size_t i = 0; i < ratings.size(); ++i) by_kiosk[ratings[i].kiosk].push_back(i);
  std::vector<Pace> paces(ratings.size(), Pace::plausible);
  for (auto& [kiosk, places] : by_kiosk) {
    std::ranges::sort(places, {}, [&](std::size_t place) { return ratings[place].at; });
    for (std::size_t first = 0; first + kTogether <= places.size(); ++first) {
      const std::size_t last = first + kTogether - 1;
      if (ratings[places[last]].at - ratings[places[first]].at > kSpan) continue;
      for (std::size_t i = first; i <= last; ++i) paces[places[i]] = Pace::burst;
    }
  }
  return paces;
}

}  // namespace bangwu::ratings
