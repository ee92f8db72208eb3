#include "base/log.h"
#include "http/endpoints.h"
#include "http/routes.h"
#include "json/text.h"

namespace bangwu::http {
namespace {

using ingest::Verdict;

int status_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::stored: return 201;
    case Verdict::repeated: return 200;
    case Verdict::malformed: return 400;
    case Verdict::identity_mismatch:
    case Verdict::bad_signature:
    case Verdict::unknown_kiosk:
    case Verdict::kiosk_revoked: return 403;
    case Verdict::different_content:
    case Verdict::duplicate_identity:
    case Verdict::dependency_missing:
    case Verdict::attachments_missing: return 409;
    case Verdict::cannot_open: return 422;
    case Verdict::unsupported_kind: return 501;
    case Verdict::disk_full: return 507;
    case Verdict::clock_wrong:
    case Verdict::busy:
    case Verdict::store_failed: return 503;
  }
  return 503;
}

Reply to_reply_of(const ingest::Answer& answer, const std::string& kiosk) {
  const int status = status_of(answer.verdict);
  if (answer.verdict == Verdict::stored || answer.verdict == Verdict::repeated)
    return json_reply(status, answer.receipt);
  if (answer.verdict == Verdict::store_failed) return store_reply({base::ErrorCode::io_failed, answer.detail});
  // Two machines under one identity: a copied disk, or one brought back from an old copy. A person has to look.
  const bool is_twin = answer.verdict == Verdict::duplicate_identity;
  base::log(is_twin ? base::LogLevel::error : base::LogLevel::warning, "http.envelope_refused",
            {{"kiosk", kiosk}, {"why", ingest::name_of(answer.verdict)}});
  return to_reply({status, ingest::name_of(answer.verdict), answer.detail, answer.missing, {}});
}

/// An envelope alone, or with the receipt it had: {"envelope": …, "receipt": …}, by its media type.
struct HandedIn {
  std::string envelope, receipt;
};
HandedIn handed_in(const Call& call) {
  if (call.request->header("content-type") != kEnvelopeWithReceipt) return {call.body, {}};
  const auto document = json::parse(call.body).value_or(json::Value());
  const json::Value *envelope = document.find("envelope"), *receipt = document.find("receipt");
  if (envelope == nullptr || receipt == nullptr) return {};
  return {json::write(*envelope), json::write(*receipt)};
}

}  // namespace

namespace route {

Reply put_envelope(Endpoints& endpoints, const Call& call) {
  const auto uuid = base::parse_uuid(call.parameter);
  if (!uuid) return to_reply({400, "malformed", "the address must end with the envelope's id, a UUID", {}, {}});
  const HandedIn handed = handed_in(call);
  return to_reply_of(endpoints.services.ingest.receive(handed.envelope, uuid, call.kiosk, handed.receipt),
                     call.kiosk.id);
}

Reply find_receipt(Endpoints& endpoints, const Call& call) {
  const Reply unknown = to_reply({404, "not-found", "this envelope has not arrived", {}, {}});
  const auto uuid = base::parse_uuid(call.parameter);
  if (!uuid) return unknown;
  const auto receipt = endpoints.services.ingest.find_receipt(*uuid, call.kiosk);
  if (!receipt) return store_reply(receipt.error());
  return *receipt ? json_reply(200, **receipt) : unknown;
}

}  // namespace route

}  // namespace bangwu::http
