#include "http/api.h"

#include <algorithm>

#include "base/log.h"
#include "domain/characters.h"
#include "http/endpoints.h"
#include "http/intake.h"
#include "http/routes.h"
#include "json/text.h"
#include "recovery/recovery.h"

namespace bangwu::http {
namespace {

constexpr std::size_t kLongestPath = 512;
constexpr unsigned kMostOfAKiosk = 64;

std::uint64_t secret_of(base::Random& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::uint64_t secret = 0;
  for (const auto byte : bytes) secret = secret << 8U | byte;
  return secret;
}

/// What a database can be asked for, whichever it is: UTF-8 without control characters, a zero among them.
bool is_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return domain::is_utf8(text) && std::ranges::none_of(text, is_control);
}

/// tus lets clients that can only GET and POST name the method in a field.
Method method_of(const Request& request) {
  if (request.method != Method::post || !request.path.starts_with("/v1/uploads/")) return request.method;
  const std::string named = request.header("x-http-method-override");
  for (const Method method : {Method::patch, Method::head, Method::del, Method::post}) {
    if (named == name_of(method)) return method;
  }
  return named.empty() ? request.method : Method::other;
}

/// What is wrong with the head alone; nothing of it waits for anything.
std::optional<Reply> refusal(Endpoints& endpoints, const Route& route, const Request& request,
                             const std::string& address) {
  if (route.protocol == Protocol::tus && route.method != Method::options) {
    if (auto wrong = wrong_tus_version(request)) return wrong;
  }
  if (request.is_chunked) {
    Reply reply = to_reply({411, "length-required", "send the body with Content-Length", {}, {}});
    reply.connection = Connection::close;
    return reply;
  }
  const std::uint64_t largest =
      route.body == BodyKind::stream ? endpoints.services.uploads.limits().largest_bytes : route.largest_body;
  if (request.content_length.value_or(0) > largest) {
    Reply reply = to_reply({413, "too-large", "at most " + std::to_string(largest) + " bytes are taken here", {}, {}});
    reply.connection = Connection::close;
    return reply;
  }
  if (route.most_a_minute > 0 &&
      !endpoints.rates.allow(std::string(route.pattern) + " " + address, route.most_a_minute)) {
    return to_reply({429, "too-many-requests", "too many requests from this address: come back later", {}, {}});
  }
  if (endpoints.workers.is_crowded(turn_of_address(address)))
    return to_reply({503, "busy", "the central service has too much to do: come back later", {}, {}});
  return std::nullopt;
}

Reply unknown_reply(std::string_view problem, const char* detail) {
  Reply reply = to_reply({401, problem, detail, {}, {}});
  reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

Reply refusal_reply(const enrolment::NotAdmitted& refusal) {
  switch (refusal.why) {
    case enrolment::Refusal::unknown_token:
      return unknown_reply("unknown-kiosk", "the request carries no token of an enrolled kiosk: enrol the kiosk");
    case enrolment::Refusal::replaced_token:
      base::log(base::LogLevel::error, "gate.replaced_token", {{"detail", refusal.error.detail}});
      return unknown_reply("token-replaced",
                           "this kiosk enrolled again since: an older copy of its disk is at work; enrol it");
    case enrolment::Refusal::revoked:
      return to_reply({403, "kiosk-revoked", "this kiosk was revoked: " + refusal.error.detail, {}, {}});
    case enrolment::Refusal::store_failed: break;
  }
  return store_reply(refusal.error);
}

}  // namespace

std::string bearer_token(const Request& request) {
  static constexpr std::string_view kScheme = "Bearer ";
  const std::string header = request.header("authorization");
  if (!header.starts_with(kScheme) || header.size() > kScheme.size() + 200) return {};
  return header.substr(kScheme.size());
}

tl::expected<enrolment::Kiosk, Reply> admit(const Services& services, const Request& request) {
  const auto kiosk = services.gate.admit(bearer_token(request));
  if (kiosk) {
    request.trace->kiosk = kiosk->id;
    return *kiosk;
  }
  return tl::unexpected(refusal_reply(kiosk.error()));
}

Reply store_reply(const base::Error& error) {
  if (error.code == base::ErrorCode::disk_full) {
    return to_reply(
        {507, "disk-full", "there is too little room on the central service's disk: come back later", {}, {}});
  }
  if (error.code == base::ErrorCode::busy)
    return to_reply({503, "busy", "the central service is busy: come back later", {}, {}});
  base::log(base::LogLevel::error, "http.store_failed", {{"code", base::name_of(error.code)}, {"why", error.detail}});
  return to_reply({503, "unavailable", "the central service's store does not answer: come back later", {}, {}});
}

std::shared_ptr<void> KioskTurns::take(const std::string& kiosk) {
  const std::lock_guard lock(counts_->mutex);
  unsigned& count = counts_->of_kiosk[kiosk];
  if (count >= kMostOfAKiosk) return nullptr;
  ++count;
  const auto give_back = [counts = counts_, kiosk](void*) {
    const std::lock_guard again(counts->mutex);
    const auto found = counts->of_kiosk.find(kiosk);
    if (--found->second == 0) counts->of_kiosk.erase(found);
  };
  return {counts_.get(), give_back};
}

Endpoints::Endpoints(const Services& given, unsigned worker_threads)
    : services(given),
      rates(services.clock, secret_of(services.random)),
      enrolment(services),
      cases(services),
      uploads(services),
      workers(worker_threads) {}

Api::Api(const Services& services, unsigned worker_threads)
    : endpoints_(std::make_unique<Endpoints>(services, worker_threads)) {}
Api::~Api() = default;

void Api::finish() {
  endpoints_->uploads.interrupt_all();
  endpoints_->workers.finish();
}

Outcome Api::handle(const std::shared_ptr<const Request>& request, Responder respond) {
  const std::string_view path = request->path;
  if (!is_text(path)) return to_reply({400, "malformed", "the address is no text in UTF-8", {}, {}});
  const Found found = path.size() > kLongestPath ? Found{} : find_route(method_of(*request), path);
  if (found.any == nullptr) return to_reply({404, "not-found", "there is no such address", {}, {}});
  request->trace->route = found.any->pattern;
  const bool is_tus = found.any->protocol == Protocol::tus;
  std::optional<Reply> refused;
  std::string address = limited(client_behind(request->peer, request->forwarded, endpoints_->services.proxies));
  if (found.route == nullptr) {
    refused = to_reply({405, "method-not-allowed", "allowed here: " + found.allowed, {}, {}});
    refused->headers.emplace_back("Allow", found.allowed);
  } else {
    refused = refusal(*endpoints_, *found.route, *request, address);
  }
  if (refused) {
    if (is_tus) name_tus_version(*refused);
    return std::move(*refused);
  }
  if (is_tus) {
    respond = [respond = std::move(respond)](Reply reply) {
      name_tus_version(reply);
      respond(std::move(reply));
    };
  }
  auto intake = std::make_shared<Intake>(*endpoints_, *found.route,
                                         Call{.request = request,
                                              .parameter = std::string(found.parameter),
                                              .address = std::move(address),
                                              .kiosk = {},
                                              .body = {}},
                                         std::move(respond));
  intake->begin();
  return intake;
}

namespace route {

/// Well only if the store answers.
Reply health(Endpoints& endpoints, const Call&) {
  const auto recovering = recovery::is_recovering(endpoints.services.store);
  if (!recovering) return store_reply(recovering.error());
  const auto clock_fault = endpoints.services.ingest.clock_fault();
  if (!clock_fault) return store_reply(clock_fault.error());
  const char* status = *clock_fault ? "clock-wrong" : *recovering ? "recovering" : "ok";
  return json_reply(200, json::write({{"status", status}, {"version", endpoints.services.version}}));
}
Reply enrol(Endpoints& endpoints, const Call& call) { return endpoints.enrolment.enrol(call.body, endpoints.rates); }
Reply tus_options(Endpoints& endpoints, const Call&) { return endpoints.uploads.options(); }
Opened create_upload(Endpoints& endpoints, const Call& call) { return endpoints.uploads.create(call); }
Opened append_to_upload(Endpoints& endpoints, const Call& call) { return endpoints.uploads.append(call); }
Reply upload_status(Endpoints& endpoints, const Call& call) { return endpoints.uploads.status_of(call); }
Reply remove_upload(Endpoints& endpoints, const Call& call) { return endpoints.uploads.remove(call); }
Reply look_up_case(Endpoints& endpoints, const Call& call) { return endpoints.cases.look_up(call); }

}  // namespace route

}  // namespace bangwu::http
