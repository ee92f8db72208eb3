#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/file.h"
#include "base/result.h"

namespace bangwu::sqlite {

struct Prepared;

/// One use of a prepared statement: bound, stepped, and reset when it goes. Columns count from 0. Its connection
/// outlives it, and prepares the same SQL again only after it is gone.
class Statement {
 public:
  explicit Statement(Prepared* prepared) : prepared_(prepared) {}
  /// It could not be prepared: step() says why.
  explicit Statement(base::Error error) : error_(std::move(error)) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds in order; bytes and text are copied. Times are Unix milliseconds, an empty optional is NULL.
  template <class... Values>
  Statement& bind(const Values&... values) {
    int position = 0;
    (bind_one(++position, values), ...);
    return *this;
  }
  /// Binds one; positions count from 1.
  template <class Value>
  Statement& bind_at(int position, const Value& value) {
    bind_one(position, value);
    return *this;
  }
  /// True: a row is there. False: done.
  [[nodiscard]] base::Result<bool> step();
  /// For statements without rows; how many rows were changed.
  [[nodiscard]] base::Result<std::size_t> run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] base::Bytes bytes(int column) const;
  [[nodiscard]] base::SystemTime time(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  void bind_one(int position, std::int64_t value);
  void bind_one(int position, std::string_view value);
  void bind_one(int position, const std::string& value) { bind_one(position, std::string_view(value)); }
  void bind_one(int position, const char* value) { bind_one(position, std::string_view(value)); }
  void bind_one(int position, std::span<const std::uint8_t> value);
  void bind_one(int position, const base::Bytes& value) { bind_one(position, std::span(value)); }
  void bind_one(int position, base::SystemTime value) { bind_one(position, value.time_since_epoch().count()); }
  void bind_one(int position, std::nullopt_t);
  template <class Value>
  void bind_one(int position, const std::optional<Value>& value) {
    if (value) bind_one(position, *value);
    else bind_one(position, std::nullopt);
  }

  std::optional<base::Error> error_;
  Prepared* prepared_ = nullptr;
};

}  // namespace bangwu::sqlite
