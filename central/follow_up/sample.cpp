#include "follow_up/sample.h"

#include <algorithm>

#include "base/clock.h"
#include "base/sha256.h"

namespace bangwu::follow_up {
namespace {

std::string lines_of(const std::vector<std::string>& numbers) {
  std::string lines;
  for (const auto& number : numbers) lines += number + "\n";
  return lines;
}

base::Result<std::vector<std::string>> numbers_of(store::Cases& cases, Period period) {
  std::vector<std::string> numbers;
  const auto read = cases.each([&](const store::CaseRow& row) -> base::Result<void> {
    const auto received_on = base::china_date(row.received_at);
    if (period.from <= received_on && received_on <= period.to) numbers.push_back(row.number);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return numbers;
}

}  // namespace

std::vector<Lot> draw(std::string_view seed, const std::vector<std::string>& population, std::size_t count) {
  std::vector<Lot> lots;
  for (const auto& number : population) lots.push_back({number, base::sha256_hex(std::string(seed) + "\n" + number)});
  std::sort(lots.begin(), lots.end(), [](const Lot& a, const Lot& b) { return a.sha256 < b.sha256; });
  lots.resize(std::min(count, lots.size()));
  return lots;
}

base::Result<Sample> draw_sample(store::Cases& cases, std::string seed, Period period, std::size_t count) {
  auto population = numbers_of(cases, period);
  if (!population) return tl::unexpected(population.error());
  auto drawn = draw(seed, *population, count);
  auto published = base::sha256_hex(lines_of(*population));
  return Sample{std::move(seed), period, std::move(*population), std::move(published), std::move(drawn)};
}

}  // namespace bangwu::follow_up
