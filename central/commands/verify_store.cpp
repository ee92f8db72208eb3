#include <algorithm>
#include <iostream>
#include <set>

#include "cases/case_file.h"
#include "commands/commands.h"
#include "commands/data_folder.h"
#include "envelope/envelope.h"
#include "envelope/receipt.h"
#include "ingest/open_envelope.h"

namespace bangwu::commands {
namespace {

using base::Result;

struct Findings {
  int envelopes = 0, cases = 0, ratings = 0, blobs = 0;
  std::vector<std::string> damages;
  void add(std::string what) { damages.push_back(std::move(what)); }
};

bool is_answered_by(const store::EnvelopeRow& row, const envelope::Envelope& envelope, const DataFolder& data) {
  const auto receipt = envelope::receipt_from_json(row.receipt);
  return receipt && envelope::proves_delivery(*receipt, envelope.id, row.manifest_hash, data.receipt_key.public_key());
}

/// The case or the rating the envelope brought.
Result<bool> has_its_content(store::Transaction& transaction, const store::EnvelopeRow& row,
                             const std::set<std::string>& rated) {
  if (row.kind == "rating") return rated.contains(row.id);
  const auto found = transaction.cases().of_envelope(row.id);
  if (!found) return tl::unexpected(found.error());
  const auto receipt = envelope::receipt_from_json(row.receipt);
  return *found && receipt && receipt->case_number == (*found)->number;
}

Result<void> check_envelope(const DataFolder& data, store::Transaction& transaction, const store::EnvelopeRow& row,
                            const std::set<std::string>& rated, Findings& findings) {
  ++findings.envelopes;
  const std::string name = "envelope " + row.id + ": ";
  const auto envelope = envelope::envelope_from_json(row.wire);
  if (!envelope) {
    findings.add(name + "does not read");
    return {};
  }
  const bool same = base::to_string(envelope->id) == row.id && envelope->kiosk == row.kiosk &&
                    envelope->sequence == row.sequence && envelope::manifest_hash(*envelope) == row.manifest_hash;
  if (!same) findings.add(name + "is not what its row says");
  const auto keys = transaction.kiosks().keys(row.kiosk);
  if (!keys) return tl::unexpected(keys.error());
  const bool is_signed = std::ranges::any_of(*keys, [&](const store::KioskKeyRow& each) {
    const auto key = envelope::key_from_hex(each.device_key);
    return key && envelope::is_signed_by(*envelope, *key);
  });
  if (!is_signed) findings.add(name + "is not signed by its kiosk");
  if (!is_answered_by(row, *envelope, data)) findings.add(name + "its receipt is not ours or not about it");
  if (!ingest::open_envelope(*envelope, data.unsealing_key)) findings.add(name + "what was sealed does not open");
  const auto content = has_its_content(transaction, row, rated);
  if (!content) return tl::unexpected(content.error());
  if (!*content) findings.add(name + "its case or rating is missing");
  for (const auto& attachment : envelope->attachments) {
    ++findings.blobs;
    if (const auto verified = data.blobs.verify({attachment.sha256, attachment.size}); !verified) {
      findings.add(name + "attachment " + attachment.sha256 + " is " + base::name_of(verified.error().code));
    }
  }
  return {};
}

Result<void> check_all(const DataFolder& data, store::Transaction& transaction, Findings& findings) {
  const auto ratings = transaction.ratings().all();
  if (!ratings) return tl::unexpected(ratings.error());
  std::set<std::string> rated;
  for (const auto& rating : *ratings) rated.insert(rating.envelope);
  findings.ratings = static_cast<int>(ratings->size());
  const auto envelopes = transaction.envelopes().each(
      [&](const store::EnvelopeRow& row) { return check_envelope(data, transaction, row, rated, findings); });
  if (!envelopes) return envelopes;
  return transaction.cases().each([&](const store::CaseRow& row) -> Result<void> {
    ++findings.cases;
    if (const auto checked = cases::check_case(transaction.cases(), row); !checked) {
      if (checked.error().code != base::ErrorCode::corrupt) return checked;
      findings.add("case " + checked.error().detail);
    }
    const auto known = transaction.envelopes().has(row.envelope);
    if (!known) return tl::unexpected(known.error());
    if (!*known) findings.add("case " + row.number + ": its envelope is missing");
    return {};
  });
}

}  // namespace

Exit verify_store(const Arguments& arguments) {
  auto data = open_data_folder(*arguments.data, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  Findings findings;
  const auto read = data->store->read([&](store::Transaction& transaction) {
    findings = {};
    return check_all(*data, transaction, findings);
  });
  if (!read) return complain(Exit::store, read.error().detail);
  for (const auto& damage : findings.damages) std::cout << "damage  " << damage << "\n";
  std::cout << "envelopes  " << findings.envelopes << "\ncases      " << findings.cases << "\nratings    "
            << findings.ratings << "\nblobs      " << findings.blobs << "\ndamaged    " << findings.damages.size()
            << "\n";
  return findings.damages.empty() ? Exit::ok : Exit::failed;
}

}  // namespace bangwu::commands
