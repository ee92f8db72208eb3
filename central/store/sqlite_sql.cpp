#include "store/sqlite_sql.h"

namespace bangwu::store {
namespace {

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(const sqlite::Statement& statement) : statement_(statement) {}
  std::string text(int column) const override { return statement_.text(column); }
  std::optional<std::string> optional_text(int column) const override { return statement_.optional_text(column); }
  std::int64_t number(int column) const override { return statement_.integer(column); }
  bool is_null(int column) const override { return statement_.is_null(column); }

 private:
  const sqlite::Statement& statement_;
};

void bind(sqlite::Statement& statement, Values values) {
  int position = 0;
  for (const Value& value : values) {
    ++position;
    if (const auto* number = std::get_if<std::int64_t>(&value.held())) statement.bind_at(position, *number);
    else if (const auto* text = std::get_if<std::string_view>(&value.held())) statement.bind_at(position, *text);
    else statement.bind_at(position, std::nullopt);
  }
}

}  // namespace

base::Result<void> SqliteSql::run(const char* sql, Values values) {
  auto statement = connection_.prepare(sql);
  bind(statement, values);
  const auto changed = statement.run();
  if (!changed) return tl::unexpected(changed.error());
  return {};
}

base::Result<void> SqliteSql::query(const char* sql, Values values, const Visit& visit) {
  auto statement = connection_.prepare(sql);
  bind(statement, values);
  // To the end: what a statement with RETURNING changes is for good only then.
  while (true) {
    const auto row = statement.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
    if (auto visited = visit(SqliteRow(statement)); !visited) return visited;
  }
}

base::Result<std::uint64_t> SqliteNumbers::next(std::string_view counter) {
  const auto number = first_row(sql_,
                                "INSERT INTO counter(name, last) VALUES ($1, 1) "
                                "ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last",
                                {counter}, [](const Row& row) { return static_cast<std::uint64_t>(row.number(0)); });
  if (!number) return tl::unexpected(number.error());
  return number->value();
}

base::Result<void> SqliteNumbers::raise_floor(std::string_view counter, std::uint64_t at_least) {
  return sql_.run(
      "INSERT INTO counter(name, last) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET last = MAX(last, "
      "excluded.last)",
      {counter, at_least});
}

base::Result<std::vector<CounterRow>> SqliteNumbers::all() {
  return all_rows(sql_, "SELECT name, last FROM counter", {}, [](const Row& row) {
    return CounterRow{.name = row.text(0), .last = static_cast<std::uint64_t>(row.number(1))};
  });
}

}  // namespace bangwu::store
