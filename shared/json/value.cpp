#include "json/value.h"

#include <algorithm>
#include <limits>

namespace bangwu::json {
namespace {

auto place_of(auto& members, std::string_view name) {
  return std::lower_bound(members.begin(), members.end(), name, [](const Member& member, std::string_view wanted) {
    return member.name.compare(wanted) < 0;
  });
}

}  // namespace

Value::Value() = default;
Value::~Value() = default;
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;

Value::Value(std::nullptr_t) {}
Value::Value(const char* text) : data_(std::string(text)) {}
Value::Value(std::string text) : data_(std::move(text)) {}
Value::Value(std::string_view text) : data_(std::string(text)) {}

Value::Value(Exactly, bool truth) : data_(truth) {}
Value::Value(Exactly, std::uint64_t number) : data_(number) {}
Value::Value(Exactly, std::int64_t number) : data_(number) {
  if (number >= 0) data_ = static_cast<std::uint64_t>(number);
}
Value::Value(Exactly, double number) : data_(number) {}

bool Value::is_null() const { return std::holds_alternative<std::monostate>(data_); }
bool Value::is_object() const { return std::holds_alternative<Members>(data_); }
bool Value::is_array() const { return std::holds_alternative<Elements>(data_); }
const std::string* Value::text() const { return std::get_if<std::string>(&data_); }

Value::Value(std::initializer_list<Member> list) : data_(Members{}) {
  for (const auto& member : list) (*this)[member.name] = std::move(member.value);
}

Value Value::object() {
  Value value;
  value.data_ = Members{};
  return value;
}

Value Value::array(std::initializer_list<Value> elements) {
  Value value;
  value.data_ = Elements(elements);
  return value;
}

std::optional<bool> Value::truth() const {
  const auto* held = std::get_if<bool>(&data_);
  return held == nullptr ? std::nullopt : std::optional(*held);
}

std::optional<std::int64_t> Value::integer() const {
  if (const auto* negative = std::get_if<std::int64_t>(&data_)) return *negative;
  const auto positive = natural();
  if (!positive || *positive > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(*positive);
}

std::optional<std::uint64_t> Value::natural() const {
  const auto* held = std::get_if<std::uint64_t>(&data_);
  return held == nullptr ? std::nullopt : std::optional(*held);
}

std::optional<double> Value::number() const {
  if (const auto* positive = std::get_if<std::uint64_t>(&data_)) return static_cast<double>(*positive);
  if (const auto* negative = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*negative);
  const auto* held = std::get_if<double>(&data_);
  return held == nullptr ? std::nullopt : std::optional(*held);
}

const Value::Elements& Value::elements() const {
  static const Elements kNone;
  const auto* held = std::get_if<Elements>(&data_);
  return held == nullptr ? kNone : *held;
}

const Value::Members& Value::members() const {
  static const Members kNone;
  const auto* held = std::get_if<Members>(&data_);
  return held == nullptr ? kNone : *held;
}

const Value* Value::find(std::string_view name) const {
  const auto found = place_of(members(), name);
  return found == members().end() || found->name != name ? nullptr : &found->value;
}

const std::string* Value::text_of(std::string_view name) const {
  const Value* found = find(name);
  return found == nullptr ? nullptr : found->text();
}

Value& Value::operator[](std::string_view name) {
  if (!is_object()) data_ = Members{};
  auto& members = std::get<Members>(data_);
  auto place = place_of(members, name);
  if (place == members.end() || place->name != name) place = members.insert(place, Member{std::string(name)});
  return place->value;
}

void Value::push_back(Value element) {
  if (!is_array()) data_ = Elements{};
  std::get<Elements>(data_).push_back(std::move(element));
}

void Value::erase(std::string_view name) {
  if (auto* members = std::get_if<Members>(&data_))
    std::erase_if(*members, [&](const Member& member) { return member.name == name; });
}

bool Value::operator==(const Value& other) const { return data_ == other.data_; }

}  // namespace bangwu::json
