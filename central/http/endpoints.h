#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/api.h"
#include "http/attempt_limiter.h"
#include "http/body_sinks.h"

namespace bangwu::http {

/// The kiosk whose bearer token the request carries, or the answer to give it instead.
[[nodiscard]] tl::expected<enrolment::Kiosk, Reply> admit(const Services& services, const Request& request);
/// 503 or 507 with what the error says.
[[nodiscard]] Reply store_reply(const base::Error& error);
/// 405 with what is allowed.
[[nodiscard]] Reply method_not_allowed(std::string_view allowed);

/// POST /v1/enrolments
class EnrolmentEndpoint {
 public:
  EnrolmentEndpoint(const Services& services, BodyBytes& held);
  [[nodiscard]] Outcome handle(const Request& request, Responder respond);

 private:
  Reply enrol(std::string_view body);
  const Services& services_;
  BodyBytes& held_;
  AttemptLimiter attempts_;
};

/// PUT and GET /v1/envelopes/{id}
class EnvelopeEndpoint {
 public:
  EnvelopeEndpoint(const Services& services, BodyBytes& held) : services_(services), held_(held) {}
  [[nodiscard]] Outcome handle(const Request& request, std::string_view id, Responder respond);

 private:
  const Services& services_;
  BodyBytes& held_;
};

/// GET /v1/cases/{number}: for whoever knows the number and the last six characters of the applicant's ID number (the
/// organisation's, or its agent's). What is wrong, number or proof, is not told.
class CaseEndpoint {
 public:
  CaseEndpoint(const Services& services, BodyBytes& held);
  [[nodiscard]] Outcome handle(const Request& request, std::string_view number, Responder respond);

 private:
  Reply look_up(const std::string& number, const std::string& proof);
  const Services& services_;
  BodyBytes& held_;
  AttemptLimiter attempts_;
};

/// An upload whose bytes are coming in; shared by the connection's sink, the worker that ends it and the shutdown.
struct Receiving {
  std::mutex mutex;
  std::unique_ptr<uploads::Writer> writer;  ///< guarded by mutex; gone when the piece has ended
};

/// /v1/uploads: tus 1.0.0 with creation, creation-with-upload, checksum, expiration, termination.
class TusEndpoint {
 public:
  TusEndpoint(const Services& services, BodyBytes& held) : services_(services), held_(held) {}
  [[nodiscard]] Outcome handle(const Request& request, std::string_view id, Responder respond);
  void interrupt_all();

 private:
  Outcome create(const Request& request, const enrolment::Kiosk& kiosk, Responder respond);
  Outcome append(const Request& request, const enrolment::Kiosk& kiosk, std::string_view id, Responder respond);
  Outcome receive(uploads::Writer writer, int status, Responder respond);
  Outcome status_of(const Request& request, const enrolment::Kiosk& kiosk, std::string id, Responder respond);
  Outcome remove(const Request& request, const enrolment::Kiosk& kiosk, std::string id, Responder respond);

  const Services& services_;
  BodyBytes& held_;
  std::mutex mutex_;
  std::list<std::weak_ptr<Receiving>> receiving_;  ///< guarded by mutex_
};

}  // namespace bangwu::http
