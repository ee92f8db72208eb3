#include "envelope/enrolment.h"

#include "json/members.h"

namespace bangwu::envelope {
namespace {

using json::Fault;
using json::Members;
using json::Presence;
using json::Value;

constexpr std::size_t kLargest = 16U << 10;

/// What is signed: nothing of it can be taken for another message of this house, and no part for another part.
std::string statement_of(const EnrolmentRequest& request) {
  return "bangwu enrolment\n" + std::to_string(request.code.size()) + " " + request.code + "\n" +
         key_to_hex(request.device_key) + "\n" + (request.earlier ? request.earlier->kiosk : "") + "\n" +
         (request.earlier ? key_to_hex(request.earlier->device_key) : "");
}

VerifyKey read_key(Members& members, const char* key) {
  const auto read = verify_key_from_hex(members.text(key, {64, 64}));
  if (!read) members.fault().note(members.at(key), read.error().detail);
  return read.value_or(VerifyKey{});
}

}  // namespace

void sign(EnrolmentRequest& request, const SigningKey& device, const SigningKey* earlier) {
  request.device_key = device.public_key();
  if (request.earlier && earlier != nullptr) {
    request.earlier->device_key = earlier->public_key();
    request.earlier->signature = earlier->sign(statement_of(request));
  }
  request.signature = device.sign(statement_of(request));
}

bool is_signed_by_device(const EnrolmentRequest& request) {
  return verify(statement_of(request), request.signature, request.device_key);
}

bool is_signed_by_earlier(const EnrolmentRequest& request) {
  return request.earlier && verify(statement_of(request), request.earlier->signature, request.earlier->device_key);
}

std::string to_json(const EnrolmentRequest& request) {
  Value value{{"code", request.code}, {"device_key", key_to_hex(request.device_key)}, {"name", request.name}};
  if (!request.signature.empty()) value["signature"] = to_base64(request.signature);
  if (request.earlier) {
    value["kiosk"] = request.earlier->kiosk;
    value["earlier_key"] = key_to_hex(request.earlier->device_key);
    value["earlier_signature"] = to_base64(request.earlier->signature);
  }
  return json::write(value);
}

base::Result<EnrolmentRequest> enrolment_request_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "the enrolment", {.bytes = kLargest});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "enrolment", fault);
  EnrolmentRequest request;
  request.code = members.text("code", {1, 64});
  request.name = members.text("name", {0, 400}, Presence::optional);
  request.device_key = read_key(members, "device_key");
  if (members.has("signature")) request.signature = members.bytes("signature", {64, 64});
  if (members.has("kiosk")) {
    auto& earlier = request.earlier.emplace(EnrolmentRequest::Earlier{});
    earlier.kiosk = members.text("kiosk", {1, 64});
    earlier.device_key = read_key(members, "earlier_key");
    earlier.signature = members.bytes("earlier_signature", {64, 64});
  }
  members.finish();
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return request;
}

std::string to_json(const EnrolmentAnswer& answer) {
  return json::write({{"kiosk", answer.kiosk},
                      {"name", answer.name},
                      {"token", answer.token},
                      {"sealing_key", key_to_hex(answer.sealing_key)},
                      {"receipt_key", key_to_hex(answer.receipt_key)}});
}

base::Result<EnrolmentAnswer> enrolment_answer_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "the answer", {.bytes = kLargest});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "answer", fault);
  EnrolmentAnswer answer;
  answer.kiosk = members.text("kiosk", {1, 64});
  answer.name = members.text("name", {0, 400}, Presence::optional);
  answer.token = members.text("token", {1, 200});
  const auto sealing = sealing_key_from_hex(members.text("sealing_key", {64, 64}));
  if (!sealing) fault.note("sealing_key", sealing.error().detail);
  answer.receipt_key = read_key(members, "receipt_key");
  if (fault.is_noted()) return tl::unexpected(fault.error());
  answer.sealing_key = *sealing;
  return answer;
}

}  // namespace bangwu::envelope
