#include "crash_story.h"

#include "some_bytes.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr base::SystemTime kMorning = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 1h;

Result<Draft> draft_of(int item, const blobs::BlobStore& blobs) {
  Draft draft{.id = story_id(item),
              .kind = item == 3 ? envelope::Kind::rating : envelope::Kind::submission,
              .created_at = kMorning,
              .depends_on = item == 2 ? std::optional{story_id(1)} : std::nullopt,
              .sealed_key = some_bytes(80, item),
              .body = some_bytes(item == 4 ? 20000 : 300, item + 10),
              .attachments = {},
              .priority = Priority::normal};
  for (const auto& page : story_pages(item)) {
    const auto blob = blobs.put(page);
    if (!blob) return tl::unexpected(blob.error());
    draft.attachments.push_back({blob->sha256, blob->size, "image/jpeg", "material"});
  }
  return draft;
}

Result<void> accept(int item, const blobs::BlobStore& blobs, Outbox& outbox, const Report& report) {
  const auto draft = draft_of(item, blobs);
  if (!draft) return tl::unexpected(draft.error());
  const auto accepted = outbox.accept(*draft, kMorning);
  if (!accepted) return tl::unexpected(accepted.error());
  report("accepted " + std::to_string(item));
  return {};
}

/// What the courier's day brings for one item; false: it stays here.
Result<bool> attempt(const Parcel& parcel, Outbox& outbox, const Keys& keys, base::SystemTime now,
                     const Report& report) {
  const int item = parcel.lease.id.bytes[15];
  const auto after = [](Result<void> done) -> Result<bool> {
    if (!done) return tl::unexpected(std::move(done).error());
    return true;
  };
  if (item == kStaysUndelivered) {
    if (auto released = outbox.release(parcel.lease); !released) return tl::unexpected(std::move(released).error());
    const auto counts = outbox.counts();
    if (!counts) return tl::unexpected(counts.error());
    return counts->ready + counts->waiting > 1;
  }
  if (item == 1 && !parcel.uploads[0].is_complete) {
    const auto& sha256 = parcel.uploads[0].attachment.sha256;
    if (auto recorded = outbox.record_upload(parcel.lease, sha256, "/v1/uploads/a"); !recorded) return after(recorded);
    if (auto recorded = outbox.record_uploaded(parcel.lease, sha256); !recorded) return after(recorded);
    report("uploaded 1");
    return after(outbox.postpone(parcel.lease, now, now + 1min, Reason::network));
  }
  if (item == 2 && parcel.last_failure != Reason::refused) {
    if (auto buried = outbox.bury(parcel.lease, Reason::refused); !buried) return after(buried);
    return after(outbox.retry(parcel.lease.id));
  }
  auto delivered = outbox.deliver(parcel.lease.id, story_receipt(parcel.lease.id, parcel.manifest_hash, keys), now);
  if (delivered) report("delivered " + std::to_string(item));
  return after(std::move(delivered));
}

Result<void> courier_day(Outbox& outbox, const Keys& keys, const Report& report) {
  if (auto reclaimed = outbox.reclaim_leases(); !reclaimed) return tl::unexpected(std::move(reclaimed).error());
  if (auto retried = outbox.retry_all(); !retried) return tl::unexpected(std::move(retried).error());
  for (auto now = kMorning + 1h;; now += 1h) {
    auto parcel = outbox.lease_next(now, 10min);
    if (!parcel) return tl::unexpected(std::move(parcel).error());
    if (!*parcel) return {};
    const auto more = attempt(**parcel, outbox, keys, now, report);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
  }
}

/// Central has lost item 1 and gets it again; then all it has is settled.
Result<void> settling_day(Outbox& outbox, const Keys& keys, const Report& report) {
  const auto first = outbox.show(story_id(1));
  if (!first) return tl::unexpected(first.error());
  if (first->entry.is_kept) {
    report("giving 1");
    if (auto given = outbox.give_again(story_id(1)); !given) return given;
    if (auto day = courier_day(outbox, keys, report); !day) return day;
  }
  report("settling 0");
  if (const auto settled = outbox.settle(UINT32_MAX); !settled) return tl::unexpected(settled.error());
  report("settled 0");
  return {};
}

}  // namespace

Result<blobs::BlobStore> open_blobs(const std::filesystem::path& root) {
  return blobs::BlobStore::open(root / "blobs");
}

Result<Outbox> open_for_story(const std::filesystem::path& root, const Keys& keys) {
  auto blobs = open_blobs(root);
  if (!blobs) return tl::unexpected(std::move(blobs).error());
  // Whatever room the test's machine has: what is delivered is kept until it is settled.
  return Outbox::open(root / "outbox", std::move(*blobs), Identity{"k-1", &keys.device, keys.central.public_key()},
                      Keeping{.keep_free = 0});
}

base::Uuid story_id(int item) {
  base::Uuid id;
  id.bytes = {0x01, 0x9A, 0, 0, 0, 0, 0x70, 0, 0x80};
  id.bytes[15] = static_cast<std::uint8_t>(item);
  return id;
}

std::vector<base::Bytes> story_pages(int item) {
  if (item == 1) return {some_bytes(9000, 21), some_bytes(700, 22)};
  if (item == 2) return {some_bytes(700, 22), some_bytes(1200, 23)};
  if (item == 4) return {some_bytes(5000, 24)};
  return {};
}

envelope::Receipt story_receipt(const base::Uuid& id, const std::string& manifest_hash, const Keys& keys) {
  envelope::Receipt receipt{.format = envelope::Format::two,
                            .envelope = id,
                            .kiosk = "k-1",
                            .sequence = 1,
                            .kind = envelope::Kind::submission,
                            .manifest_hash = manifest_hash,
                            .record = {},
                            .received_at = kMorning,
                            .case_number = "WJ-1",
                            .outcome = std::nullopt,
                            .lacks = {},
                            .due = std::nullopt,
                            .due_is_provisional = false,
                            .signature = {}};
  envelope::sign(receipt, keys.central);
  return receipt;
}

Result<void> tell_story(const std::filesystem::path& root, const Keys& keys, const Report& report) {
  const auto blobs = open_blobs(root);
  if (!blobs) return tl::unexpected(blobs.error());
  auto outbox = open_for_story(root, keys);
  if (!outbox) return tl::unexpected(std::move(outbox).error());
  for (int item = 1; item <= kItems; ++item) {
    auto accepted = accept(item, *blobs, *outbox, report);
    if (accepted) continue;
    if (accepted.error().code != ErrorCode::disk_full) return accepted;
    report("full");
  }
  if (auto day = courier_day(*outbox, keys, report); !day) return day;
  if (auto day = settling_day(*outbox, keys, report); !day) return day;
  const auto swept = outbox->sweep_blobs();
  if (!swept) return tl::unexpected(swept.error());
  return {};
}

}  // namespace bangwu::outbox
