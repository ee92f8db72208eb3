#include "ingest/ingest.h"

#include "base/date.h"
#include "base/log.h"
#include "envelope/receipt.h"
#include "ingest/open_envelope.h"
#include "ingest/store_envelope.h"

namespace bangwu::ingest {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr std::chrono::milliseconds kBetweenAsking{1000};

Answer refuse(Verdict verdict, std::string detail) { return {verdict, {}, {}, std::move(detail)}; }

Answer failed(const base::Error& error) {
  switch (error.code) {
    case ErrorCode::disk_full:
      return refuse(Verdict::disk_full, "there is too little room on the central service's disk");
    case ErrorCode::busy: return refuse(Verdict::busy, "the central service's store is busy");
    default: return refuse(Verdict::store_failed, error.detail);
  }
}

Answer not_opened(const base::Error& error) {
  const bool unsupported = error.code == ErrorCode::unsupported;
  return refuse(unsupported ? Verdict::unsupported_kind : Verdict::cannot_open, error.detail);
}

/// What the envelope was when it was received, under the kiosk and number of then: all else of it is the same.
std::string manifest_of_then(envelope::Envelope envelope, const envelope::Receipt& receipt) {
  envelope.kiosk = receipt.kiosk;
  envelope.sequence = receipt.sequence;
  return envelope::manifest_hash(envelope);
}

/// Only our own signature counts, under this very envelope or under what it was before the kiosk signed it anew. Then
/// the same answer is given for what it is now.
Result<std::optional<Acknowledged>> acknowledged_by(std::string_view json, const envelope::Envelope& envelope,
                                                    const envelope::SigningKey& receipt_key) {
  if (json.empty()) return std::nullopt;
  auto receipt = envelope::receipt_from_json(json);
  const auto proves = [&](const std::string& manifest) {
    return envelope::proves_delivery(*receipt, envelope.id, manifest, receipt_key.public_key());
  };
  if (receipt && proves(envelope::manifest_hash(envelope))) return Acknowledged{std::move(*receipt), std::string(json)};
  if (!receipt || receipt->format != envelope::Format::two || !proves(manifest_of_then(envelope, *receipt)))
    return fail(ErrorCode::invalid_input, "the receipt beside the envelope is not this service's, or not about it");
  receipt->kiosk = envelope.kiosk;
  receipt->sequence = envelope.sequence;
  receipt->manifest_hash = envelope::manifest_hash(envelope);
  envelope::sign(*receipt, receipt_key);
  std::string given = envelope::to_json(*receipt);
  return Acknowledged{std::move(*receipt), std::move(given)};
}

/// By name and size: costs next to nothing.
std::vector<std::string> absent_blobs(const blobs::BlobStore& blobs, const envelope::Envelope& envelope) {
  std::vector<std::string> absent;
  for (const auto& attachment : envelope.attachments) {
    if (!blobs.contains({attachment.sha256, attachment.size})) absent.push_back(attachment.sha256);
  }
  return absent;
}

/// The kiosk deletes its pages on our receipt: each is read back from the disk first. What was damaged since it came is
/// asked for again; what the disk cannot read may be whole, and is for staff.
Result<std::vector<std::string>> unproven_blobs(const blobs::BlobStore& blobs, const envelope::Envelope& envelope) {
  std::vector<std::string> missing;
  for (const auto& blob : envelope.attachments) {
    const auto proven = blobs.prove({blob.sha256, blob.size});
    if (proven) {
      blobs.touch(blob.sha256);  // who collects sees it as new, though this envelope is not there yet
      continue;
    }
    if (proven.error().code == ErrorCode::corrupt) {
      base::log(base::LogLevel::error, "blob.damaged", {{"sha256", blob.sha256}, {"kept_in", "blobs/damaged"}});
      if (auto aside = blobs.set_aside(blob.sha256); !aside) return tl::unexpected(aside.error());
    } else if (proven.error().code != ErrorCode::not_found) {
      base::log(base::LogLevel::error, "blob.unreadable",
                {{"sha256", blob.sha256}, {"why", proven.error().detail}, {"do", "look at the disk"}});
      return tl::unexpected(proven.error());
    }
    missing.push_back(blob.sha256);
  }
  return missing;
}

Result<std::vector<std::string>> missing_blobs(const blobs::BlobStore& blobs, const envelope::Envelope& envelope) {
  if (auto absent = absent_blobs(blobs, envelope); !absent.empty()) return absent;
  return unproven_blobs(blobs, envelope);
}

std::optional<Answer> check_room(const Ingest::Parts& parts) {
  const auto free = parts.blobs.free_bytes();
  if (!free) return failed(free.error());
  if (*free >= parts.keep_free_bytes) return std::nullopt;
  return refuse(Verdict::disk_full, "there is too little room on the central service's disk");
}

/// What the envelope's own bytes tell, without looking anything up.
std::optional<Answer> check_sender(const envelope::Envelope& envelope, const std::optional<base::Uuid>& sent_as,
                                   const enrolment::Kiosk& sender) {
  if (sent_as && *sent_as != envelope.id) {
    return refuse(Verdict::identity_mismatch, "the envelope's id is not the one it was sent under");
  }
  if (envelope.kiosk != sender.id)
    return refuse(Verdict::identity_mismatch, "the envelope names another kiosk than its sender");
  if (!sender.has_signed(envelope)) {
    return refuse(Verdict::bad_signature, "the envelope is not signed by a device key of the kiosk: enrol it again");
  }
  return std::nullopt;
}

/// Rows of the first schema do not say it.
std::string content_of(const store::EnvelopeRow& row) {
  if (row.content_hash) return *row.content_hash;
  const auto envelope = envelope::stored_envelope_from_json(row.wire);
  return envelope ? envelope::content_hash(*envelope) : std::string();
}

/// Nobody takes anything of a revoked kiosk from the network. Carried by hand comes what it made before: the person who
/// carries it answers for that.
std::optional<Answer> check_revocation(const store::Standing::Sender& sender, const envelope::Envelope& envelope,
                                       Way way) {
  if (!sender.revoked_at || (way == Way::by_hand && envelope.created_at < *sender.revoked_at)) return std::nullopt;
  std::string detail = "this kiosk was revoked: " + sender.revoked_why;
  if (way == Way::by_hand) {
    detail = "made " + base::to_hall_time(envelope.created_at) + ", after the kiosk was revoked " +
             base::to_hall_time(*sender.revoked_at) + " (" + sender.revoked_why + ")";
  }
  return refuse(Verdict::kiosk_revoked, std::move(detail));
}

/// What is known already decides before anything new is looked at. Run twice: first to answer repeats without the
/// write lock, then under it, where it holds.
Result<std::optional<Answer>> check_known(store::Transaction& transaction, const envelope::Envelope& envelope,
                                          Way way) {
  const auto depends_on = envelope.depends_on ? std::optional(base::to_string(*envelope.depends_on)) : std::nullopt;
  const auto standing =
      transaction.envelopes().standing(base::to_string(envelope.id), envelope.kiosk, envelope.sequence, depends_on);
  if (!standing) return tl::unexpected(standing.error());
  if (standing->sender) {
    if (auto refused = check_revocation(*standing->sender, envelope, way)) return refused;
  }
  if (const auto& known = standing->known) {
    // A kiosk that enrolled anew, or was told of a taken number, numbers and signs again what it holds.
    // In format 1 it may be under another id of its own; in format 2 only its own opens.
    const bool is_its_own = known->kiosk == envelope.kiosk || format_of(envelope) == envelope::Format::one;
    if (is_its_own && content_of(*known) == envelope::content_hash(envelope))
      return Answer{Verdict::repeated, known->receipt, {}, {}};
    return refuse(Verdict::different_content, "an envelope with this id and other content is stored");
  }
  if (standing->twin) {
    return refuse(
        Verdict::duplicate_identity,
        "the kiosk's sequence number is taken by another envelope: two machines work under one identity, or a "
        "kiosk was restored from an old copy; enrol it anew");
  }
  if (depends_on && !standing->has_dependency)
    return refuse(Verdict::dependency_missing, "what this envelope depends on has not arrived: send it first");
  return std::nullopt;
}

}  // namespace

