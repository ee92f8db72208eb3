#include "base/log.h"
#include "envelope/enrolment.h"
#include "http/endpoints.h"

namespace bangwu::http {
namespace {


}  // namespace

Reply EnrolmentEndpoint::enrol(std::string_view body) {
  const auto request = envelope::enrolment_request_from_json(body);
  if (!request) return to_reply({400, "malformed", request.error().detail, {}, {}});
  const auto enrolled =
      enrolment::enrol(services_.store, services_.random, services_.clock.now(), request->code, request->device_key);
  if (!enrolled && enrolled.error().code == base::ErrorCode::unauthorised) {
    return to_reply({403,
                     "enrolment-refused",
                     "the code is unknown, used or expired: make a new one with bangwu-central enrol",
                     {},
                     {}});
  }
  if (!enrolled) return store_reply(enrolled.error());
  base::log(base::LogLevel::info, "kiosk_enrolled", {{"kiosk", enrolled->kiosk}});
  return json_reply(201, to_json(envelope::EnrolmentAnswer{.kiosk = enrolled->kiosk,
                                                           .name = enrolled->name,
                                                           .token = enrolled->token,
                                                           .sealing_key = services_.sealing_key,
                                                           .receipt_key = services_.receipt_key}));
}

}  // namespace bangwu::http
