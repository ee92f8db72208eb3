#include "json/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bangwu::json {
namespace {

using Library = nlohmann::json;

Library library_value(const Value& value) {
  if (value.is_object()) {
    Library object = Library::object();
    for (const auto& member : value.members()) object.emplace(member.name, library_value(member.value));
    return object;
  }
  if (value.is_array()) {
    Library array = Library::array();
    for (const auto& element : value.elements()) array.push_back(library_value(element));
    return array;
  }
  if (const auto* text = value.text()) return *text;
  if (const auto truth = value.truth()) return *truth;
  if (const auto natural = value.natural()) return *natural;
  if (const auto integer = value.integer()) return *integer;
  if (const auto number = value.number()) return *number;
  return nullptr;
}

bool is_whole(const std::string& digits) { return digits.find_first_of(".eE") == std::string::npos; }

}  // namespace

/// What nlohmann's reader calls for each thing it reads. False ends the reading.
class Builder {
 public:
  explicit Builder(std::size_t depth) : depth_(depth) {}

  bool null() { return take({}); }
  bool boolean(bool truth) { return take(truth); }
  bool number_integer(std::int64_t number) { return take(number); }
  bool number_unsigned(std::uint64_t number) { return take(number); }
  bool number_float(double number, const std::string& digits) {
    return is_whole(digits) ? refuse("has a number that is too large") : take(number);
  }
  bool string(std::string& text) { return take(std::move(text)); }
  bool binary(Library::binary_t& /*bytes*/) { return refuse("is not JSON"); }
  bool start_object(std::size_t /*size*/) { return open(Value::object()); }
  bool key(std::string& name) {
    open_.back().name = std::move(name);
    return true;
  }
  bool end_object() {
    auto& members = std::get<Value::Members>(open_.back().value.data_);
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.name < b.name; });
    const auto same = [](const Member& a, const Member& b) { return a.name == b.name; };
    if (std::adjacent_find(members.begin(), members.end(), same) != members.end()) return refuse("has a member twice");
    return close();
  }
  bool start_array(std::size_t /*size*/) { return open(Value::array()); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/, const Library::exception& /*quotes the text*/) {
    return refuse("is not JSON");
  }

  [[nodiscard]] const char* fault() const { return fault_; }
  [[nodiscard]] Value result() { return std::move(result_); }

 private:
  struct Open {
    Value value;
    std::string name{};  ///< of the member that is read next
  };

  bool refuse(const char* fault) {
    fault_ = fault;
    return false;
  }
  bool open(Value container) {
    if (open_.size() == depth_) return refuse("is nested too deeply");
    open_.push_back({std::move(container)});
    return true;
  }
  bool close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    return take(std::move(done));
  }
  bool take(Value value) {
    if (open_.empty()) result_ = std::move(value);
    else if (auto* members = std::get_if<Value::Members>(&open_.back().value.data_))
      members->push_back({std::move(open_.back().name), std::move(value)});  // sorted when the object ends
    else open_.back().value.push_back(std::move(value));
    return true;
  }

  std::size_t depth_;
  std::vector<Open> open_;
  Value result_;
  const char* fault_ = "is not JSON";
};

base::Result<Value> parse(std::string_view text, Limits limits) {
  if (text.size() > limits.bytes) {
    return base::fail(base::ErrorCode::invalid_input, "is longer than " + std::to_string(limits.bytes) + " bytes");
  }
  Builder builder(limits.depth);
  if (!Library::sax_parse(text.begin(), text.end(), &builder))
    return base::fail(base::ErrorCode::invalid_input, builder.fault());
  return builder.result();
}

std::string write(const Value& value, Layout layout) {
  return library_value(value).dump(layout == Layout::compact ? -1 : 2, ' ', false, Library::error_handler_t::replace);
}

}  // namespace bangwu::json
