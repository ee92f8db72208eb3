#include <nlohmann/json.hpp>

#include "base/log.h"
#include "domain/application.h"
#include "http/endpoints.h"

namespace bangwu::http {
namespace {

constexpr std::size_t kLongestName = 100;

struct Wish {
  std::string code, name;
  envelope::VerifyKey device_key{};
};

std::optional<Wish> read_wish(std::string_view body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object() || json.size() != 3) return std::nullopt;
  const auto text = [&](const char* key) {
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
  };
  const auto key = envelope::key_from_hex(text("device_key"));
  Wish wish{text("code"), text("name"), {}};
  const bool fits = key && !wish.code.empty() && wish.code.size() <= 32 && !wish.name.empty() &&
                    domain::length_of(wish.name) <= kLongestName;
  if (!fits) return std::nullopt;
  wish.device_key = *key;
  return wish;
}

}  // namespace

Reply EnrolmentEndpoint::enrol(std::string_view body) {
  const auto wish = read_wish(body);
  if (!wish) return to_reply({400, "malformed", "send {\"code\", \"device_key\": 64 hex digits, \"name\"}", {}, {}});
  const auto enrolled = enrolment::enrol(services_.store, services_.random, services_.clock.now(), wish->code,
                                         wish->device_key, wish->name);
  if (!enrolled && enrolled.error().code == base::ErrorCode::unauthorised) {
    return to_reply({403,
                     "enrolment-refused",
                     "the code is unknown, used or expired: make a new one with bangwu-central enrol",
                     {},
                     {}});
  }
  if (!enrolled) return store_reply(enrolled.error());
  base::log(base::LogLevel::info, "kiosk_enrolled", {{"kiosk", enrolled->kiosk}});
  return json_reply(201, nlohmann::json{{"kiosk", enrolled->kiosk},
                                        {"token", enrolled->token},
                                        {"sealing_key", envelope::key_to_hex(services_.sealing_key)},
                                        {"receipt_key", envelope::key_to_hex(services_.receipt_key)}}
                             .dump());
}

}  // namespace bangwu::http
