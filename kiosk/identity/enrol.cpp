#include <nlohmann/json.hpp>
#include <utility>

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
using nlohmann::json;

tl::unexpected<base::Error> foreign(const std::string& url) {
  return base::fail(ErrorCode::unavailable,
                    "what answers at " + url + " is not our central service: check the address and what is in between");
}

base::Result<Answer> ask(Client& client, const EnrolOptions& options, const envelope::VerifyKey& device,
                         const std::stop_token& stop) {
  const json body{{"code", options.code}, {"device_key", envelope::key_to_hex(device)}, {"name", options.name}};
  const Outcome outcome = client.send(
      {http_client::Method::post, "/v1/enrolments", {{"Content-Type", "application/json"}}, body.dump()}, stop);
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
  if (answer.status == 429 || answer.status >= 500) {
    return base::fail(ErrorCode::unavailable, options.url + " answers " + std::to_string(answer.status) +
                                                  ": try again later with the same code");
  }
  if (!problem.empty()) {
    return base::fail(ErrorCode::invalid_input, options.url + " refuses the enrolment (" + problem + ")");
  }
  return foreign(options.url);
}

base::Result<KioskIdentity> read_identity(const Answer& answer, const EnrolOptions& options, DeviceKeyFile& device) {
  const json object = json::parse(answer.body, nullptr, false);
  const auto text = [&object](const char* name) {
    const bool is_there = object.is_object() && object.contains(name) && object[name].is_string();
    return is_there ? object[name].get<std::string>() : std::string{};
  };
  const auto sealing = envelope::key_from_hex(text("sealing_key"));
  const auto receipt = envelope::key_from_hex(text("receipt_key"));
  if (text("kiosk").empty() || text("token").empty() || !sealing || !receipt) return foreign(options.url);
  return KioskIdentity{text("kiosk"), options.name, options.url, {},
                       text("token"), *sealing,     *receipt,    std::move(device.key)};
}

}  // namespace

base::Result<KioskIdentity> enrol(const EnrolOptions& options, const std::stop_token& stop) {
  if (options.code.empty() || options.name.empty()) {
    return base::fail(ErrorCode::invalid_input, "an enrolment needs a code and a name for this machine");
  }
  auto origin = Origin::parse(options.url, options.plain);
  if (!origin) return tl::unexpected(origin.error());
  http_client::Settings settings;
  settings.ca_file = options.ca;
  auto client = Client::open(std::move(*origin), std::move(settings));
  if (!client) return tl::unexpected(client.error());
  auto device = device_key_for(options.data, options.url);
  if (!device) return tl::unexpected(device.error());
  const auto answer = ask(*client, options, device->key.public_key(), stop);
  if (!answer) return tl::unexpected(answer.error());
  if (auto accepted = check(*answer, options); !accepted) return tl::unexpected(accepted.error());
  auto identity = read_identity(*answer, options, *device);
  if (!identity) return identity;
  if (auto stored = store_identity(options.data, *identity, device->name, options.ca); !stored) {
    return tl::unexpected(stored.error());
  }
  return load_identity(options.data);
}

}  // namespace bangwu::identity
