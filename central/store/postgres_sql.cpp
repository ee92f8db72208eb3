#include "store/postgres_sql.h"

#include <algorithm>

namespace bangwu::store {

using base::Result;

namespace {
constexpr std::uint64_t kBlockSize = 100;
}

Result<void> PostgresSql::run(const char* sql, Values values) {
  connection_.queue(sql, values);
  return {};
}

Result<void> PostgresSql::query(const char* sql, Values values, const Visit& visit) {
  if (!told_) return told_;
  connection_.queue(sql, values);
  auto settled = connection_.settle(visit);
  const bool is_told = !connection_.failure().state.empty() || connection_.is_lost();
  if (!settled && is_told) {
    told_ = settled;
    failure_ = connection_.failure();
  }
  return settled;
}

Result<std::uint64_t> NumberBlocks::next(std::string_view counter, std::uint64_t floor) {
  const std::lock_guard lock(mutex_);
  Block& block = blocks_.try_emplace(std::string(counter)).first->second;
  block.next = std::max(block.next, floor + 1);
  if (block.next > block.last) {
    const auto taken = take(counter, floor);
    if (!taken) return tl::unexpected(taken.error());
    block = *taken;
  }
  return block.next++;
}

void NumberBlocks::drop() {
  const std::lock_guard lock(mutex_);
  blocks_.clear();
}

Result<NumberBlocks::Block> NumberBlocks::take(std::string_view counter, std::uint64_t floor) {
  if (connection_ == nullptr || !connection_->is_alive()) {
    auto opened = PostgresConnection::open(database_);
    if (!opened) return tl::unexpected(opened.error());
    connection_ = std::move(*opened);
  }
  auto block = take_once(counter, floor);
  if (block || !connection_->is_lost()) return block;
  // Whether a lost answer took a block or not: then nobody uses it.
  auto opened = PostgresConnection::open(database_);
  if (!opened) return tl::unexpected(opened.error());
  connection_ = std::move(*opened);
  return take_once(counter, floor);
}

Result<NumberBlocks::Block> NumberBlocks::take_once(std::string_view counter, std::uint64_t floor) {
  PostgresSql sql(*connection_);
  const auto last =
      first_row(sql,
                "INSERT INTO counter AS c (name, last) SELECT $1, f.lowest + $2 FROM (SELECT GREATEST($3::bigint, "
                "COALESCE((SELECT at_least FROM counter_floor WHERE name = $1), 0)) AS lowest) AS f "
                "ON CONFLICT (name) DO UPDATE SET last = GREATEST(c.last, excluded.last - $2) + $2 RETURNING last",
                {counter, kBlockSize, floor}, [](const Row& row) { return static_cast<std::uint64_t>(row.number(0)); });
  if (!last) return tl::unexpected(last.error());
  return Block{.next = last->value() - kBlockSize + 1, .last = last->value()};
}

Result<std::uint64_t> PostgresNumbers::next(std::string_view counter) {
  const auto raised = floors_.find(counter);
  const auto number = blocks_.next(counter, raised == floors_.end() ? 0 : raised->second);
  if (!number) return number;
  // The first is the lowest this transaction uses: the others need no look.
  if (!checked_.insert(std::string(counter)).second) return number;
  if (auto run = sql_.run("SELECT number_is_above_floor($1, $2)", {counter, *number}); !run)
    return tl::unexpected(run.error());
  return number;
}

Result<void> PostgresNumbers::raise_floor(std::string_view counter, std::uint64_t at_least) {
  std::uint64_t& floor = floors_[std::string(counter)];
  floor = std::max(floor, at_least);
  return sql_.run(
      "INSERT INTO counter_floor AS f (name, at_least) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET at_least = GREATEST(f.at_least, excluded.at_least)",
      {counter, at_least});
}

base::Result<std::vector<CounterRow>> PostgresNumbers::all() {
  return all_rows(
      sql_,
      "SELECT name, MAX(last) FROM (SELECT name, last FROM counter UNION ALL SELECT name, at_least FROM counter_floor) "
      "AS known GROUP BY name",
      {}, [](const Row& row) {
        return CounterRow{.name = row.text(0), .last = static_cast<std::uint64_t>(row.number(1))};
      });
}

}  // namespace bangwu::store
