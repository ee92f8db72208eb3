#pragma once
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "enrolment/enrolment.h"
#include "envelope/keys.h"
#include "evidence/evidence.h"
#include "http/message.h"
#include "http/workers.h"
#include "ingest/ingest.h"
#include "store/store.h"
#include "uploads/uploads.h"

namespace bangwu::http {

/// What the service answers with. References are borrowed and outlive the Api.
struct Services {
  store::Store& store;
  const ingest::Ingest& ingest;
  uploads::Uploads& uploads;
  enrolment::Gate& gate;
  const base::Clock& clock;
  base::Random& random;
  Workers& workers;
  evidence::Keys keys;                 ///< a case is shown as it was signed, and opened for its proof
  envelope::SealingKey sealing_key{};  ///< told to a kiosk that enrols
  envelope::VerifyKey receipt_key{};
  unsigned wrong_proofs_an_hour = 5;
  std::string version;
};

/// The version 1 of what kiosks and applicants may ask: enrolments, uploads (tus 1.0.0), envelopes, cases, health.
/// Knows no HTTP library; a server hands it requests. Thread-safe.
class Api {
 public:
  explicit Api(const Services& services);
  ~Api();
  /// `respond` is kept until the answer is known, unless the Outcome is a Reply.
  [[nodiscard]] Outcome handle(const Request& request, Responder respond);
  /// For the end: what is being uploaded is kept as far as it came; what comes later is not written.
  void interrupt_uploads();

 private:
  struct Endpoints;
  std::unique_ptr<Endpoints> endpoints_;
};

}  // namespace bangwu::http
