#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/application.h"
#include "domain/rating.h"
#include "envelope/keys.h"
#include "outbox/outbox.h"
#include "runtime/job_queue.h"
#include "runtime/mailbox.h"
#include "runtime/page_vault.h"

namespace bangwu::runtime {

/// Who sends, and whom it is sealed to; from enrolment.
struct Sender {
  std::string kiosk;
  envelope::SealingKey central{};
};

/// Orders for the storage thread; each is for a visit.
struct BeginJob {
  VisitNumber visit = kNoVisit;
};
struct ForgetJob {
  VisitNumber visit = kNoVisit;
};
struct DropJob {
  VisitNumber visit = kNoVisit;
  session::PageKey key = 0;
};
struct SubmissionJob {
  VisitNumber visit = kNoVisit;
  domain::Application application;
};
struct RatingJob {
  VisitNumber visit = kNoVisit;
  domain::Rating rating;
  std::string depends_on;
};
using StorageJob = std::variant<BeginJob, ForgetJob, DropJob, SubmissionJob, RatingJob>;

/// Owns the outbox connection and begins, seals, stores and forgets visits, in the order they were asked for: a visit
/// is forgotten only after what it ordered before is on the disk. Answers go to the mailbox.
class StorageWorker {
 public:
  struct Parts {
    outbox::Outbox outbox;
    std::optional<Sender> sender;  ///< absent: not enrolled
    PageVault& vault;
    blobs::BlobStore blobs;
    std::uint64_t keep_free_bytes = 0;
    const base::Clock& clock;
    base::Random& random;
    Mailbox& mailbox;
    std::function<void()> on_accepted;  ///< on the storage thread: the courier has something to do
  };
  explicit StorageWorker(Parts parts);
  ~StorageWorker();  ///< finishes what was ordered, then joins

  void order(StorageJob job) { jobs_.push(std::move(job)); }
  [[nodiscard]] bool idle() const { return jobs_.idle(); }

 private:
  void run(const std::stop_token& stop);
  void look_for_room();
  void forget_old_lines();
  void carry_out(const BeginJob& job);
  void carry_out(const ForgetJob& job);
  void carry_out(const DropJob& job);
  void carry_out(const SubmissionJob& job);
  void carry_out(const RatingJob& job);
  [[nodiscard]] base::Result<base::Uuid> store(VisitNumber visit, envelope::Kind kind, const std::string& json,
                                               std::vector<envelope::Attachment> attachments,
                                               std::optional<base::Uuid> depends_on);

  Parts parts_;
  std::optional<session::MachineChanged> last_said_;
  std::optional<base::SteadyTime> next_forgetting_;
  JobQueue<StorageJob> jobs_;
  std::jthread thread_;
};

}  // namespace bangwu::runtime
