#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "domain/working_days.h"
#include "enrolment/gate.h"
#include "envelope/keys.h"
#include "evidence/evidence.h"
#include "http/lookup_limits.h"
#include "http/message.h"
#include "ingest/ingest.h"
#include "store/store.h"
#include "uploads/uploads.h"

namespace bangwu::http {

struct Endpoints;

/// What the service answers with. References are borrowed and outlive the Api.
struct Services {
  store::Store& store;
  const ingest::Ingest& ingest;
  uploads::Uploads& uploads;
  enrolment::Gate& gate;
  const base::Clock& clock;
  base::Random& random;
  evidence::Keys keys;                 ///< a case is shown as it was signed, and opened for its proof
  const domain::Calendar& calendar;    ///< what an applicant's due date is counted by
  envelope::SealingKey sealing_key{};  ///< told to a kiosk that enrols
  envelope::VerifyKey receipt_key{};
  LookupLimits lookup{};
  std::vector<Address> proxies{};  ///< whose X-Forwarded-For is believed
  std::string version;
  std::optional<std::chrono::days> settled_after{};  ///< see recovery::Meeting
  /// Told when the service finds that it is an older copy of itself; see recovery::meet.
  std::function<void(const std::string& generation)> generation_begun = [](const std::string&) {};
};

/// The version 1 of what kiosks and applicants may ask: enrolments, uploads (tus 1.0.0), envelopes, cases, health.
/// Knows no HTTP library; a server hands it requests. Thread-safe.
class Api {
 public:
  /// `worker_threads` wait for the disk, so that the connections' threads need not.
  Api(const Services& services, unsigned worker_threads);
  ~Api();
  /// `respond` is kept until the answer is known, unless the Outcome is a Reply. Waits for nothing.
  [[nodiscard]] Outcome handle(const std::shared_ptr<const Request>& request, Responder respond);
  /// For the end: what is being uploaded is kept as far as it came, what is under way is answered, what comes later is
  /// not. Returns when no worker runs any more.
  void finish();

 private:
  std::unique_ptr<Endpoints> endpoints_;
};

}  // namespace bangwu::http
