#include "base/log.h"
#include "enrolment/readmission.h"
#include "http/endpoints.h"
#include "http/routes.h"
#include "json/text.h"
#include "recovery/recovery.h"

namespace bangwu::http {
namespace {

/// {"last_receipt": the receipt as it was given, or null, "run": what the kiosk's program calls this run of itself,
/// "gave_all_of": the generation that has all it can give}
std::optional<recovery::Told> told_in(std::string_view body) {
  const auto document = json::parse(body).value_or(json::Value());
  const json::Value *last = document.find("last_receipt"), *run = document.find("run");
  if (last == nullptr) return std::nullopt;
  recovery::Told told;
  if (run != nullptr) {
    if (run->text() == nullptr || !base::parse_uuid(*run->text())) return std::nullopt;
    told.run = *run->text();
  }
  if (const json::Value* gave = document.find("gave_all_of")) {
    if (gave->text() == nullptr) return std::nullopt;
    told.gave_all_of = *gave->text();
  }
  if (last->is_null()) return told;
  auto receipt = envelope::receipt_from_json(json::write(*last));
  if (!receipt) return std::nullopt;
  told.last_receipt = std::move(*receipt);
  return told;
}

/// {"receipt": one that this service gave it, "device_key": what it signs with, in hex}; its token as usual
std::optional<enrolment::Forgotten> forgotten_in(std::string_view body) {
  const auto document = json::parse(body).value_or(json::Value());
  const json::Value* shown = document.find("receipt");
  const std::string* device_key = document.text_of("device_key");
  if (shown == nullptr || device_key == nullptr) return std::nullopt;
  auto receipt = envelope::receipt_from_json(json::write(*shown));
  const auto key = envelope::verify_key_from_hex(*device_key);
  if (!receipt || !key) return std::nullopt;
  return enrolment::Forgotten{.token = {}, .receipt = std::move(*receipt), .device_key = *key};
}

json::Value to_value(const std::vector<recovery::Span>& spans) {
  auto array = json::Value::array();
  for (const auto& span : spans) array.push_back(json::Value::array({span.first, span.last}));
  return array;
}

json::Value to_value(const recovery::Known& known) {
  return {{"generation", known.generation},
          {"recovering", known.is_recovering},
          {"settled", known.settled},
          {"settled_also", to_value(known.settled_also)},
          {"highest", known.highest},
          {"wanted_from", known.wanted_from ? json::Value(*known.wanted_from) : json::Value()}};
}

}  // namespace

namespace route {

Reply meet_kiosk(Endpoints& endpoints, const Call& call) {
  const auto told = told_in(call.body);
  if (!told) return to_reply({400, "malformed", "send {\"last_receipt\": a receipt or null}", {}, {}});
  const auto& services = endpoints.services;
  const auto known = recovery::meet(services.store, call.kiosk.id, *told,
                                    {.receipt_key = services.receipt_key,
                                     .now = services.clock.now(),
                                     .random = services.random,
                                     .begun = services.generation_begun,
                                     .settled_after = services.settled_after});
  return known ? json_reply(200, json::write(to_value(*known))) : store_reply(known.error());
}

Reply ask_to_be_known(Endpoints& endpoints, const Call& call) {
  auto machine = forgotten_in(call.body);
  const auto token = bearer_token(*call.request);
  if (!machine || token.empty())
    return to_reply({400, "malformed", "send {\"receipt\", \"device_key\"} and a token", {}, {}});
  machine->token = token;
  const auto& services = endpoints.services;
  const auto waits = enrolment::ask_to_be_known(services.store, *machine, services.receipt_key, services.clock.now());
  if (!waits) return store_reply(waits.error());
  if (!*waits)
    return to_reply({403, "unknown-kiosk", "the receipt is not this service's, or its kiosk is revoked", {}, {}});
  base::log(base::LogLevel::error, "kiosk.asks_to_be_known",
            {{"kiosk", machine->receipt.kiosk}, {"do", "bangwu-central kiosks readmit " + machine->receipt.kiosk}});
  return json_reply(202, json::write({{"status", "waiting"}}));
}

}  // namespace route

}  // namespace bangwu::http
