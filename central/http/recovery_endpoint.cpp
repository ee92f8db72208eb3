#include "http/endpoints.h"
#include "http/routes.h"
#include "json/text.h"
#include "recovery/recovery.h"

namespace bangwu::http {
namespace {

/// {"last_receipt": the receipt as it was given, or null}
std::optional<recovery::Told> told_in(std::string_view body) {
  const auto document = json::parse(body).value_or(json::Value());
  const json::Value* last = document.find("last_receipt");
  if (last == nullptr) return std::nullopt;
  if (last->is_null()) return recovery::Told{};
  auto receipt = envelope::receipt_from_json(json::write(*last));
  if (!receipt) return std::nullopt;
  return recovery::Told{std::move(*receipt)};
}

json::Value to_value(const recovery::Known& known) {
  return {{"generation", known.generation},
          {"recovering", known.is_recovering},
          {"settled", known.settled},
          {"highest", known.highest},
          {"wanted_from", known.wanted_from ? json::Value(*known.wanted_from) : json::Value()}};
}

}  // namespace

namespace route {

Reply meet_kiosk(Endpoints& endpoints, const Call& call) {
  const auto told = told_in(call.body);
  if (!told) return to_reply({400, "malformed", "send {\"last_receipt\": a receipt or null}", {}, {}});
  const auto& services = endpoints.services;
  const auto known = recovery::meet(services.store, call.kiosk.id, *told, services.receipt_key, services.clock.now(),
                                    services.random, services.generation_begun);
  return known ? json_reply(200, json::write(to_value(*known))) : store_reply(known.error());
}

}  // namespace route

}  // namespace bangwu::http
