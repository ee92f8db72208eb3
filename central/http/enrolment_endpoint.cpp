#include "base/log.h"
#include "enrolment/enrolment.h"
#include "envelope/enrolment.h"
#include "http/endpoints.h"

namespace bangwu::http {
namespace {

/// A code has sixty random bits: no rate of guessing this service can answer finds one. So a right code always counts,
/// and nobody can lock out the technician who has it; only those who guess are told to go away, and staff of them.
constexpr unsigned kMostWrongCodesAMinute = 60;

Reply refuse_code(RateLimiter& rates) {
  if (rates.allow("wrong enrolment codes", kMostWrongCodesAMinute)) {
    return to_reply({403,
                     "enrolment-refused",
                     "the code is unknown, used or expired: make a new one with bangwu-central enrol",
                     {},
                     {}});
  }
  base::log(base::LogLevel::warning, "enrolment.guessing",
            {{"wrong_codes_a_minute", std::to_string(kMostWrongCodesAMinute)}});
  return to_reply(
      {429, "too-many-requests", "too many wrong enrolment codes: come back later", {}, std::chrono::seconds(60)});
}

}  // namespace

Reply EnrolmentEndpoint::enrol(std::string_view body, RateLimiter& rates) {
  const auto request = envelope::enrolment_request_from_json(body);
  if (!request) return to_reply({400, "malformed", request.error().detail, {}, {}});
  const auto enrolled = enrolment::enrol(services_.store, services_.random, services_.clock.now(), *request);
  if (!enrolled && enrolled.error().code == base::ErrorCode::unauthorised) return refuse_code(rates);
  if (!enrolled && enrolled.error().code == base::ErrorCode::conflict) {
    return to_reply({403, "kiosk-revoked", "this kiosk was revoked: " + enrolled.error().detail, {}, {}});
  }
  if (!enrolled) return store_reply(enrolled.error());
  base::log(base::LogLevel::info, "http.kiosk_enrolled",
            {{"kiosk", enrolled->kiosk}, {"how", enrolment::name_of(enrolled->how)}});
  return json_reply(201, to_json(envelope::EnrolmentAnswer{.kiosk = enrolled->kiosk,
                                                           .name = enrolled->name,
                                                           .token = enrolled->token,
                                                           .sealing_key = services_.sealing_key,
                                                           .receipt_key = services_.receipt_key}));
}

}  // namespace bangwu::http
