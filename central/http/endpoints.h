#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "cases/case_file.h"
#include "http/api.h"
#include "http/body_memory.h"
#include "http/lookup_limits.h"
#include "http/rate_limiter.h"
#include "http/receiver.h"
#include "http/workers.h"

namespace bangwu::http {

/// A request as its route sees it, on a worker.
struct Call {
  std::shared_ptr<const Request> request;
  std::string parameter;   ///< what stands for the braces of the route's pattern
  std::string address;     ///< whose limits count: the client's, also behind a proxy
  enrolment::Kiosk kiosk;  ///< who asks, if the route is for kiosks
  std::string body;        ///< whole, if the route takes it so
};

/// What stands behind "Bearer "; empty if nothing does, or more than any token has.
[[nodiscard]] std::string bearer_token(const Request& request);
/// The kiosk whose bearer token the request carries, or the answer to give it instead. Waits for the database now and
/// then.
[[nodiscard]] tl::expected<enrolment::Kiosk, Reply> admit(const Services& services, const Request& request);
/// 503 or 507 with what the error says.
[[nodiscard]] Reply store_reply(const base::Error& error);

/// Requests of one kiosk at a time: one machine cannot take all workers. Thread-safe.
class KioskTurns {
 public:
  /// Held while the request is under way; null if the kiosk has as many as it may.
  [[nodiscard]] std::shared_ptr<void> take(const std::string& kiosk);

 private:
  struct Counts {
    std::mutex mutex;
    std::unordered_map<std::string, unsigned> of_kiosk;  ///< guarded by mutex
  };
  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

/// A code has forty random bits, and an address few tries a minute (routes.h): nobody's guessing shuts a technician
/// out.
class EnrolmentEndpoint {
 public:
  explicit EnrolmentEndpoint(const Services& services) : services_(services) {}
  Reply enrol(std::string_view body, RateLimiter& rates);

 private:
  const Services& services_;
};

/// For whoever knows a case's number and a proof that it is theirs: the receipt's secret, or the last six characters of
/// a person's ID number (the applicant's, or an organisation's agent's). What is wrong, number or proof, is not told.
class CaseEndpoint {
 public:
  explicit CaseEndpoint(const Services& services) : services_(services) {}
  Reply look_up(const Call& call);

 private:
  struct Asked {
    std::string key;  ///< what wrong proofs are counted for
    Proof proof = Proof::wrong;
    std::optional<cases::CaseFile> file;
    store::WrongProofCount wrong;
  };
  [[nodiscard]] Reply not_told() const;
  base::Result<Asked> look(store::Transaction& transaction, const std::string& number, const std::string& typed) const;
  const Services& services_;
};

/// An upload whose bytes are coming in; shared by the request and the shutdown.
struct Receiving {
  std::mutex mutex;
  std::unique_ptr<uploads::Writer> writer;  ///< guarded by mutex; gone when the piece has ended
};

/// tus 1.0.0 with creation, creation-with-upload, checksum, expiration, termination.
class TusEndpoint {
 public:
  explicit TusEndpoint(const Services& services) : services_(services) {}
  Opened create(const Call& call);
  Opened append(const Call& call);
  Reply status_of(const Call& call);
  Reply remove(const Call& call);
  Reply options() const;
  void interrupt_all();

 private:
  std::unique_ptr<Receiver> receive(uploads::Writer writer, int status);
  const Services& services_;
  std::mutex mutex_;
  std::list<std::weak_ptr<Receiving>> receiving_;  ///< guarded by mutex_
};

/// The answer of a request that asks for another version of tus, or for none.
[[nodiscard]] std::optional<Reply> wrong_tus_version(const Request& request);
void name_tus_version(Reply& reply);

/// Bytes of bodies that wait for a worker, of all requests; a quarter of one kiosk, or of one address that is none's.
inline constexpr std::size_t kMostBodies = 256U << 20;

/// What the routes work with. The workers are the last member: they end, and with them all that is under way, before
/// anything they use.
struct Endpoints {
  Endpoints(const Services& given, unsigned worker_threads);
  Services services;
  BodyMemory memory{kMostBodies, kMostBodies / 4};
  KioskTurns turns;
  RateLimiter rates;
  EnrolmentEndpoint enrolment;
  CaseEndpoint cases;
  TusEndpoint uploads;
  Workers workers;
};

}  // namespace bangwu::http