Answer Ingest::receive(std::string_view json, const std::optional<base::Uuid>& sent_as, const enrolment::Kiosk& sender,
                       std::string_view receipt) const {
  const auto envelope = envelope::envelope_from_json(json);
  if (!envelope) return refuse(Verdict::malformed, envelope.error().detail);
  if (auto refused = check_sender(*envelope, sent_as, sender)) return *refused;
  const auto acknowledged = acknowledged_by(receipt, *envelope, parts_.receipt_key);
  if (!acknowledged) return refuse(Verdict::malformed, acknowledged.error().detail);
  return take(*envelope, *acknowledged, Way::network);
}

Answer Ingest::receive_by_hand(const envelope::Envelope& envelope) const {
  Result<enrolment::Kiosk> sender = enrolment::Kiosk{};
  std::optional<Answer> revoked;
  const auto read = parts_.store.read([&](store::Transaction& transaction) -> Result<void> {
    const auto row = transaction.kiosks().by_id(envelope.kiosk);
    if (!row) return tl::unexpected(row.error());
    revoked = *row ? check_revocation({(*row)->revoked_at, (*row)->revoked_why}, envelope, Way::by_hand) : std::nullopt;
    sender = enrolment::find_signer(transaction, envelope.kiosk, envelope.created_at);
    return {};
  });
  if (!read) return failed(read.error());
  if (revoked) return *revoked;
  if (!sender && sender.error().code == ErrorCode::not_found)
    return refuse(Verdict::unknown_kiosk, "this service knows no kiosk " + envelope.kiosk);
  if (!sender) return failed(sender.error());
  if (!sender->has_signed(envelope)) {
    return refuse(Verdict::bad_signature, "it is signed by no key that its kiosk had when it was made, " +
                                              base::to_hall_time(envelope.created_at) + ", and that was not revoked");
  }
  return take(envelope, std::nullopt, Way::by_hand);
}

