#include "base/log.h"
#include "http/endpoints.h"

namespace bangwu::http {
namespace {

using ingest::Verdict;

/// A body of 4 MiB in base64, 512 attachments and the rest.
constexpr std::size_t kLargestEnvelope = 8U << 20;

int status_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::stored: return 201;
    case Verdict::repeated: return 200;
    case Verdict::malformed: return 400;
    case Verdict::identity_mismatch:
    case Verdict::bad_signature: return 403;
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
  base::log(base::LogLevel::warning, "envelope_refused", {{"kiosk", kiosk}, {"why", ingest::name_of(answer.verdict)}});
  return to_reply({status, ingest::name_of(answer.verdict), answer.detail, answer.missing, {}});
}

}  // namespace

Outcome EnvelopeEndpoint::handle(const Request& request, std::string_view id, Responder respond) {
  if (request.method != Method::put && request.method != Method::get) return method_not_allowed("GET, PUT");
  auto kiosk = admit(services_, request);
  if (!kiosk) return std::move(kiosk.error());
  const auto uuid = base::parse_uuid(id);
  if (request.method == Method::put) {
    if (!uuid) return to_reply({400, "malformed", "the address must end with the envelope's id, a UUID", {}, {}});
    return collect(request, std::move(respond),
                   {services_.workers, held_, kLargestEnvelope, [this, uuid, sender = *kiosk](const std::string& body) {
                      return to_reply_of(services_.ingest.receive(body, uuid, sender), sender.id);
                    }});
  }
  return collect(request, std::move(respond),
                 {services_.workers, held_, kLargestEnvelope, [this, uuid, sender = *kiosk](const std::string&) {
                    const Reply unknown = to_reply({404, "not-found", "this envelope has not arrived", {}, {}});
                    if (!uuid) return unknown;
                    const auto receipt = services_.ingest.find_receipt(*uuid, sender);
                    if (!receipt) return store_reply(receipt.error());
                    return *receipt ? json_reply(200, **receipt) : unknown;
                  }});
}

}  // namespace bangwu::http
