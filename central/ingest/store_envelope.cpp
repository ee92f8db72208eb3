#include "ingest/store_envelope.h"

#include "base/date.h"
#include "base/log.h"
#include "cases/case_file.h"
#include "cases/first_answer.h"
#include "cases/search_terms.h"
#include "envelope/provisional_number.h"
#include "ratings/ratings.h"

namespace bangwu::ingest {
namespace {

using base::Result;

std::optional<std::string> text_of(const std::optional<base::Uuid>& id) {
  if (!id) return std::nullopt;
  return base::to_string(*id);
}

cases::FirstAnswer answer_to(const Ingest::Parts& parts, const envelope::Envelope& envelope,
                             const domain::Application& application, base::SystemTime received_at) {
  const auto hand_in = cases::judge_hand_in(envelope.created_at, received_at, parts.hand_in);
  auto answer = cases::first_answer(parts.catalogue, parts.calendar, application, hand_in.on);
  if (hand_in.time == cases::HandIn::Time::doubtful)
    answer.notes.push_back({domain::cases::NoteTopic::doubtful_hand_in, base::to_hall_time(envelope.created_at)});
  return answer;
}

Result<void> add_search_terms(store::Transaction& transaction, const Ingest::Parts& parts,
                              const cases::Opening& opening, const std::string& provisional_number,
                              const domain::Application& application) {
  auto terms = cases::search_terms(application, parts.search_key);
  // Another case has the number: both are found by it, and told apart by the proof.
  if (!opening.has_provisional_number)
    terms.push_back(cases::search_term_of_number(provisional_number, parts.search_key));
  for (const auto& term : terms) {
    if (auto added = transaction.cases().add_search_key(opening.number, term.kind, term.keyed_hash); !added)
      return added;
  }
  return {};
}

/// Opens the case and fills the receipt with the answer; an answer that was given stays as it was.
Result<void> add_case(store::Transaction& transaction, const Ingest::Parts& parts, const envelope::Envelope& envelope,
                      const domain::Application& application, envelope::Receipt& receipt) {
  auto answer = answer_to(parts, envelope, application, receipt.received_at);
  if (!receipt.case_number.empty()) {
    answer.received.outcome = receipt.outcome.value_or(answer.received.outcome);
    answer.received.lacks = receipt.lacks;
    answer.received.due = receipt.due;
    answer.received.due_is_provisional = receipt.due_is_provisional;
  }
  const std::string provisional_number = envelope::provisional_number(envelope);
  const auto opening = cases::open_case(
      transaction, {base::to_string(envelope.id), envelope.kiosk, provisional_number, receipt.case_number}, answer,
      receipt.received_at);
  if (!opening) return tl::unexpected(opening.error());
  receipt.case_number = opening->number;
  receipt.record = opening->head;
  receipt.outcome = answer.received.outcome;
  receipt.lacks = answer.received.lacks;
  receipt.due = answer.received.due;
  receipt.due_is_provisional = answer.received.due_is_provisional;
  return add_search_terms(transaction, parts, *opening, provisional_number, application);
}

/// Adds the case or the rating.
Result<void> add_content(store::Transaction& transaction, const Ingest::Parts& parts,
                         const envelope::Envelope& envelope, const Opened& opened, envelope::Receipt& receipt) {
  if (const auto* application = std::get_if<domain::Application>(&opened.body))
    return add_case(transaction, parts, envelope, *application, receipt);
  auto record =
      ratings::add_rating(transaction, {base::to_string(envelope.id), envelope.kiosk, text_of(envelope.depends_on)},
                          std::get<domain::Rating>(opened.body), receipt.received_at, parts.search_key);
  if (!record) return tl::unexpected(record.error());
  receipt.record = std::move(*record);
  return {};
}

/// The receipt of what is stored now: a new one, or the one that was given.
Result<std::string> receipt_of(store::Transaction& transaction, const Ingest::Parts& parts,
                               const envelope::Envelope& envelope, const Opened& opened,
                               const std::optional<Acknowledged>& acknowledged, base::SystemTime received_at) {
  auto receipt = acknowledged ? acknowledged->receipt : envelope::receipt_for(envelope, received_at);
  const std::string record = receipt.record;
  if (auto added = add_content(transaction, parts, envelope, opened, receipt); !added)
    return tl::unexpected(added.error());
  if (!acknowledged) {
    envelope::sign(receipt, parts.receipt_key);
    return envelope::to_json(receipt);
  }
  // The catalogue or the calendar are others than they were: the applicant's answer stays what the receipt says.
  if (!record.empty() && record != receipt.record)
    base::log(base::LogLevel::error, "ingest.record_differs", {{"envelope", base::to_string(envelope.id)}});
  return acknowledged->json;
}

}  // namespace

Result<std::string> store_all(store::Transaction& transaction, const Ingest::Parts& parts,
                              const envelope::Envelope& envelope, const Opened& opened,
                              const std::optional<Acknowledged>& acknowledged, base::SystemTime received_at) {
  auto json = receipt_of(transaction, parts, envelope, opened, acknowledged, received_at);
  if (!json) return json;
  const store::EnvelopeRow row{.id = base::to_string(envelope.id),
                               .kiosk = envelope.kiosk,
                               .sequence = envelope.sequence,
                               .kind = envelope::name_of(envelope.kind),
                               .format = static_cast<int>(format_of(envelope)),
                               .manifest_hash = envelope::manifest_hash(envelope),
                               .content_hash = envelope::content_hash(envelope),
                               .received_at = received_at,
                               .depends_on = text_of(envelope.depends_on),
                               .wire = envelope::to_json(envelope),
                               .receipt = *json};
  std::vector<store::BlobRow> blobs;
  for (const auto& attachment : envelope.attachments) blobs.push_back({attachment.sha256, attachment.size});
  if (auto added = transaction.envelopes().add(row, blobs); !added) return tl::unexpected(added.error());
  return json;
}

}  // namespace bangwu::ingest
