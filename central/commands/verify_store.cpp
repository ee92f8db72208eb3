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

  void add(Findings more) {
    envelopes += more.envelopes;
    cases += more.cases;
    ratings += more.ratings;
    blobs += more.blobs;
    erased += more.erased;
    std::move(more.damages.begin(), more.damages.end(), std::back_inserter(damages));
  }
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
Result<void> check_content(store::Transaction& transaction, const store::EnvelopeRow& row, Findings& findings) {
  bool is_there = false;
  if (row.kind == "rating") {
    const auto found = transaction.ratings().has(row.id);
    if (!found) return tl::unexpected(found.error());
    is_there = *found;
  } else {
    const auto found = transaction.cases().of_envelope(row.id);
    if (!found) return tl::unexpected(found.error());
    is_there = found->has_value();
  }
  if (!is_there) findings.damages.push_back("envelope " + row.id + ": its case or rating is missing");
  return {};
}

/// The blobs are all there, and known as the envelope's: else they could be collected.
Result<void> check_blobs(const DataFolder& data, store::Transaction& transaction,
                         const evidence::ProvenEnvelope& proven, Findings& findings) {
  const std::string name = "envelope " + proven.row.id + ": ";
  const auto known = transaction.attachments().of_envelope(proven.row.id);
  if (!known) return tl::unexpected(known.error());
  std::set<std::string> attached, referred;
  for (const auto& attachment : proven.envelope.attachments) attached.insert(attachment.sha256);
  for (const auto& blob : *known) referred.insert(blob.sha256);
  if (attached != referred) findings.damages.push_back(name + "its list of attachments is not what it was signed with");
  if (!proven.opened) return {};
  for (const auto& attachment : proven.envelope.attachments) {
    ++findings.blobs;
    if (const auto verified = data.blobs.verify({attachment.sha256, attachment.size}); !verified)
      findings.damages.push_back(name + "attachment " + attachment.sha256 + " is " +
                                 base::name_of(verified.error().code));
  }
  return {};
}

Result<void> check_envelope(const DataFolder& data, store::Transaction& transaction, const store::EnvelopeRow& row,
                            Findings& findings) {
  ++findings.envelopes;
  const auto proven = evidence::prove_envelope(transaction, row, data.keys());
  if (auto noted = note(proven, findings); !noted) return noted;
  if (auto checked = check_content(transaction, row, findings); !checked) return checked;
  if (!proven) return {};
  if (!proven->opened) ++findings.erased;
  return check_blobs(data, transaction, *proven, findings);
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

Result<void> check_rating(const DataFolder& data, store::Transaction& transaction, const store::RatingRow& row,
                          Findings& findings) {
  ++findings.ratings;
  const auto proven = evidence::prove_rating(transaction, row, data.keys());
  const bool is_told = !proven && proven.error().detail.starts_with("envelope ");
  if (is_told && proven.error().code == base::ErrorCode::corrupt) return {};
  return note(proven, findings);
}

constexpr std::size_t kPage = 100;

/// A page of rows at a time, each page in a transaction of its own: a long look holds nobody up, and no statement of it
/// is long. What belongs together was stored together, so that every page is whole by itself; what comes meanwhile may
/// be looked at or not. `after` gives the rows behind a key, `key` is the row's member that it goes by.
template <class Row>
Result<void> check_each(const DataFolder& data, Progress& progress, Findings& findings, std::string Row::*key,
                        Result<std::vector<Row>> (*after)(store::Transaction&, const std::string& last),
                        Result<void> (*check)(const DataFolder&, store::Transaction&, const Row&, Findings&)) {
  std::string last;
  std::size_t seen = 0;
  do {
    Findings found;
    std::string reached;
    const auto read = data.store->read([&](store::Transaction& transaction) -> Result<void> {
      found = {};
      const auto rows = after(transaction, last);
      if (!rows) return tl::unexpected(rows.error());
      for (const auto& row : *rows) {
        if (auto checked = check(data, transaction, row, found); !checked) return checked;
      }
      seen = rows->size();
      reached = rows->empty() ? last : rows->back().*key;
      return {};
    });
    if (!read) return read;
    findings.add(std::move(found));
    for (std::size_t i = 0; i < seen; ++i) progress.step();
    last = std::move(reached);
  } while (seen == kPage);
  return {};
}

Result<std::uint64_t> count_envelopes(const DataFolder& data) {
  std::uint64_t count = 0;
  const auto read = data.store->read([&](store::Transaction& transaction) -> Result<void> {
    const auto counted = transaction.envelopes().count();
    if (!counted) return tl::unexpected(counted.error());
    count = *counted;
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return count;
}

Result<void> check_all(const DataFolder& data, Findings& findings) {
  const auto count = count_envelopes(data);
  if (!count) return tl::unexpected(count.error());
  Progress progress("envelopes, cases and ratings checked", 2 * *count);  // each envelope brought one
  auto done = check_each<store::RatingRow>(
      data, progress, findings, &store::RatingRow::envelope,
      [](store::Transaction& transaction, const std::string& last) { return transaction.ratings().after(last, kPage); },
      check_rating);
  if (!done) return done;
  done = check_each<store::EnvelopeRow>(
      data, progress, findings, &store::EnvelopeRow::id,
      [](store::Transaction& transaction, const std::string& last) {
        return transaction.envelopes().after(last, kPage);
      },
      check_envelope);
  if (!done) return done;
  return check_each<store::CaseRow>(
      data, progress, findings, &store::CaseRow::number,
      [](store::Transaction& transaction, const std::string& last) { return transaction.cases().after(last, kPage); },
      check_case);
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
  if (const auto checked = check_all(*data, findings); !checked) return complain(Exit::store, checked.error().detail);
  Progress progress("pages of the database read", 0);
  const auto broken = database_damage(arguments, [&] { progress.step(); });
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
