#include <iostream>
#include <set>

#include "backup/manifest.h"
#include "commands/commands.h"
#include "commands/data_folder.h"
#include "commands/memory.h"
#include "commands/progress.h"
#include "evidence/evidence.h"

namespace bangwu::commands {
namespace {

using base::Result;

/// What is sound is counted, what is not is told.
struct Findings {
  int envelopes = 0, cases = 0, ratings = 0, blobs = 0, erased = 0;
  std::vector<std::string> damages;
};

/// Runs one check: an error that is a damage is noted, another ends all.
template <class T>
Result<void> note(const Result<T>& checked, Findings& findings) {
  if (checked) return {};
  if (checked.error().code != base::ErrorCode::corrupt) return tl::unexpected(checked.error());
  findings.damages.push_back(checked.error().detail);
  return {};
}

/// The case or the rating the envelope brought is there.
Result<void> check_content(store::Transaction& transaction, const store::EnvelopeRow& row,
                           const std::set<std::string>& rated, Findings& findings) {
  bool is_there = rated.contains(row.id);
  if (row.kind != "rating") {
    const auto found = transaction.cases().of_envelope(row.id);
    if (!found) return tl::unexpected(found.error());
    is_there = found->has_value();
  }
  if (!is_there) findings.damages.push_back("envelope " + row.id + ": its case or rating is missing");
  return {};
}

Result<void> check_envelope(const DataFolder& data, store::Transaction& transaction, const store::EnvelopeRow& row,
                            const std::set<std::string>& rated, Findings& findings) {
  ++findings.envelopes;
  const auto proven = evidence::prove_envelope(transaction, row, data.keys());
  if (auto noted = note(proven, findings); !noted) return noted;
  if (auto checked = check_content(transaction, row, rated, findings); !checked) return checked;
  if (!proven) return {};
  if (!proven->opened) {
    ++findings.erased;
    return {};
  }
  for (const auto& attachment : proven->envelope.attachments) {
    ++findings.blobs;
    if (const auto verified = data.blobs.verify({attachment.sha256, attachment.size}); !verified)
      findings.damages.push_back("envelope " + row.id + ": attachment " + attachment.sha256 + " is " +
                                 base::name_of(verified.error().code));
  }
  return {};
}

Result<void> check_case(const DataFolder& data, store::Transaction& transaction, const store::CaseRow& row,
                        Findings& findings) {
  ++findings.cases;
  const auto proven = evidence::prove_case(transaction, row, data.keys());
  if (!proven) {
    // An envelope that is damaged was told already, as itself.
    const bool is_told = proven.error().detail.starts_with("envelope ");
    return is_told && proven.error().code == base::ErrorCode::corrupt ? Result<void>{} : note(proven, findings);
  }
  return note(evidence::check_search_terms(transaction, *proven, data.keys()), findings);
}

Result<void> check_all(const DataFolder& data, store::Transaction& transaction, Findings& findings) {
  const auto ratings = transaction.ratings().all();
  if (!ratings) return tl::unexpected(ratings.error());
  const auto count = transaction.envelopes().count();
  if (!count) return tl::unexpected(count.error());
  Progress progress("envelopes, cases and ratings checked", 2 * *count);  // each envelope brought one
  std::set<std::string> rated;
  for (const auto& row : *ratings) {
    rated.insert(row.envelope);
    ++findings.ratings;
    progress.step();
    const auto proven = evidence::prove_rating(transaction, row, data.keys());
    const bool is_told = !proven && proven.error().detail.starts_with("envelope ");
    if (is_told && proven.error().code == base::ErrorCode::corrupt) continue;
    if (auto noted = note(proven, findings); !noted) return noted;
  }
  const auto envelopes = transaction.envelopes().each([&](const store::EnvelopeRow& row) {
    progress.step();
    return check_envelope(data, transaction, row, rated, findings);
  });
  if (!envelopes) return envelopes;
  return transaction.cases().each([&](const store::CaseRow& row) {
    progress.step();
    return check_case(data, transaction, row, findings);
  });
}

/// Of a backup, against its list.
Result<std::vector<std::string>> manifest_damage(const std::filesystem::path& folder) {
  if (!backup::is_backup(folder)) return std::vector<std::string>{};
  const auto key = envelope::SigningKey::load(folder / "keys" / "receipt.key");
  if (!key) return tl::unexpected(key.error());
  return backup::damage_of_backup(folder, key->public_key());
}

/// Which service it is, and whether it was restored and may have forgotten something.
Result<void> print_generation(const DataFolder& data) {
  std::optional<std::string> generation, since;
  const auto read = data.store->read([&](store::Transaction& transaction) -> Result<void> {
    auto& facts = transaction.service_facts();
    auto named = facts.find(watermark::kGenerationFact);
    if (!named) return tl::unexpected(named.error());
    auto recovering = facts.find(watermark::kRecoveringFact);
    if (!recovering) return tl::unexpected(recovering.error());
    generation = std::move(*named);
    since = std::move(*recovering);
    return {};
  });
  if (!read) return read;
  if (generation) std::cout << "generation " << *generation << "\n";
  if (since && !since->empty())
    std::cout << "restored   " << *since << ": recovering, what came after its backup may still be missing\n";
  return {};
}

}  // namespace

Exit verify_store(const Arguments& arguments) {
  const auto listed = manifest_damage(*arguments.data);  // before the database is opened
  if (!listed) return complain(listed.error());
  if (!listed->empty()) {
    for (const auto& line : *listed) std::cout << "damage  backup: " << line << "\n";
    std::cout << "damaged    " << listed->size() << "\n";
    return Exit::failed;
  }
  auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return complain(data.error());
  Findings findings;
  const auto read = data->store->read([&](store::Transaction& transaction) {
    findings = {};
    return check_all(*data, transaction, findings);
  });
  if (!read) return complain(Exit::store, read.error().detail);
  const auto broken = database_damage(arguments);
  if (!broken) return complain(broken.error());
  for (const auto& damage : *broken) findings.damages.push_back("database: " + damage);
  const auto forgotten = forgotten_by(*data);
  if (!forgotten) return complain(forgotten.error());
  for (const auto& line : *forgotten) findings.damages.push_back("forgotten: " + line);
  for (const auto& damage : findings.damages) std::cout << "damage  " << damage << "\n";
  std::cout << "envelopes  " << findings.envelopes << "\ncases      " << findings.cases << "\nratings    "
            << findings.ratings << "\nblobs      " << findings.blobs << "\nerased     " << findings.erased
            << "\ndamaged    " << findings.damages.size() << "\n";
  if (const auto told = print_generation(*data); !told) return complain(told.error());
  return findings.damages.empty() ? Exit::ok : Exit::failed;
}

}  // namespace bangwu::commands
