#include "runtime/storage_worker.h"

#include <vector>

#include "base/log.h"
#include "envelope/bodies.h"
#include "envelope/envelope.h"
#include "envelope/provisional_number.h"
#include "runtime/wiping.h"

namespace bangwu::runtime {
namespace {

using base::ErrorCode;
using base::LogLevel;

session::StoreProblem problem_of(const base::Error& error) {
  if (error.code == ErrorCode::disk_full) return session::StoreProblem::disk_full;
  if (error.code == ErrorCode::unauthorised) return session::StoreProblem::not_enrolled;
  // A commit failed and could not be looked up, or another body under this envelope's id: an earlier try may lie in the
  // queue after all.
  if (error.code == ErrorCode::timed_out || error.code == ErrorCode::conflict) return session::StoreProblem::unknown;
  return session::StoreProblem::failed;
}

}  // namespace

StorageWorker::StorageWorker(Parts parts)
    : parts_(std::move(parts)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

StorageWorker::~StorageWorker() = default;

void StorageWorker::run(const std::stop_token& stop) {
  look_for_room();
  forget_old_lines();
  for (;;) {
    auto job = jobs_.take(stop, std::chrono::minutes{1});
    if (!job) {
      if (stop.stop_requested()) return;
      look_for_room();
      forget_old_lines();
      continue;
    }
    std::visit([&](const auto& order) { carry_out(order); }, *job);
    job.reset();
    wipe_unused_stack();
    jobs_.finished();
  }
}

void StorageWorker::say(session::MachineFault fault, bool is_there) {
  const auto said = said_.find(fault);
  if (said != said_.end() && said->second == is_there) return;
  said_[fault] = is_there;
  if (is_there) parts_.mailbox.post(kNoVisit, session::FaultFound{fault});
  else parts_.mailbox.post(kNoVisit, session::FaultGone{fault});
}

/// Free bytes alone say nothing of a disk that has turned read-only: something is written, and taken back.
base::Result<bool> StorageWorker::try_room() {
  auto room = parts_.outbox.has_room(parts_.keep_free_bytes);
  if (!room || !*room) return room;
  base::Bytes trial(64);
  parts_.random.fill(trial);
  const auto put = parts_.blobs.put(trial);
  if (!put) return tl::unexpected(put.error());
  if (auto removed = parts_.blobs.remove(put->sha256); !removed) return tl::unexpected(removed.error());
  return room;
}

void StorageWorker::look_for_room() {
  const auto room = try_room();
  const bool is_full = !room || !*room;
  if (!room) {
    base::log(LogLevel::error, "storage.room_unknown",
              {{"code", name_of(room.error().code)}, {"detail", room.error().detail}});
  } else if (is_full && !was_full_) {
    base::log(LogLevel::error, "storage.no_room", {{"what_to_do", "free disk space; new visits are refused"}});
  }
  was_full_ = is_full;
  say(session::MachineFault::no_room, is_full);
  if (const auto counts = parts_.outbox.counts()) say(session::MachineFault::dead_items, counts->dead > 0);
  say(session::MachineFault::not_enrolled, !parts_.sender.has_value());
}

/// Once a day, when nobody is served.
void StorageWorker::forget_old_lines() {
  const auto now = parts_.clock.steady();
  if (next_forgetting_ && now < *next_forgetting_) return;
  next_forgetting_ = now + std::chrono::hours{24};
  if (const auto forgotten = parts_.outbox.forget_old(parts_.clock.now()); !forgotten) {
    base::log(LogLevel::warning, "storage.ledger_not_shortened", {{"code", name_of(forgotten.error().code)}});
  }
}

void StorageWorker::carry_out(const BeginJob& job) { parts_.vault.begin(job.visit); }

void StorageWorker::carry_out(const ForgetJob& job) {
  if (sealed_ && sealed_->visit == job.visit) sealed_.reset();
  auto left = parts_.vault.forget(job.visit);
  std::erase_if(left, [this](const auto& sha256) { return perhaps_queued_.contains(sha256); });
  if (auto removed = parts_.blobs.remove_all(left); !removed) {
    // The key is gone, so the pages are unreadable already; the next start sweeps them.
    base::log(LogLevel::warning, "storage.blobs_left", {{"code", name_of(removed.error().code)}});
  }
  look_for_room();
}

void StorageWorker::carry_out(const DropJob& job) {
  const auto sha256 = parts_.vault.drop(job.visit, job.key);
  if (!sha256 || perhaps_queued_.contains(*sha256)) return;
  if (auto removed = parts_.blobs.remove(*sha256); !removed) {
    base::log(LogLevel::warning, "storage.blob_left", {{"code", name_of(removed.error().code)}});
  }
}

base::Result<std::vector<envelope::Attachment>> StorageWorker::attachments_of(const StoreJob& job) const {
  std::vector<envelope::Attachment> attachments;
  for (const auto& [role, key] : job.order.pages) {
    const auto page = parts_.vault.page_of(job.visit, key);
    if (!page) return base::fail(ErrorCode::not_found, "a page of this visit is not in its vault: nothing is stored");
    attachments.push_back({page->blob.sha256, page->blob.size, page->media_type, role});
  }
  return attachments;
}

/// Judged by the body's own reader first: what the central service cannot open is not accepted here.
base::Result<void> StorageWorker::seal(const StoreJob& job) {
  const auto json = envelope::to_json(job.order.body);
  const auto kind = envelope::kind_of(job.order.body);
  auto read = envelope::body_from_json(kind, json);
  if (!read) return tl::unexpected(read.error());
  auto attachments = attachments_of(job);
  if (!attachments) return tl::unexpected(attachments.error());
  const auto now = parts_.clock.now();
  outbox::Draft draft;
  // A ticket keeps its id, whatever became of its body between two tries.
  draft.id = is_known(job) ? sealed_->draft.id : base::make_uuid_v7(now, parts_.random);
  auto body = parts_.vault.seal_body(job.visit, json, parts_.sender->central, {parts_.sender->kiosk, draft.id});
  if (!body) return tl::unexpected(body.error());
  draft.kind = kind;
  draft.created_at = now;
  draft.depends_on = base::parse_uuid(job.order.depends_on);
  draft.sealed_key = std::move(body->sealed_key);
  draft.body = std::move(body->body);
  draft.attachments = std::move(*attachments);
  sealed_.emplace(Sealed{job.visit, job.order, std::move(draft)});
  return {};
}

bool StorageWorker::is_known(const StoreJob& job) const {
  return sealed_ && sealed_->visit == job.visit && sealed_->order.ticket == job.order.ticket;
}

base::Result<session::Stored> StorageWorker::store(const StoreJob& job) {
  if (!parts_.sender) return base::fail(ErrorCode::unauthorised, "this machine is not enrolled: bangwu-kiosk enrol");
  if (is_known(job) && sealed_->stored) return *sealed_->stored;
  if (!is_known(job) || sealed_->order != job.order) {
    if (auto sealed = seal(job); !sealed) return tl::unexpected(sealed.error());
  }
  const auto accepted = parts_.outbox.accept(sealed_->draft, parts_.clock.now());
  if (!accepted && accepted.error().code == ErrorCode::timed_out) {
    for (const auto& attachment : sealed_->draft.attachments) perhaps_queued_.insert(attachment.sha256);
  }
  if (!accepted) return tl::unexpected(accepted.error());
  session::Stored stored{job.order.ticket, to_string(accepted->id),
                         envelope::provisional_number(parts_.sender->kiosk, accepted->id)};
  session::Store done;
  done.ticket = job.order.ticket;
  sealed_.emplace(Sealed{job.visit, std::move(done), {}, stored});
  parts_.vault.hand_over(job.visit);
  return stored;
}

void StorageWorker::carry_out(const StoreJob& job) {
  const char* kind = envelope::name_of(envelope::kind_of(job.order.body));
  auto stored = store(job);
  if (!stored) {
    base::log(LogLevel::error, "storage.refused",
              {{"kind", kind}, {"code", name_of(stored.error().code)}, {"detail", stored.error().detail}});
    parts_.mailbox.post(job.visit, session::StoreRefused{job.order.ticket, problem_of(stored.error())});
    return;
  }
  base::log(LogLevel::info, "storage.stored", {{"kind", kind}, {"envelope", stored->envelope}});
  parts_.mailbox.post(job.visit, std::move(*stored));
  parts_.on_accepted();
}

}  // namespace bangwu::runtime
