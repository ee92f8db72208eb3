#include <algorithm>
#include <utility>

#include "envelope/enrolment.h"
#include "http_client/client.h"
#include "identity/identity.h"
#include "identity/identity_files.h"

namespace bangwu::identity {
namespace {

using base::ErrorCode;
using http_client::Answer;
using http_client::Client;
using http_client::NotSent;
using http_client::Origin;
using http_client::Outcome;
using http_client::OutcomeUnknown;

tl::unexpected<base::Error> foreign(const std::string& url) {
  return base::fail(ErrorCode::unavailable,
                    "what answers at " + url + " is not our central service: check the address and what is in between");
}

base::Result<Answer> ask(Client& client, const EnrolOptions& options, const std::string& body,
                         const std::stop_token& stop) {
  const Outcome outcome =
      client.send({http_client::Method::post, "/v1/enrolments", {{"Content-Type", "application/json"}}, body}, stop);
  if (const auto* not_sent = std::get_if<NotSent>(&outcome)) {
    return base::fail(not_sent->error.code, options.url + " cannot be reached (" + not_sent->error.detail +
                                                "): check the address, the network and the CA file");
  }
  if (const auto* unknown = std::get_if<OutcomeUnknown>(&outcome)) {
    const auto code = unknown->error.code == ErrorCode::cancelled ? ErrorCode::cancelled : ErrorCode::timed_out;
    return base::fail(code, options.url + " did not answer (" + unknown->error.detail +
                                "): try again with the same code; if it is refused, ask for a new one");
  }
  return std::get<Answer>(outcome);
}

base::Result<void> check(const Answer& answer, const EnrolOptions& options) {
  if (answer.status == 201) return {};
  const std::string problem = answer.problem();
  if (problem == "enrolment-refused") {
    return base::fail(ErrorCode::unauthorised,
                      "the code is wrong, used or expired: get a new one (bangwu-central enrol)");
  }
  if (problem == "kiosk-revoked") {
    return base::fail(ErrorCode::unauthorised,
                      "this kiosk was revoked: if it is to work again, get a code made for it (bangwu-central enrol "
                      "--kiosk, with the id that bangwu-kiosk check prints)");
  }
  if (answer.status == 429 || answer.status >= 500) {
    return base::fail(ErrorCode::unavailable, options.url + " answers " + std::to_string(answer.status) +
                                                  ": try again later with the same code");
  }
  if (!problem.empty()) {
    return base::fail(ErrorCode::invalid_input, options.url + " refuses the enrolment (" + problem + ")");
  }
  return foreign(options.url);
}

/// Who this machine was until now, if it was anybody's: that central service is asked to let it stay so.
envelope::EnrolmentRequest request_for(const EnrolOptions& options, const envelope::SigningKey& device,
                                       const base::Result<Earlier>& before) {
  envelope::EnrolmentRequest request;
  request.code = options.code;
  request.name = options.name;
  const bool stays = before && options.as == EnrolAs::itself;
  if (stays) request.earlier.emplace().kiosk = before->kiosk;
  envelope::sign(request, device, stays ? &before->device : nullptr);
  return request;
}

base::Result<KioskIdentity> read_identity(const Answer& answer, const EnrolOptions& options, DeviceKeyFile& device) {
  const auto enrolled = envelope::enrolment_answer_from_json(answer.body);
  if (!enrolled) return foreign(options.url);
  return KioskIdentity{.kiosk = enrolled->kiosk,
                       .name = enrolled->name.empty() ? options.name : enrolled->name,
                       .central_url = options.url,
                       .ca_file = {},
                       .token = enrolled->token,
                       .sealing_key = enrolled->sealing_key,
                       .receipt_key = enrolled->receipt_key,
                       .device = std::move(device.key)};
}

/// What the queue holds is sealed under its id: under another nobody could open it.
base::Result<void> check_id(const KioskIdentity& given, const EnrolOptions& options) {
  const auto& held = options.held_for;
  if (held.empty() || std::find(held.begin(), held.end(), given.kiosk) != held.end()) return {};
  return base::fail(ErrorCode::conflict,
                    "this code makes the machine " + given.kiosk + ", but what its queue holds is sealed under " +
                        held.front() +
                        " and opens under no other id: nothing was changed. Get a code made for it "
                        "(bangwu-central enrol --kiosk " +
                        held.front() + ") and enrol with that");
}

/// Whether the central service may have enrolled the key all the same: then it is kept for the repeat.
bool may_be_enrolled(const base::Result<Answer>& answer) {
  if (!answer) return answer.error().code == ErrorCode::timed_out || answer.error().code == ErrorCode::cancelled;
  return answer->status == 201 || answer->status >= 500;
}

base::Result<KioskIdentity> enrol_with(Client& client, const EnrolOptions& options, DeviceKeyFile& device,
                                       const std::stop_token& stop) {
  const auto before = load_earlier(options.data);
  const auto answer = ask(client, options, to_json(request_for(options, device.key, before)), stop);
  if (!may_be_enrolled(answer)) forget_refused(options.data, device);
  if (!answer) return tl::unexpected(answer.error());
  if (auto accepted = check(*answer, options); !accepted) return tl::unexpected(accepted.error());
  auto identity = read_identity(*answer, options, device);
  if (!identity) return identity;
  if (auto stays = check_id(*identity, options); !stays) {
    forget_key(options.data, device);  // it is another machine's now, and must not be taken for a proof
    return tl::unexpected(stays.error());
  }
  if (auto stored = store_identity(options.data, *identity, device.name, options.ca); !stored) {
    return tl::unexpected(stored.error());
  }
  return load_identity(options.data);
}

}  // namespace

base::Result<KioskIdentity> enrol(const EnrolOptions& options, const std::stop_token& stop) {
  if (options.code.empty()) return base::fail(ErrorCode::invalid_input, "an enrolment needs a code");
  auto origin = Origin::parse(options.url, options.plain);
  if (!origin) return tl::unexpected(origin.error());
  http_client::Settings settings;
  settings.ca_file = options.ca;
  auto client = Client::open(std::move(*origin), std::move(settings));
  if (!client) return tl::unexpected(client.error());
  auto device = device_key_for(options.data, options.url);
  if (!device) return tl::unexpected(device.error());
  return enrol_with(*client, options, *device, stop);
}

}  // namespace bangwu::identity
