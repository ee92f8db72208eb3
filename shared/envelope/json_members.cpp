#include "envelope/json_members.h"

#include <algorithm>
#include <set>

#include "base/date.h"
#include "envelope/keys.h"

namespace bangwu::envelope {
using base::ErrorCode;
using base::fail;

namespace {

const Json kNothing = Json::object();
const Json kNoElements = Json::array();
constexpr int kDeepest = 16;

}  // namespace

void Fault::note(std::string_view where, std::string_view what) {
  if (!first_) first_ = base::Error{ErrorCode::invalid_input, std::string(where) + ": " + std::string(what)};
}

Members::Members(const Json& value, std::string where, Fault& fault)
    : value_(&value), where_(std::move(where)), fault_(fault) {
  if (value.is_object()) return;
  fault_.note(where_, "must be an object");
  value_ = &kNothing;
}

std::string Members::at(std::string_view key) const { return where_ + "." + std::string(key); }
bool Members::has(const char* key) const { return value_->contains(key); }

const Json* Members::find(const char* key, Presence presence) {
  asked_.emplace_back(key);
  const auto found = value_->find(key);
  if (found != value_->end()) return &*found;
  if (presence == Presence::required) fault_.note(at(key), "is missing");
  return nullptr;
}

std::string Members::text(const char* key, Length length, Presence presence) {
  const Json* found = find(key, presence);
  if (found == nullptr) return {};
  if (!found->is_string()) return fault_.note(at(key), "must be a string"), std::string{};
  const auto& value = found->get_ref<const std::string&>();
  if (value.size() < length.least || value.size() > length.most) {
    fault_.note(at(key), "must have " + std::to_string(length.least) + " to " + std::to_string(length.most) + " bytes");
    return {};
  }
  if (value.find('\0') != std::string::npos) return fault_.note(at(key), "must not hold a zero"), std::string{};
  return value;
}

std::string Members::word(const char* key, Length length, std::string_view more) {
  std::string value = text(key, length);
  const bool plain = std::all_of(value.begin(), value.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
  if (!plain) fault_.note(at(key), "has a character that may not be there");
  return value;
}

std::string Members::sha256(const char* key) {
  std::string value = text(key, {0, 4096});
  if (!is_sha256(value)) fault_.note(at(key), "must be 64 lower-case hex digits");
  return value;
}

std::int64_t Members::integer(const char* key, std::int64_t least, std::int64_t most) {
  const Json* found = find(key, Presence::required);
  if (found == nullptr) return least;
  const bool fits =
      found->is_number_integer() && !(found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX);
  const std::int64_t value = fits ? found->get<std::int64_t>() : least;
  if (!fits || value < least || value > most) {
    fault_.note(at(key), "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }
  return value;
}

double Members::number(const char* key, double least, double most) {
  const Json* found = find(key, Presence::required);
  if (found == nullptr) return least;
  const double value = found->is_number() ? found->get<double>() : least - 1;
  if (value >= least && value <= most) return value;
  fault_.note(at(key), "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

bool Members::truth(const char* key) {
  const Json* found = find(key, Presence::required);
  if (found == nullptr) return false;
  if (!found->is_boolean()) return fault_.note(at(key), "must be true or false"), false;
  return found->get<bool>();
}

base::Bytes Members::bytes(const char* key, Length length) {
  auto decoded = from_base64(text(key, {0, (length.most + 2) / 3 * 4}));
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
  const Json* found = find(key, Presence::required);
  return Members(found == nullptr ? kNothing : *found, at(key), fault_);
}

const Json& Members::any_object(const char* key) {
  const Json* found = find(key, Presence::required);
  if (found != nullptr && found->is_object()) return *found;
  fault_.note(at(key), "must be an object");
  return kNothing;
}

const Json& Members::array(const char* key, std::size_t most) {
  const Json* found = find(key, Presence::required);
  if (found == nullptr) return kNoElements;
  if (!found->is_array()) return fault_.note(at(key), "must be an array"), kNoElements;
  if (found->size() <= most) return *found;
  fault_.note(at(key), "must have at most " + std::to_string(most) + " elements");
  return kNoElements;
}

void Members::finish() {
  for (const auto& item : value_->items()) {
    if (std::find(asked_.begin(), asked_.end(), item.key()) == asked_.end())
      fault_.note(where_, "has an unknown member");
  }
}

base::Result<Json> parse_document(std::string_view text, std::string_view what, std::size_t limit) {
  const std::string name(what);
  if (text.size() > limit)
    return fail(ErrorCode::invalid_input, name + ": longer than " + std::to_string(limit) + " bytes");
  std::vector<std::set<std::string>> open_objects;
  bool repeated = false;
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    too_deep = too_deep || depth > kDeepest;
    if (event == Json::parse_event_t::object_start) open_objects.emplace_back();
    if (event == Json::parse_event_t::object_end) open_objects.pop_back();
    if (event == Json::parse_event_t::key && !open_objects.back().insert(parsed.get<std::string>()).second)
      repeated = true;
    return !too_deep;
  };
  Json document = Json::parse(text, watch, false);
  if (too_deep) return fail(ErrorCode::invalid_input, name + ": nested too deeply");
  if (document.is_discarded()) return fail(ErrorCode::invalid_input, name + ": not JSON");
  if (repeated) return fail(ErrorCode::invalid_input, name + ": a member is there twice");
  if (!document.is_object()) return fail(ErrorCode::invalid_input, name + ": must be an object");
  return document;
}

std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace bangwu::envelope
