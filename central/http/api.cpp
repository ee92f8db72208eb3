#include "http/api.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "http/endpoints.h"

namespace bangwu::http {
namespace {

constexpr std::size_t kLongestPath = 512;

/// The part of the path behind `prefix`, if that is one segment.
std::optional<std::string_view> segment_behind(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = path.substr(prefix.size());
  if (rest.empty() || rest.find('/') != std::string_view::npos) return std::nullopt;
  return rest;
}

}  // namespace

tl::expected<enrolment::Kiosk, Reply> admit(const Services& services, const Request& request) {
  static constexpr std::string_view kScheme = "Bearer ";
  const std::string header = request.header("authorization");
  const std::string_view token = header.starts_with(kScheme) ? std::string_view(header).substr(kScheme.size()) : "";
  const auto kiosk = services.gate.admit(token.size() > 200 ? "" : token);
  if (kiosk) {
    request.trace->kiosk = kiosk->id;
    return *kiosk;
  }
  if (kiosk.error().code != base::ErrorCode::unauthorised) return tl::unexpected(store_reply(kiosk.error()));
  Reply reply =
      to_reply({401, "unknown-kiosk", "the request carries no token of an enrolled kiosk: enrol the kiosk", {}, {}});
  reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return tl::unexpected(std::move(reply));
}

Reply store_reply(const base::Error& error) {
  if (error.code == base::ErrorCode::disk_full) {
    return to_reply(
        {507, "disk-full", "there is too little room on the central service's disk: come back later", {}, {}});
  }
  if (error.code == base::ErrorCode::busy)
    return to_reply({503, "busy", "the central service is busy: come back later", {}, {}});
  base::log(base::LogLevel::error, "store_failed", {{"code", base::name_of(error.code)}, {"why", error.detail}});
  return to_reply({503, "unavailable", "the central service's store does not answer: come back later", {}, {}});
}

Reply method_not_allowed(std::string_view allowed) {
  Reply reply = to_reply({405, "method-not-allowed", "allowed here: " + std::string(allowed), {}, {}});
  reply.headers.emplace_back("Allow", allowed);
  return reply;
}

struct Api::Endpoints {
  explicit Endpoints(const Services& given)
      : services(given),
        enrolment(services, held),
        envelopes(services, held),
        cases(services, held),
        uploads(services, held) {}
  /// Well only if the store answers.
  [[nodiscard]] Reply health() const {
    const auto read = services.store.read([](store::Transaction& transaction) -> base::Result<void> {
      const auto asked = transaction.envelopes().has("");
      if (!asked) return tl::unexpected(asked.error());
      return {};
    });
    if (!read) return store_reply(read.error());
    return json_reply(200, nlohmann::json{{"status", "ok"}, {"version", services.version}}.dump());
  }
  Services services;
  BodyBytes held = 0;
  EnrolmentEndpoint enrolment;
  EnvelopeEndpoint envelopes;
  CaseEndpoint cases;
  TusEndpoint uploads;
};

Api::Api(const Services& services) : endpoints_(std::make_unique<Endpoints>(services)) {}
Api::~Api() = default;

void Api::interrupt_uploads() { endpoints_->uploads.interrupt_all(); }

Outcome Api::handle(const Request& request, Responder respond) {
  const std::string_view path = request.path;
  if (path.size() > kLongestPath) return to_reply({404, "not-found", "there is no such address", {}, {}});
  if (path == "/v1/health") {
    request.trace->route = "/v1/health";
    if (request.method != Method::get && request.method != Method::head) return method_not_allowed("GET, HEAD");
    return collect(request, std::move(respond),
                   {endpoints_->services.workers, endpoints_->held, 0,
                    [this](const std::string&) { return endpoints_->health(); }});
  }
  if (path == "/v1/enrolments") {
    request.trace->route = "/v1/enrolments";
    return endpoints_->enrolment.handle(request, std::move(respond));
  }
  if (path == "/v1/uploads") {
    request.trace->route = "/v1/uploads";
    return endpoints_->uploads.handle(request, {}, std::move(respond));
  }
  if (const auto id = segment_behind(path, "/v1/uploads/")) {
    request.trace->route = "/v1/uploads/{id}";
    return endpoints_->uploads.handle(request, *id, std::move(respond));
  }
  if (const auto id = segment_behind(path, "/v1/envelopes/")) {
    request.trace->route = "/v1/envelopes/{id}";
    return endpoints_->envelopes.handle(request, *id, std::move(respond));
  }
  if (const auto number = segment_behind(path, "/v1/cases/")) {
    request.trace->route = "/v1/cases/{number}";
    return endpoints_->cases.handle(request, *number, std::move(respond));
  }
  return to_reply({404, "not-found", "there is no such address", {}, {}});
}

}  // namespace bangwu::http