Answer Ingest::take(const envelope::Envelope& envelope, const std::optional<Acknowledged>& acknowledged,
                    Way way) const {
  std::optional<Answer> known;
  const store::Store::Work look_up = [&](store::Transaction& transaction) -> Result<void> {
    auto checked = check_known(transaction, envelope, way);
    if (!checked) return tl::unexpected(checked.error());
    known = std::move(*checked);
    return {};
  };
  if (const auto read = parts_.store.read(look_up); !read) return failed(read.error());
  if (known) return *known;

  const auto now = parts_.clock.now();
  const auto fault = clock_fault(now);
  if (!fault) return failed(fault.error());
  if (*fault) {
    base::log(base::LogLevel::error, "ingest.clock_wrong", {{"detail", **fault}});
    return refuse(Verdict::clock_wrong, **fault);
  }
  if (auto refused = check_room(parts_)) return *refused;
  const auto opened = open_envelope(envelope, parts_.unsealing_key);
  if (!opened) return not_opened(opened.error());
  const auto held = parts_.blobs.hold();  // until the envelope that refers to them is on the disk
  if (!held) return failed(held.error());
  // Last, as it may read them all: whoever can be refused without it is.
  auto missing = missing_blobs(parts_.blobs, envelope);
  if (!missing) return failed(missing.error());
  if (!missing->empty()) return {Verdict::attachments_missing, {}, std::move(*missing), "upload the attachments first"};
  const auto received_at = acknowledged ? acknowledged->receipt.received_at : now;
  Answer answer;
  const auto written = parts_.store.write([&](store::Transaction& transaction) -> Result<void> {
    if (auto looked = look_up(transaction); !looked || known) return looked;
    auto given = store_all(transaction, parts_, envelope, *opened, acknowledged, received_at);
    if (!given) return tl::unexpected(given.error());
    answer = {Verdict::stored, std::move(*given), {}, {}};
    return {};
  });
  if (!written) return failed(written.error());
  if (known) return *known;
  note_stored(now);
  if (parts_.when_stored) parts_.when_stored(envelope, received_at);
  return answer;
}

Result<std::optional<std::string>> Ingest::clock_fault(base::SystemTime now) const {
  constexpr std::int64_t kNotAsked = INT64_MIN;
  const auto fault = [&]() -> std::optional<std::string> {
    const auto checked = parts_.clock_guard.check(now, base::SystemTime(std::chrono::milliseconds(latest_.load())));
    return checked ? std::nullopt : std::optional(checked.error().detail);
  };
  const auto steady = std::chrono::duration_cast<std::chrono::milliseconds>(parts_.clock.steady().time_since_epoch());
  if (latest_ != kNotAsked) {
    auto found = fault();
    if (!found || steady.count() < asked_at_ + kBetweenAsking.count()) return found;
  }
  // At first; and before anybody is refused: a person may have said meanwhile which times were wrong.
  const auto latest = latest_believed(parts_.store);
  if (!latest) return tl::unexpected(latest.error());
  asked_at_ = steady.count();
  latest_ = latest->value_or(parts_.clock_guard.built()).time_since_epoch().count();
  return fault();
}

void Ingest::note_stored(base::SystemTime at) const {
  const std::int64_t time = at.time_since_epoch().count();
  for (std::int64_t known = latest_; known < time && !latest_.compare_exchange_weak(known, time);) {
  }
}

Result<std::optional<std::string>> Ingest::find_receipt(const base::Uuid& id, const enrolment::Kiosk& sender) const {
  std::optional<std::string> receipt;
  const auto read = parts_.store.read([&](store::Transaction& transaction) -> Result<void> {
    const auto row = transaction.envelopes().find(base::to_string(id));
    if (!row) return tl::unexpected(row.error());
    if (*row && (*row)->kiosk == sender.id) receipt = (*row)->receipt;
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return receipt;
}

}  // namespace bangwu::ingest
