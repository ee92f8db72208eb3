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

void StorageWorker::look_for_room() {
  session::MachineChanged machine;
  machine.enrolled = parts_.sender.has_value();
  const auto room = parts_.outbox.has_room(parts_.keep_free_bytes);
  machine.has_room = room && *room;
  if (!room)
    base::log(LogLevel::error, "storage.room_unknown",
              {{"code", name_of(room.error().code)}, {"detail", room.error().detail}});
  if (last_said_ == machine) return;
  last_said_ = machine;
  if (!machine.has_room)
    base::log(LogLevel::error, "storage.no_room", {{"what_to_do", "free disk space; new visits are refused"}});
  parts_.mailbox.post(kNoVisit, machine);
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
  const auto left = parts_.vault.forget(job.visit);
  if (auto removed = parts_.blobs.remove_all(left); !removed) {
    // The key is gone, so the pages are unreadable already; the next start sweeps them.
    base::log(LogLevel::warning, "storage.blobs_left", {{"code", name_of(removed.error().code)}});
  }
  look_for_room();
}

void StorageWorker::carry_out(const DropJob& job) {
  const auto sha256 = parts_.vault.drop(job.visit, job.key);
  if (!sha256) return;
  if (auto removed = parts_.blobs.remove(*sha256); !removed) {
    base::log(LogLevel::warning, "storage.blob_left", {{"code", name_of(removed.error().code)}});
  }
}

base::Result<base::Uuid> StorageWorker::store(VisitNumber visit, envelope::Kind kind, const std::string& json,
                                              std::vector<envelope::Attachment> attachments,
                                              std::optional<base::Uuid> depends_on) {
  if (!parts_.sender) return base::fail(ErrorCode::unauthorised, "this machine is not enrolled: bangwu-kiosk enrol");
  const auto now = parts_.clock.now();
  outbox::Draft draft;
  draft.id = base::make_uuid_v7(now, parts_.random);
  auto sealed = parts_.vault.seal_body(visit, json, parts_.sender->central, {parts_.sender->kiosk, draft.id});
  if (!sealed) return tl::unexpected(sealed.error());
  draft.kind = kind;
  draft.created_at = now;
  draft.depends_on = depends_on;
  draft.sealed_key = std::move(sealed->sealed_key);
  draft.body = std::move(sealed->body);
  draft.attachments = std::move(attachments);
  auto accepted = parts_.outbox.accept(draft, now);
  if (!accepted) return tl::unexpected(accepted.error());
  parts_.on_accepted();
  return draft.id;
}

void StorageWorker::carry_out(const SubmissionJob& job) {
  std::vector<envelope::Attachment> attachments;
  for (const auto& material : job.application.materials) {
    for (const auto& page : material.pages) {
      const auto blob = parts_.vault.blob_of(job.visit, page.sha256);
      if (blob) attachments.push_back({blob->sha256, blob->size, page.media_type, "material"});
    }
  }
  const auto stored = store(job.visit, envelope::Kind::submission, envelope::to_json(job.application),
                            std::move(attachments), std::nullopt);
  if (!stored) {
    base::log(LogLevel::error, "submission.refused",
              {{"code", name_of(stored.error().code)}, {"detail", stored.error().detail}});
    parts_.mailbox.post(job.visit, session::StoreRefused{problem_of(stored.error())});
    return;
  }
  parts_.vault.hand_over(job.visit);
  base::log(LogLevel::info, "submission.stored", {{"envelope", to_string(*stored)}});
  parts_.mailbox.post(job.visit, session::SubmissionStored{
                                     to_string(*stored), envelope::provisional_number(parts_.sender->kiosk, *stored)});
}

void StorageWorker::carry_out(const RatingJob& job) {
  const auto stored =
      store(job.visit, envelope::Kind::rating, envelope::to_json(job.rating), {}, base::parse_uuid(job.depends_on));
  if (!stored) {
    base::log(LogLevel::error, "rating.refused",
              {{"code", name_of(stored.error().code)}, {"detail", stored.error().detail}});
    parts_.mailbox.post(job.visit, session::StoreRefused{problem_of(stored.error())});
    return;
  }
  base::log(LogLevel::info, "rating.stored", {{"envelope", to_string(*stored)}});
  parts_.mailbox.post(job.visit, session::RatingStored{});
}

}  // namespace bangwu::runtime
