#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "blobs/blob_store.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "outbox/outbox.h"
#include "some_bytes.h"
#include "support/scratch_directory.h"

namespace bangwu::outbox {

using namespace std::chrono_literals;
inline constexpr base::SystemTime kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 2h;
inline constexpr auto kLeaseTime = 10min;

/// The n-th of a test's ids.
inline base::Uuid id_of(int n) {
  base::Uuid id;
  id.bytes = {0x01, 0x9A, 0, 0, 0, 0, 0x70, 0, 0x80};
  id.bytes[14] = static_cast<std::uint8_t>(n >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}

/// A draft without attachments; sealed bytes are as good as any for an outbox.
inline Draft draft_of(int n, std::size_t body_size = 100) {
  return {.id = id_of(n),
          .kind = envelope::Kind::submission,
          .created_at = kNow - 1min,
          .depends_on = std::nullopt,
          .sealed_key = some_bytes(80, n),
          .body = some_bytes(body_size, n + 1000),
          .attachments = {},
          .priority = Priority::normal};
}

inline envelope::Attachment attachment_of(const blobs::BlobRef& blob) {
  return {blob.sha256, blob.size, "image/jpeg", "material"};
}

/// A kiosk's storage on a disk of its own, and the central service's key to answer with.
class Desk : public testing::Test {
 protected:
  Desk()
      : device_(envelope::SigningKey::make()),
        central_(envelope::SigningKey::make()),
        blobs_(*blobs::BlobStore::open(folder_ / "blobs")) {
    reopen();
  }
  void reopen() { reopen_as("k-1"); }
  void reopen_as(std::string kiosk) {
    outbox_.reset();
    auto opened = open_as(std::move(kiosk));
    ASSERT_TRUE(opened) << opened.error().detail;
    outbox_ = std::move(*opened);
  }
  [[nodiscard]] base::Result<Outbox> open_as(std::string kiosk) {
    return Outbox::open(folder_ / "outbox", blobs_, Identity{std::move(kiosk), &device_, central_.public_key()},
                        keeping_);
  }
  Outbox& outbox() { return *outbox_; }

  envelope::Attachment put(std::size_t size, int seed) { return attachment_of(*blobs_.put(some_bytes(size, seed))); }
  void accept(const Draft& draft) {
    const auto accepted = outbox().accept(draft, kNow);
    ASSERT_TRUE(accepted) << accepted.error().detail;
  }
  Parcel lease(base::SystemTime now = kNow) {
    auto parcel = outbox().lease_next(now, kLeaseTime);
    if (!parcel || !*parcel) {
      ADD_FAILURE() << (parcel ? "nothing is due" : parcel.error().detail);
      return {};
    }
    return std::move(**parcel);
  }
  [[nodiscard]] bool nothing_is_due(base::SystemTime now = kNow) {
    const auto parcel = outbox().lease_next(now, kLeaseTime);
    return parcel && !*parcel;
  }
  envelope::Receipt receipt_for(const Parcel& parcel) const {
    return receipt_for(parcel.lease.id, parcel.manifest_hash, parcel.envelope.sequence);
  }
  envelope::Receipt receipt_for(const base::Uuid& id, const std::string& manifest_hash, std::uint64_t sequence = 1,
                                base::SystemTime received_at = kNow) const {
    envelope::Receipt receipt{.format = envelope::Format::two,
                              .envelope = id,
                              .kiosk = "k-1",
                              .sequence = sequence,
                              .kind = envelope::Kind::submission,
                              .manifest_hash = manifest_hash,
                              .record = {},
                              .received_at = received_at,
                              .case_number = "WJ-1",
                              .outcome = domain::Outcome::in_review,
                              .lacks = {},
                              .due = std::nullopt,
                              .due_is_provisional = false,
                              .signature = {}};
    envelope::sign(receipt, central_);
    return receipt;
  }
  State state_of(int n) {
    const auto details = outbox().show(id_of(n));
    if (!details) {
      ADD_FAILURE() << details.error().detail;
      return Ready{};
    }
    return details->entry.state;
  }
  [[nodiscard]] bool has_blob(const envelope::Attachment& attachment) const {
    return blobs_.contains({attachment.sha256, attachment.size});
  }

  /// Days pass as at a machine that runs; how many lines went.
  std::size_t forget_daily(base::SystemTime from, int days) {
    std::size_t forgotten = 0;
    for (int day = 1; day <= days; ++day) forgotten += outbox().forget_old(from + 24h * day).value();
    return forgotten;
  }

  bool is_ready_ = envelope::initialise_cryptography();
  Keeping keeping_{.budget = 0, .keep_free = 0};  // what is delivered goes at once
  support::ScratchDirectory folder_{support::In::memory};
  envelope::SigningKey device_, central_;
  blobs::BlobStore blobs_;
  std::optional<Outbox> outbox_;
};

inline base::ErrorCode code_of(const auto& result) { return result ? base::ErrorCode::internal : result.error().code; }

}  // namespace bangwu::outbox
