#pragma once
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/characters.h"

namespace bangwu::store {

/// A parameter of a statement: NULL, a number or a text that outlives the call.
class Value {
 public:
  template <std::integral Number>
  Value(Number number) : held_(static_cast<std::int64_t>(number)) {}
  Value(std::string_view text) : held_(text) {}
  Value(const std::string& text) : held_(std::string_view(text)) {}
  Value(const char* text) : held_(std::string_view(text)) {}
  Value(base::SystemTime time) : held_(static_cast<std::int64_t>(time.time_since_epoch().count())) {}
  template <class T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }
  using Held = std::variant<std::monostate, std::int64_t, std::string_view>;
  [[nodiscard]] const Held& held() const { return held_; }

 private:
  Held held_;
};
/// The parameters of one statement, for the length of a call.
class Values {
 public:
  Values(std::initializer_list<Value> values) : values_(values.begin(), values.size()) {}
  explicit Values(std::span<const Value> values) : values_(values) {}
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::span<const Value> values_;
};

/// Whether a database can hold it as text: UTF-8 without a zero. What strangers name is asked about only if it is.
[[nodiscard]] inline bool is_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && domain::is_utf8(bytes);
}

/// A row of an answer, read by column. Valid only inside the visit it was given to.
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual std::string text(int column) const = 0;
  [[nodiscard]] virtual std::optional<std::string> optional_text(int column) const = 0;
  [[nodiscard]] virtual std::int64_t number(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;

  [[nodiscard]] base::SystemTime time(int column) const {
    return base::SystemTime(std::chrono::milliseconds(number(column)));
  }
  [[nodiscard]] std::optional<base::SystemTime> optional_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional(time(column));
  }
};

/// One database connection inside a transaction that its owner began. Statements are literals (they are kept prepared
/// by their address) in the SQL both databases speak, with parameters $1, $2 … numbered in the order in which they
/// first appear: so SQLite counts them.
class Sql {
 public:
  using Visit = std::function<base::Result<void>(const Row&)>;
  virtual ~Sql() = default;

  /// A statement that gives no rows. It may be sent later: its error then comes from a later call or the commit.
  [[nodiscard]] virtual base::Result<void> run(const char* sql, Values values) = 0;
  /// Visits each row; stops at the first error `visit` returns. No further statement inside a visit.
  [[nodiscard]] virtual base::Result<void> query(const char* sql, Values values, const Visit& visit) = 0;
};

/// The rows, each made by `read`.
template <class Read>
auto all_rows(Sql& sql, const char* statement, Values values, Read read)
    -> base::Result<std::vector<std::invoke_result_t<Read, const Row&>>> {
  std::vector<std::invoke_result_t<Read, const Row&>> rows;
  auto done = sql.query(statement, values, [&](const Row& row) -> base::Result<void> {
    rows.push_back(read(row));
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return rows;
}

/// The first row, or nothing.
template <class Read>
auto first_row(Sql& sql, const char* statement, Values values, Read read)
    -> base::Result<std::optional<std::invoke_result_t<Read, const Row&>>> {
  auto rows = all_rows(sql, statement, values, read);
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return std::nullopt;
  return std::optional(std::move(rows->front()));
}

}  // namespace bangwu::store
