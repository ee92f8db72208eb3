#include "json/members.h"

#include <algorithm>

#include "base/date.h"
#include "base/encoding.h"
#include "base/text.h"

namespace bangwu::json {

namespace {

const Value kNothing = Value::object();
const Value kNoElements = Value::array();

}  // namespace

void Fault::note(std::string_view where, std::string_view what) {
  if (!first_) first_ = base::Error{base::ErrorCode::invalid_input, std::string(where) + ": " + std::string(what)};
}

Members::Members(const Value& value, std::string where, Fault& fault)
    : value_(&value), where_(std::move(where)), fault_(fault) {
  if (value.is_object()) return;
  fault_.note(where_, "must be an object");
  value_ = &kNothing;
}

std::string Members::at(std::string_view key) const { return where_ + "." + std::string(key); }
bool Members::has(const char* key) const { return value_->find(key) != nullptr; }

const Value* Members::find(const char* key, Presence presence) {
  asked_.emplace_back(key);
  if (const Value* found = value_->find(key)) return found;
  if (presence == Presence::required) fault_.note(at(key), "is missing");
  return nullptr;
}

std::string Members::text(const char* key, Length length, Presence presence) {
  const Value* found = find(key, presence);
  if (found == nullptr) return {};
  const std::string* value = found->text();
  if (value == nullptr) return fault_.note(at(key), "must be a string"), std::string{};
  if (value->size() < length.least || value->size() > length.most) {
    fault_.note(at(key), "must have " + std::to_string(length.least) + " to " + std::to_string(length.most) + " bytes");
    return {};
  }
  if (value->find('\0') != std::string::npos) return fault_.note(at(key), "must not hold a zero"), std::string{};
  return *value;
}

std::string Members::word(const char* key, Length length, std::string_view more) {
  std::string value = text(key, length);
  const bool plain = std::all_of(value.begin(), value.end(), [&](char c) {
    return base::is_letter(c) || base::is_digit(c) || more.find(c) != std::string_view::npos;
  });
  if (!plain) fault_.note(at(key), "has a character that may not be there");
  return value;
}

std::string Members::sha256(const char* key) {
  std::string value = text(key, {0, 4096});
  if (!base::is_lower_hex(value, 64)) fault_.note(at(key), "must be 64 lower-case hex digits");
  return value;
}

std::int64_t Members::integer(const char* key, std::int64_t least, std::int64_t most) {
  const Value* found = find(key, Presence::required);
  if (found == nullptr) return least;
  const auto value = found->integer();
  if (!value || *value < least || *value > most) {
    fault_.note(at(key), "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }
  return *value;
}

double Members::number(const char* key, double least, double most) {
  const Value* found = find(key, Presence::required);
  if (found == nullptr) return least;
  const double value = found->number().value_or(least - 1);
  if (value >= least && value <= most) return value;
  fault_.note(at(key), "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

bool Members::truth(const char* key) {
  const Value* found = find(key, Presence::required);
  if (found == nullptr) return false;
  if (!found->truth()) fault_.note(at(key), "must be true or false");
  return found->truth().value_or(false);
}

base::Bytes Members::bytes(const char* key, Length length) {
  auto decoded = base::from_base64(text(key, {0, (length.most + 2) / 3 * 4}));
  if (!decoded) return fault_.note(at(key), decoded.error().detail), base::Bytes{};
  if (decoded->size() < length.least || decoded->size() > length.most) {
    fault_.note(at(key), "must hold " + std::to_string(length.least) + " to " + std::to_string(length.most) + " bytes");
    return {};
  }
  return std::move(*decoded);
}

base::SystemTime Members::time(const char* key) {
  const auto value = base::parse_time(text(key, {0, 64}));
  if (!value) fault_.note(at(key), "must be a time like 2026-11-23T02:28:03.123Z");
  return value.value_or(base::SystemTime{});
}

std::chrono::year_month_day Members::date(const char* key) {
  const auto value = base::parse_date(text(key, {0, 64}));
  if (!value) fault_.note(at(key), "must be a date like 2026-11-23");
  return value.value_or(std::chrono::year_month_day{});
}

base::Uuid Members::uuid(const char* key) {
  const std::string value = text(key, {0, 64});
  const auto id = base::parse_uuid(value);
  // Upper case would be another text for the same id, and so another manifest.
  if (!id || base::to_string(*id) != value) fault_.note(at(key), "must be a UUID in lower case");
  return id.value_or(base::Uuid{});
}

Members Members::object(const char* key) {
  const Value* found = find(key, Presence::required);
  return Members(found == nullptr ? kNothing : *found, at(key), fault_);
}

const Value& Members::any_object(const char* key) {
  const Value* found = find(key, Presence::required);
  if (found != nullptr && found->is_object()) return *found;
  fault_.note(at(key), "must be an object");
  return kNothing;
}

const Value& Members::array(const char* key, std::size_t most) {
  const Value* found = find(key, Presence::required);
  if (found == nullptr) return kNoElements;
  if (!found->is_array()) return fault_.note(at(key), "must be an array"), kNoElements;
  if (found->elements().size() <= most) return *found;
  fault_.note(at(key), "must have at most " + std::to_string(most) + " elements");
  return kNoElements;
}

void Members::finish() {
  for (const auto& member : value_->members()) {
    if (std::find(asked_.begin(), asked_.end(), member.name) == asked_.end())
      fault_.note(where_, "has an unknown member");
  }
}

base::Result<Value> parse_object(std::string_view text, std::string_view what, Limits limits) {
  auto value = parse(text, limits);
  if (!value) return base::fail(value.error().code, std::string(what) + " " + value.error().detail);
  if (!value->is_object())
    return base::fail(base::ErrorCode::invalid_input, std::string(what) + " must be a JSON object");
  return value;
}

}  // namespace bangwu::json
