#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "http_client/client.h"
#include "identity/identity.h"
#include "outbox/outbox.h"

namespace bangwu::courier {

/// Where and how this kiosk delivers.
struct CourierSettings {
  envelope::VerifyKey device_key{};  ///< of the identity: told to a service that has forgotten this kiosk
  http_client::Settings http;        ///< ca_file and bearer are those of the identity
  http_client::PlainHttp plain = http_client::PlainHttp::refused;
  std::string uploads_path = "/v1/uploads";
  std::size_t uploads_at_once = 12;
  std::uint64_t one_request_limit = 1U << 20;  ///< blobs up to this size go in their creation request
  std::chrono::milliseconds lease = std::chrono::minutes{10};
  std::chrono::milliseconds meet_each = std::chrono::minutes{2};         ///< how often meet_central() is due
  std::chrono::milliseconds meet_again_each = std::chrono::seconds{10};  ///< the same while no answer comes
};
/// The settings that an identity asks for.
[[nodiscard]] CourierSettings settings_for(const identity::KioskIdentity& identity);

/// What one attempt came to. `state` is what the outbox holds now; `receipt` is there if it is Delivered.
struct Attempt {
  base::Uuid id;
  outbox::State state;
  std::optional<envelope::Receipt> receipt{};
  std::string detail{};  ///< the central service's words for people when it refused
};

/// What is wrong with this machine itself, as the central service's answers tell.
enum class Finding {
  revoked,        ///< staff ended its enrolment
  unknown,        ///< the service does not know it
  shared,         ///< another machine uses its identity
  gives_again,    ///< nothing with the machine: the service was restored, and is given what it lost
  disk_is_older,  ///< the service has more of this machine than its disk knows: it was put back from a copy
};
using Findings = std::set<Finding>;

struct Desk;

/// Delivers what the outbox holds, one envelope at a time: its attachments by tus 1.0, several at once over kept
/// connections, then the envelope, then the receipt goes to the outbox, which verifies it and forgets the rest.
///
/// Each sub-step is in the outbox before the next one: an upload's URL before its bytes (except for small blobs sent
/// with their creation), its end (small ones' once a second), the reason of a failure and when to try again. After a
/// failure that may hide a success the central service is asked before the envelope is sent again; a receipt that does
/// not prove delivery counts for nothing, whatever the status. So a crash at any instruction loses nothing, and what
/// arrives twice is answered with the same receipt.
///
/// One thread at a time, the outbox's. A stop from another thread ends an attempt at once, uncounted.
class Courier {
 public:
  /// `outbox`, `clock` and `random` are borrowed. Errors: `invalid_input` for the address, `not_found` for the CA file.
  [[nodiscard]] static base::Result<Courier> open(CourierSettings settings, const std::string& central_url,
                                                  outbox::Outbox& outbox, blobs::BlobStore blobs,
                                                  const base::Clock& clock, base::Random& random);
  Courier(Courier&&) noexcept;
  Courier& operator=(Courier&&) noexcept;
  ~Courier();

  /// Asked a few times a second during an attempt; false ends it so that another envelope can go first.
  using MayGoOn = http_client::Client::MayGoOn;

  /// Leases the next item that is due and attempts it; nothing if none is due. An error is one of the outbox: the
  /// attempt could not be written down and its lease will end.
  [[nodiscard]] base::Result<std::optional<Attempt>> deliver_one(const std::stop_token& stop,
                                                                 const MayGoOn& may_go_on = {});
  /// Compares with the service what each knows of the other, if it is time: at the first call, then now and then, and
  /// at once when the line is back after an exchange without an answer. What the service was given and has lost is
  /// ready again; what is safe there is kept no longer. An error is one of the outbox.
  [[nodiscard]] base::Result<void> meet_central(const std::stop_token& stop, const MayGoOn& may_go_on = {});
  /// Until the next comparison is due; 0: now. One that was interrupted by `may_go_on` is due at once.
  [[nodiscard]] std::chrono::milliseconds until_meeting() const;

  /// As of the last answer; what no answer has told since stands.
  [[nodiscard]] const Findings& findings() const;

 private:
  explicit Courier(std::unique_ptr<Desk> desk);
  std::unique_ptr<Desk> desk_;
};

}  // namespace bangwu::courier
