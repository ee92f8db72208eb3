#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bangwu::json {

struct Member;
class Value;

/// A string, and what passes for one: a list's template must leave them alone.
template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;
template <class T>
concept Mapping = requires(const T& map) {
  typename T::mapped_type;
  map.begin();
};
template <class T>
concept List = !Text<T> && !Mapping<T> && !std::same_as<T, Value> && requires(const T& list) {
  typename T::value_type;
  list.begin();
};

/// One value of RFC 8259, owned with all below it. Members of an object are sorted by the bytes of their names and no
/// name is there twice, so that equal values are written as equal texts. Whole numbers from INT64_MIN to UINT64_MAX are
/// exact; others are doubles. Not thread-safe; a const Value may be read by many.
///
///   Value{{"id", id}, {"pages", Value::array()}}       an object
///   Value::array({1, "two"})                            an array
class Value {
 public:
  Value();  ///< null
  Value(std::initializer_list<Member> list);
  Value(std::nullptr_t);
  Value(const char* text);
  Value(std::string text);
  Value(std::string_view text);
  template <std::same_as<bool> T>
  Value(T truth) : Value(Exactly{}, truth) {}
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) Value(T number) : Value(Exactly{}, static_cast<std::uint64_t>(number)) {}
  template <std::signed_integral T>
  requires(!std::same_as<T, char>) Value(T number) : Value(Exactly{}, static_cast<std::int64_t>(number)) {}
  template <std::floating_point T>
  Value(T number) : Value(Exactly{}, static_cast<double>(number)) {}
  template <Mapping T>
  Value(const T& map);
  template <List T>
  Value(const T& list);
  // A member of an object holds a Value: what destroys, copies or moves one is written where Member is known.
  ~Value();
  Value(const Value&);
  Value(Value&&) noexcept;
  Value& operator=(const Value&);
  Value& operator=(Value&&) noexcept;

  [[nodiscard]] static Value object();
  [[nodiscard]] static Value array(std::initializer_list<Value> elements = {});

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_array() const;

  /// What it holds if it is that, otherwise nothing; a number that does not fit exactly is nothing too.
  [[nodiscard]] const std::string* text() const;
  [[nodiscard]] std::optional<bool> truth() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<std::uint64_t> natural() const;
  [[nodiscard]] std::optional<double> number() const;

  using Elements = std::vector<Value>;
  using Members = std::vector<Member>;
  [[nodiscard]] const Elements& elements() const;  ///< none if it is no array
  [[nodiscard]] const Members& members() const;    ///< none if it is no object

  /// The member of that name; nothing if there is none, or this is no object. Until this value changes.
  [[nodiscard]] const Value* find(std::string_view name) const;
  /// The text of that member.
  [[nodiscard]] const std::string* text_of(std::string_view name) const;

  /// The member of that name, made null if it was not there. What was no object becomes one.
  Value& operator[](std::string_view name);
  /// What was no array becomes one.
  void push_back(Value element);
  void erase(std::string_view name);

  bool operator==(const Value&) const;

 private:
  friend class Builder;
  using Data = std::variant<std::monostate, bool, std::uint64_t, std::int64_t, double, std::string, Elements, Members>;
  struct Exactly {};
  Value(Exactly, bool truth);
  Value(Exactly, std::uint64_t number);
  Value(Exactly, std::int64_t number);
  Value(Exactly, double number);
  Data data_;
};

struct Member {
  std::string name;
  mutable Value value{};  ///< an initializer list is constant, and what is in it shall be moved, not copied
  bool operator==(const Member&) const = default;
};

template <Mapping T>
Value::Value(const T& map) : Value(object()) {
  for (const auto& [name, value] : map) (*this)[name] = Value(value);
}

template <List T>
Value::Value(const T& list) : Value(array()) {
  for (const auto& element : list) push_back(Value(element));
}

}  // namespace bangwu::json
