#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <variant>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/keys.h"
#include "outbox/outbox.h"
#include "runtime/job_queue.h"
#include "runtime/mailbox.h"
#include "runtime/page_vault.h"
#include "session/effects.h"

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
/// Answered by Stored or StoreRefused of the same ticket, before the courier hears of it.
struct StoreJob {
  VisitNumber visit = kNoVisit;
  session::Store order;
};
using StorageJob = std::variant<BeginJob, ForgetJob, DropJob, StoreJob>;

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
    std::function<void()> on_accepted;  ///< on the storage thread, after the answer: the courier has something to do
  };
  explicit StorageWorker(Parts parts);
  ~StorageWorker();  ///< finishes what was ordered, then joins

  void order(StorageJob job) { jobs_.push(std::move(job)); }
  [[nodiscard]] bool idle() const { return jobs_.idle(); }
  /// For the watchdog; any thread.
  [[nodiscard]] SignOfLife sign_of_life() const { return jobs_.sign_of_life(); }

 private:
  void run(const std::stop_token& stop);
  void look_for_room();
  [[nodiscard]] base::Result<bool> try_room();
  void forget_old_lines();
  void carry_out(const BeginJob& job);
  void carry_out(const ForgetJob& job);
  void carry_out(const DropJob& job);
  void carry_out(const StoreJob& job);
  [[nodiscard]] base::Result<session::Stored> store(const StoreJob& job);
  [[nodiscard]] base::Result<void> seal(const StoreJob& job);
  [[nodiscard]] base::Result<std::vector<envelope::Attachment>> attachments_of(const StoreJob& job) const;
  void say(session::MachineFault fault, bool is_there);

  /// What a ticket became: frozen, so that a second try is the same envelope to the last byte. Once it is stored only
  /// the answer is left of it.
  struct Sealed {
    VisitNumber visit = kNoVisit;
    session::Store order;
    outbox::Draft draft;
    std::optional<session::Stored> stored{};
  };
  [[nodiscard]] bool is_known(const StoreJob& job) const;

  Parts parts_;
  bool was_full_ = false;
  std::map<session::MachineFault, bool> said_;  ///< what the mailbox was told last
  std::optional<Sealed> sealed_;                ///< of the last ticket, until its visit is forgotten
  /// Pages of envelopes of which nobody could find out whether they are in the queue. They stay when their visit ends:
  /// the next start reads the queue anew, and sweeps what it does not hold.
  std::set<std::string> perhaps_queued_;
  std::optional<base::SteadyTime> next_forgetting_;
  JobQueue<StorageJob> jobs_;
  std::jthread thread_;
};

}  // namespace bangwu::runtime
