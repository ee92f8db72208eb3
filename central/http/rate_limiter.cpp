#include "http/rate_limiter.h"

#include <algorithm>
#include <chrono>

namespace bangwu::http {
namespace {

/// FNV-1a begun with a secret and mixed at the end (splitmix64): which cells a key has cannot be told from outside.
std::uint64_t hash_of(std::string_view key, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= seed;
  hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
  return hash ^ (hash >> 31U);
}

}  // namespace

RateLimiter::RateLimiter(const base::Clock& clock, std::uint64_t secret) : clock_(clock), secret_(secret) {
  for (auto& row : rows_) row.resize(kCells);
}

bool RateLimiter::allow(std::string_view key, unsigned most_a_minute) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.steady();
  const double one = 1.0 / most_a_minute;
  double least = 1;
  std::array<Cell*, 2> cells{};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Cell& cell = rows_[i][hash_of(key, secret_ + i) % kCells];
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - cell.at).count();
    cell.level = std::max(0.0, cell.level - minutes);
    cell.at = now;
    least = std::min(least, cell.level);
    cells[i] = &cell;
  }
  if (least + one / 2 > 1) return false;  // half of one: sums of fractions are not exact
  for (Cell* cell : cells) cell->level = std::max(cell->level, least + one);
  return true;
}

}  // namespace bangwu::http
