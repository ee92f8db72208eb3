#include "ingest/ingest.h"

#include "cases/case_file.h"
#include "cases/first_answer.h"
#include "envelope/provisional_number.h"
#include "envelope/receipt.h"
#include "ingest/open_envelope.h"
#include "ratings/ratings.h"

namespace bangwu::ingest {
namespace {

using base::ErrorCode;
using base::Result;

Answer refuse(Verdict verdict, std::string detail) { return {verdict, {}, {}, std::move(detail)}; }

Answer failed(const base::Error& error) {
  switch (error.code) {
    case ErrorCode::disk_full:
      return refuse(Verdict::disk_full, "there is too little room on the central service's disk");
    case ErrorCode::busy: return refuse(Verdict::busy, "the central service's store is busy");
    default: return refuse(Verdict::store_failed, error.detail);
  }
}

std::optional<std::string> text_of(const std::optional<base::Uuid>& id) {
  if (!id) return std::nullopt;
  return base::to_string(*id);
}

/// Adds the case or the rating and fills the receipt with the answer.
Result<void> add_content(store::Transaction& transaction, const Ingest::Parts& parts,
                         const envelope::Envelope& envelope, const Opened& opened, envelope::Receipt& receipt) {
  const std::string id = base::to_string(envelope.id);
  if (const auto* rating = std::get_if<domain::Rating>(&opened.body)) {
    return ratings::add_rating(transaction, {id, envelope.kiosk, text_of(envelope.depends_on)}, *rating,
                               receipt.received_at);
  }
  const auto& application = std::get<domain::Application>(opened.body);
  const auto answer =
      cases::first_answer(parts.catalogue, parts.calendar, application, base::china_date(receipt.received_at));
  const auto number = cases::open_case(transaction, {id, envelope.kiosk, envelope::provisional_number(envelope)},
                                       answer, receipt.received_at);
  if (!number) return tl::unexpected(number.error());
  receipt.case_number = *number;
  receipt.outcome = answer.received.outcome;
  receipt.lacks = answer.received.lacks;
  receipt.due = answer.received.due;
  receipt.due_is_provisional = answer.received.due_is_provisional;
  return {};
}

/// Case or rating, receipt and envelope: all of it or, with an error, nothing.
Result<std::string> store_all(store::Transaction& transaction, const Ingest::Parts& parts,
                              const envelope::Envelope& envelope, const Opened& opened) {
  auto receipt = envelope::receipt_for(envelope, parts.clock.now());
  if (auto added = add_content(transaction, parts, envelope, opened, receipt); !added)
    return tl::unexpected(added.error());
  envelope::sign(receipt, parts.receipt_key);
  std::string json = envelope::to_json(receipt);
  const store::EnvelopeRow row{.id = base::to_string(envelope.id),
                               .kiosk = envelope.kiosk,
                               .sequence = envelope.sequence,
                               .kind = envelope::name_of(envelope.kind),
                               .format = static_cast<int>(format_of(envelope)),
                               .manifest_hash = receipt.manifest_hash,
                               .content_hash = envelope::content_hash(envelope),
                               .received_at = receipt.received_at,
                               .depends_on = text_of(envelope.depends_on),
                               .wire = envelope::to_json(envelope),
                               .receipt = json};
  if (auto added = transaction.envelopes().add(row); !added) return tl::unexpected(added.error());
  return json;
}

std::vector<std::string> missing_blobs(const blobs::BlobStore& blobs, const envelope::Envelope& envelope) {
  std::vector<std::string> missing;
  for (const auto& attachment : envelope.attachments) {
    if (!blobs.contains({attachment.sha256, attachment.size})) missing.push_back(attachment.sha256);
  }
  return missing;
}

/// What the envelope's own bytes tell, without looking anything up.
std::optional<Answer> check_sender(const envelope::Envelope& envelope, const std::optional<base::Uuid>& sent_as,
                                   const enrolment::Kiosk& sender) {
  if (sent_as && *sent_as != envelope.id) {
    return refuse(Verdict::identity_mismatch, "the envelope's id is not the one it was sent under");
  }
  if (envelope.kiosk != sender.id)
    return refuse(Verdict::identity_mismatch, "the envelope names another kiosk than its sender");
  if (!envelope::is_signed_by(envelope, sender.device_key)) {
    return refuse(Verdict::bad_signature,
                  "the envelope is not signed by the kiosk's device key: enrol the kiosk again");
  }
  return std::nullopt;
}

/// What is known already decides before anything new is looked at. Run twice: first to answer repeats without the
/// write lock, then under it, where it holds.
Result<std::optional<Answer>> check_known(store::Transaction& transaction, const envelope::Envelope& envelope) {
  const auto known = transaction.envelopes().find(base::to_string(envelope.id));
  if (!known) return tl::unexpected(known.error());
  if (*known) {
    if ((*known)->manifest_hash == envelope::manifest_hash(envelope))
      return Answer{Verdict::repeated, (*known)->receipt, {}, {}};
    return refuse(Verdict::different_content, "an envelope with this id and other content is stored");
  }
  const auto twin = transaction.envelopes().in_sequence(envelope.kiosk, envelope.sequence);
  if (!twin) return tl::unexpected(twin.error());
  if (*twin) {
    return refuse(
        Verdict::duplicate_identity,
        "the kiosk's sequence number is taken by another envelope: two machines work under one identity, or a "
        "kiosk was restored from an old copy; enrol it anew");
  }
  if (!envelope.depends_on) return std::nullopt;
  const auto dependency = transaction.envelopes().has(base::to_string(*envelope.depends_on));
  if (!dependency) return tl::unexpected(dependency.error());
  if (!*dependency)
    return refuse(Verdict::dependency_missing, "what this envelope depends on has not arrived: send it first");
  return std::nullopt;
}

}  // namespace

Answer Ingest::receive(std::string_view json, const std::optional<base::Uuid>& sent_as,
                       const enrolment::Kiosk& sender) const {
  const auto envelope = envelope::envelope_from_json(json);
  if (!envelope) return refuse(Verdict::malformed, envelope.error().detail);
  if (auto refused = check_sender(*envelope, sent_as, sender)) return *refused;

  std::optional<Answer> known;
  const store::Store::Work look_up = [&](store::Transaction& transaction) -> Result<void> {
    auto checked = check_known(transaction, *envelope);
    if (!checked) return tl::unexpected(checked.error());
    known = std::move(*checked);
    return {};
  };
  if (const auto read = parts_.store.read(look_up); !read) return failed(read.error());
  if (known) return *known;

  auto missing = missing_blobs(parts_.blobs, *envelope);
  if (!missing.empty()) return {Verdict::attachments_missing, {}, std::move(missing), "upload the attachments first"};
  const auto opened = open_envelope(*envelope, parts_.unsealing_key);
  if (!opened) {
    const bool unsupported = opened.error().code == ErrorCode::unsupported;
    return refuse(unsupported ? Verdict::unsupported_kind : Verdict::cannot_open, opened.error().detail);
  }
  const auto free = parts_.blobs.free_bytes();
  if (!free) return failed(free.error());
  if (*free < parts_.keep_free_bytes)
    return refuse(Verdict::disk_full, "there is too little room on the central service's disk");

  Answer answer;
  const auto written = parts_.store.write([&](store::Transaction& transaction) -> Result<void> {
    if (auto looked = look_up(transaction); !looked || known) return looked;
    auto receipt = store_all(transaction, parts_, *envelope, *opened);
    if (!receipt) return tl::unexpected(receipt.error());
    answer = {Verdict::stored, std::move(*receipt), {}, {}};
    return {};
  });
  if (!written) return failed(written.error());
  return known ? *known : answer;
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

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::stored: return "stored";
    case Verdict::repeated: return "repeated";
    case Verdict::malformed: return "malformed";
    case Verdict::identity_mismatch: return "identity-mismatch";
    case Verdict::bad_signature: return "bad-signature";
    case Verdict::different_content: return "different-content";
    case Verdict::duplicate_identity: return "duplicate-identity";
    case Verdict::dependency_missing: return "dependency-missing";
    case Verdict::attachments_missing: return "attachments-missing";
    case Verdict::cannot_open: return "cannot-open";
    case Verdict::unsupported_kind: return "unsupported-kind";
    case Verdict::disk_full: return "disk-full";
    case Verdict::busy: return "busy";
    case Verdict::store_failed: return "store-failed";
  }
  return "store-failed";
}

}  // namespace bangwu::ingest
