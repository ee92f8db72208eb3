#include <iostream>
#include <set>

#include "cases/case_file.h"
#include "commands/commands.h"
#include "commands/data_folder.h"
#include "envelope/envelope.h"
#include "envelope/receipt.h"

namespace bangwu::commands {
namespace {

using base::Result;

struct Findings {
  int envelopes = 0, cases = 0, ratings = 0, blobs = 0, damaged = 0;
  void add(const std::string& what) {
    ++damaged;
    std::cout << "damage  " << what << "\n";
  }
};

bool opens_to(const envelope::Envelope& envelope, const DataFolder& data, std::string_view body) {
  const auto key = envelope::ContentKey::unseal(envelope.sealed_key, data.unsealing_key);
  if (!key) return false;
  const auto plain = key->decrypt(envelope.body);
  return plain && std::string_view(reinterpret_cast<const char*>(plain->data()), plain->size()) == body;
}

bool is_answered_by(const store::EnvelopeRow& row, const envelope::Envelope& envelope, const DataFolder& data) {
  const auto receipt = envelope::receipt_from_json(row.receipt);
  return receipt && envelope::proves_delivery(*receipt, envelope.id, row.manifest_hash, data.receipt_key.public_key());
}

/// The case or the rating the envelope brought.
Result<bool> has_its_content(store::Records& records, const store::EnvelopeRow& row,
                             const std::set<std::string>& rated) {
  if (row.kind == "rating") return rated.contains(row.id);
  const auto found = records.case_of_envelope(row.id);
  if (!found) return tl::unexpected(found.error());
  const auto receipt = envelope::receipt_from_json(row.receipt);
  return *found && receipt && receipt->case_number == (*found)->number;
}

Result<void> check_envelope(const DataFolder& data, store::Records& records, const store::EnvelopeRow& row,
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
  const auto kiosk = records.kiosk_by_id(row.kiosk);
  if (!kiosk) return tl::unexpected(kiosk.error());
  const auto device_key =
      *kiosk ? envelope::key_from_hex((*kiosk)->device_key) : base::fail(base::ErrorCode::not_found, "");
  if (!device_key || !envelope::is_signed_by(*envelope, *device_key)) findings.add(name + "is not signed by its kiosk");
  if (!is_answered_by(row, *envelope, data)) findings.add(name + "its receipt is not ours or not about it");
  if (!opens_to(*envelope, data, row.body)) findings.add(name + "what is kept open is not what was sealed");
  const auto content = has_its_content(records, row, rated);
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

Result<void> check_all(const DataFolder& data, store::Records& records, Findings& findings) {
  const auto ratings = records.ratings();
  if (!ratings) return tl::unexpected(ratings.error());
  std::set<std::string> rated;
  for (const auto& rating : *ratings) rated.insert(rating.envelope);
  findings.ratings = static_cast<int>(ratings->size());
  const auto envelopes = records.each_envelope(
      [&](const store::EnvelopeRow& row) { return check_envelope(data, records, row, rated, findings); });
  if (!envelopes) return envelopes;
  const auto cases = records.cases();
  if (!cases) return tl::unexpected(cases.error());
  for (const auto& row : *cases) {
    ++findings.cases;
    if (const auto checked = cases::check_case(records, row); !checked) {
      if (checked.error().code != base::ErrorCode::corrupt) return checked;
      findings.add("case " + checked.error().detail);
    }
    const auto known = records.has_envelope(row.envelope);
    if (!known) return tl::unexpected(known.error());
    if (!*known) findings.add("case " + row.number + ": its envelope is missing");
  }
  return {};
}

}  // namespace

Exit verify_store(const Arguments& arguments) {
  auto data = open_data_folder(*arguments.data, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  Findings findings;
  const auto read = data->store->read([&](store::Records& records) { return check_all(*data, records, findings); });
  if (!read) return complain(Exit::store, read.error().detail);
  std::cout << "envelopes  " << findings.envelopes << "\ncases      " << findings.cases << "\nratings    "
            << findings.ratings << "\nblobs      " << findings.blobs << "\ndamaged    " << findings.damaged << "\n";
  return findings.damaged == 0 ? Exit::ok : Exit::failed;
}

}  // namespace bangwu::commands
