#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "base/result.h"
#include "json/text.h"

namespace bangwu::json {

/// The first thing that was wrong while a document was read: where and what, never the value itself.
class Fault {
 public:
  void note(std::string_view where, std::string_view what);
  [[nodiscard]] bool is_noted() const { return first_.has_value(); }
  [[nodiscard]] base::Error error() const { return *first_; }

 private:
  std::optional<base::Error> first_;
};

enum class Presence { required, optional };

struct Length {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// One JSON object being read. A member of the wrong kind is noted as a fault and read as an empty value; the reader
/// of a document looks at the fault once, at the end.
class Members {
 public:
  Members(const Value& value, std::string where, Fault& fault);

  /// UTF-8, which parse() has seen to, without a zero: no database that keeps texts takes one.
  [[nodiscard]] std::string text(const char* key, Length length, Presence presence = Presence::required);
  /// Only characters of [A-Za-z0-9] and `more`.
  [[nodiscard]] std::string word(const char* key, Length length, std::string_view more);
  [[nodiscard]] std::string sha256(const char* key);
  [[nodiscard]] std::int64_t integer(const char* key, std::int64_t least, std::int64_t most);
  [[nodiscard]] double number(const char* key, double least, double most);
  [[nodiscard]] bool truth(const char* key);
  [[nodiscard]] base::Bytes bytes(const char* key, Length length);  ///< base64
  [[nodiscard]] base::SystemTime time(const char* key);             ///< as base::to_rfc3339 writes it
  [[nodiscard]] std::chrono::year_month_day date(const char* key);  ///< YYYY-MM-DD
  [[nodiscard]] base::Uuid uuid(const char* key);
  [[nodiscard]] bool has(const char* key) const;
  [[nodiscard]] Members object(const char* key);
  /// The member if it is there and an object; for maps with free keys.
  [[nodiscard]] const Value& any_object(const char* key);
  [[nodiscard]] const Value& array(const char* key, std::size_t most);
  [[nodiscard]] std::string at(std::string_view key) const;  ///< "attachments[2].sha256"
  [[nodiscard]] Fault& fault() { return fault_; }

  /// `parse` maps the text to the value or nothing.
  template <class Parse>
  auto one_of(const char* key, Parse parse) {
    const auto value = parse(text(key, {1, 64}));
    if (!value) fault_.note(at(key), "is not a known value");
    return value.value_or(typename decltype(value)::value_type{});
  }
  /// Called last: members nobody asked for are refused.
  void finish();

 private:
  [[nodiscard]] const Value* find(const char* key, Presence presence);
  const Value* value_;
  std::string where_;
  Fault& fault_;
  std::vector<std::string> asked_;
};

/// The text as one JSON object; `what` begins the error's words.
[[nodiscard]] base::Result<Value> parse_object(std::string_view text, std::string_view what, Limits limits = {});

}  // namespace bangwu::json
