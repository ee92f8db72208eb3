#include "evidence/evidence.h"

#include <algorithm>

#include "base/date.h"
#include "cases/search_terms.h"
#include "domain/case_number.h"
#include "envelope/provisional_number.h"
#include "ratings/ratings.h"

namespace bangwu::evidence {
namespace {

using base::ErrorCode;
using base::Result;
using envelope::Format;

tl::unexpected<base::Error> damaged(const std::string& what) { return base::fail(ErrorCode::corrupt, what); }

std::optional<std::string> text_of(const std::optional<base::Uuid>& id) {
  return id ? std::optional(base::to_string(*id)) : std::nullopt;
}

bool says_the_same(const store::EnvelopeRow& row, const envelope::Envelope& envelope) {
  return row.id == base::to_string(envelope.id) && row.kiosk == envelope.kiosk && row.sequence == envelope.sequence &&
         row.kind == envelope::name_of(envelope.kind) && row.format == static_cast<int>(format_of(envelope)) &&
         row.depends_on == text_of(envelope.depends_on) && row.manifest_hash == manifest_hash(envelope) &&
         (!row.content_hash || *row.content_hash == content_hash(envelope));
}

bool says_the_same(const envelope::Receipt& receipt, const store::EnvelopeRow& row,
                   const envelope::Envelope& envelope) {
  if (receipt.received_at != row.received_at) return false;
  return receipt.format == Format::one ||
         (receipt.kiosk == envelope.kiosk && receipt.sequence == envelope.sequence && receipt.kind == envelope.kind);
}

Result<bool> is_signed_by_its_kiosk(store::Transaction& transaction, const envelope::Envelope& envelope) {
  const auto keys = transaction.kiosks().keys(envelope.kiosk);
  if (!keys) return tl::unexpected(keys.error());
  return std::ranges::any_of(*keys, [&](const store::KioskKeyRow& row) {
    const auto key = envelope::key_from_hex(row.device_key);
    return key && envelope::is_signed_by(envelope, *key);
  });
}

Result<ProvenEnvelope> prove_envelope_of(store::Transaction& transaction, const std::string& id, const Keys& keys) {
  const auto row = transaction.envelopes().find(id);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return damaged("envelope " + id + ": is missing");
  return prove_envelope(transaction, **row, keys);
}

/// What the first event says, against what the applicant was told.
std::string disagreement(const domain::cases::Received& received, const envelope::Receipt& receipt) {
  if (receipt.outcome != received.outcome) return "the answer";
  if (receipt.lacks != received.lacks) return "what lacks";
  if (receipt.due != received.due || receipt.due_is_provisional != received.due_is_provisional) return "the due date";
  return {};
}

std::string disagreement(const ProvenCase& proven) {
  const auto& [file, source] = proven;
  const auto& receipt = source.receipt;
  if (file.row.kiosk != source.envelope.kiosk || source.envelope.kind != envelope::Kind::submission)
    return "its envelope is another's";
  if (receipt.case_number != file.row.number) return "the receipt names another number";
  if (receipt.received_at != file.row.received_at || receipt.received_at != file.events.front().at)
    return "the receipt names another time of arrival";
  const auto* received = std::get_if<domain::cases::Received>(&file.events.front().event);
  if (received == nullptr) return "it does not begin with an application";
  if (const auto what = disagreement(*received, receipt); !what.empty())
    return "the receipt told the applicant another thing: " + what;
  const bool is_known_day = received->received_on == base::china_date(receipt.received_at) ||
                            received->received_on == base::china_date(source.envelope.created_at);
  if (!is_known_day) return "its limits run from a day that is neither the hand-in's nor the arrival's";
  if (receipt.format == Format::two && std::ranges::find(file.hashes, receipt.record) == file.hashes.end())
    return "its first events are not those the receipt signed";
  if (!source.opened) return {};
  const auto& application = std::get<domain::Application>(source.opened->body);
  return received->procedure == application.procedure ? "" : "it is about another item than the application";
}

std::string disagreement(const ProvenRating& proven) {
  const auto& [row, source] = proven;
  if (row.kiosk != source.envelope.kiosk || source.envelope.kind != envelope::Kind::rating)
    return "its envelope is another's";
  if (row.received_at != source.receipt.received_at) return "its receipt names another time";
  if (row.submission != text_of(source.envelope.depends_on)) return "its envelope names another visit";
  if (!source.opened) return {};
  const auto& rating = std::get<domain::Rating>(source.opened->body);
  const bool is_same = row.instrument == domain::name_of(domain::instrument_of(rating.level)) &&
                       row.level == domain::name_of(rating.level) && row.is_bad == domain::is_bad(rating.level);
  return is_same ? "" : "the visitor's sealed rating says another thing";
}

}  // namespace

Result<ProvenEnvelope> prove_envelope(store::Transaction& transaction, const store::EnvelopeRow& row,
                                      const Keys& keys) {
  const std::string name = "envelope " + row.id + ": ";
  auto envelope = envelope::stored_envelope_from_json(row.wire);
  if (!envelope) return damaged(name + "does not read");
  if (!says_the_same(row, *envelope)) return damaged(name + "is not what its row says");
  const auto is_signed = is_signed_by_its_kiosk(transaction, *envelope);
  if (!is_signed) return tl::unexpected(is_signed.error());
  if (!*is_signed) return damaged(name + "is not signed by its kiosk");
  auto receipt = envelope::receipt_from_json(row.receipt);
  const bool is_ours = receipt && envelope::proves_delivery(*receipt, envelope->id, row.manifest_hash, keys.receipt) &&
                       says_the_same(*receipt, row, *envelope);
  if (!is_ours) return damaged(name + "its receipt is not ours or not about it");
  ProvenEnvelope proven{row, std::move(*envelope), std::move(*receipt), std::nullopt};
  if (!proven.envelope.destroyed_key.empty()) return proven;
  auto opened = ingest::open_envelope(proven.envelope, keys.unsealing);
  if (!opened) return damaged(name + "what was sealed does not open");
  proven.opened = std::move(*opened);
  return proven;
}

Result<ProvenCase> prove_case(store::Transaction& transaction, const store::CaseRow& row, const Keys& keys) {
  auto file = cases::read_case(transaction, row);
  if (!file) return tl::unexpected(file.error());
  auto source = prove_envelope_of(transaction, row.envelope, keys);
  if (!source) return tl::unexpected(source.error());
  ProvenCase proven{std::move(*file), std::move(*source)};
  if (const auto what = disagreement(proven); !what.empty()) return damaged(row.number + ": " + what);
  return proven;
}

namespace {
// Two by chance are once in a world; more are somebody's doing (numbers of format 1 could be chosen), and each is
// opened in memory.
constexpr std::size_t kMostOfOneNumber = 8;
}  // namespace

Result<std::vector<ProvenCase>> find_cases(store::Transaction& transaction, std::string_view typed_number,
                                           const Keys& keys) {
  const std::string number = domain::case_number_from(typed_number);
  const auto row = transaction.cases().by_number(number);
  if (!row) return tl::unexpected(row.error());
  std::vector<store::CaseRow> rows;
  if (*row) rows.push_back(**row);
  const auto term = cases::search_term_of_number(number, keys.search);
  const auto others = transaction.cases().by_search_key(term.kind, term.keyed_hash);
  if (!others) return tl::unexpected(others.error());
  for (const auto& other : *others) {
    if (rows.size() == kMostOfOneNumber) break;
    const auto also = transaction.cases().by_number(other);
    if (!also) return tl::unexpected(also.error());
    if (*also) rows.push_back(**also);
  }
  std::vector<ProvenCase> found;
  for (const auto& each : rows) {
    auto proven = prove_case(transaction, each, keys);
    if (!proven) return tl::unexpected(proven.error());
    found.push_back(std::move(*proven));
  }
  return found;
}

Result<ProvenRating> prove_rating(store::Transaction& transaction, const store::RatingRow& row, const Keys& keys) {
  const std::string name = "rating " + row.envelope + ": ";
  auto source = prove_envelope_of(transaction, row.envelope, keys);
  if (!source) return tl::unexpected(source.error());
  ProvenRating proven{row, std::move(*source)};
  if (const auto what = disagreement(proven); !what.empty()) return damaged(name + what);
  if (proven.source.receipt.format == Format::two &&
      proven.source.receipt.record != ratings::record_of(row, keys.search))
    return damaged(name + "is not what the receipt signed");
  const auto rated = row.submission ? transaction.cases().of_envelope(*row.submission)
                                    : Result<std::optional<store::CaseRow>>(std::nullopt);
  if (!rated) return tl::unexpected(rated.error());
  if (row.case_number != (*rated ? (*rated)->number : "")) return damaged(name + "names another case than its visit's");
  return proven;
}

Result<void> check_search_terms(store::Transaction& transaction, const ProvenCase& proven, const Keys& keys) {
  const auto& [file, source] = proven;
  const std::string number = envelope::provisional_number(source.envelope);
  std::vector<cases::SearchTerm> terms;
  if (source.opened) terms = cases::search_terms(std::get<domain::Application>(source.opened->body), keys.search);
  if (file.row.provisional_number.empty()) terms.push_back(cases::search_term_of_number(number, keys.search));
  else if (file.row.provisional_number != number)
    return damaged(file.row.number + ": its provisional number is not its envelope's");
  for (const auto& term : terms) {
    const auto found = transaction.cases().by_search_key(term.kind, term.keyed_hash);
    if (!found) return tl::unexpected(found.error());
    if (std::ranges::find(*found, file.row.number) == found->end())
      return damaged(file.row.number + ": cannot be found by its " + term.kind);
  }
  return {};
}

}  // namespace bangwu::evidence
