#include "recovery/recovery.h"

#include <algorithm>

#include "base/log.h"
#include "cases/case_file.h"
#include "json/text.h"
#include "watermark/watermark.h"

namespace bangwu::recovery {
namespace {

using base::Result;
using watermark::kGenerationFact;
using watermark::kRecoveringFact;

constexpr const char* kSettledFact = "settled";        ///< by kiosk, JSON
constexpr const char* kCaughtUpFact = "caught_up_of";  ///< kiosks that gave again what they had, JSON

Result<std::string> fact(store::Transaction& transaction, const char* name) {
  auto found = transaction.service_facts().find(name);
  if (!found) return tl::unexpected(found.error());
  return found->value_or("");
}

json::Value parsed(const std::string& text) { return json::parse(text).value_or(json::Value::object()); }

bool is_ours(const Told& told, const std::string& kiosk, const envelope::VerifyKey& key) {
  const auto& receipt = told.last_receipt;
  return receipt && receipt->kiosk == kiosk &&
         envelope::proves_delivery(*receipt, receipt->envelope, receipt->manifest_hash, key);
}

Result<Known> look(store::Transaction& transaction, const std::string& kiosk, const Told& told, bool& has_forgotten) {
  Known known;
  const auto generation = fact(transaction, kGenerationFact), recovering = fact(transaction, kRecoveringFact),
             settled = fact(transaction, kSettledFact);
  for (const auto* read : {&generation, &recovering, &settled}) {
    if (!*read) return tl::unexpected(read->error());
  }
  known.generation = *generation;
  known.is_recovering = !recovering->empty();
  const json::Value by_kiosk = parsed(*settled);
  if (const json::Value* found = by_kiosk.find(kiosk)) known.settled = found->natural().value_or(0);
  const auto extent = transaction.envelopes().extent_of(kiosk);
  if (!extent) return tl::unexpected(extent.error());
  known.highest = std::max(extent->highest, told.last_receipt ? told.last_receipt->sequence : 0);
  if (!told.last_receipt) return known;
  const auto has = transaction.envelopes().has(base::to_string(told.last_receipt->envelope));
  if (!has) return tl::unexpected(has.error());
  has_forgotten = !*has;
  if (extent->unbroken < told.last_receipt->sequence && (has_forgotten || known.is_recovering))
    known.wanted_from = extent->unbroken + 1;
  return known;
}

/// An older copy of itself, noticed only now.
Result<void> begin_generation(store::Transaction& transaction, Known& known, const std::string& generation,
                              base::SystemTime now) {
  if (auto put = transaction.service_facts().put(kGenerationFact, generation); !put) return put;
  if (auto put = transaction.service_facts().put(kRecoveringFact, base::to_rfc3339(now)); !put) return put;
  if (auto put = transaction.service_facts().put(kCaughtUpFact, "{}"); !put) return put;
  known.generation = generation;
  known.is_recovering = true;
  return cases::leave_out_numbers(transaction, now);
}

/// Ends the recovery once the last kiosk has given what it had.
Result<void> note_caught_up(store::Transaction& transaction, const std::string& kiosk, Known& known) {
  const auto noted = fact(transaction, kCaughtUpFact);
  if (!noted) return tl::unexpected(noted.error());
  json::Value kiosks = parsed(*noted);
  kiosks[kiosk] = known.generation;
  if (auto put = transaction.service_facts().put(kCaughtUpFact, json::write(kiosks)); !put) return put;
  const auto all = transaction.kiosks().all();
  if (!all) return tl::unexpected(all.error());
  const bool are_all_through = std::all_of(all->begin(), all->end(), [&](const store::KioskRow& row) {
    const std::string* generation = kiosks.text_of(row.id);
    return row.revoked_at || (generation != nullptr && *generation == known.generation);
  });
  if (!are_all_through) return {};
  known.is_recovering = false;
  return transaction.service_facts().put(kRecoveringFact, "");
}

}  // namespace

Result<Known> meet(store::Store& store, const std::string& kiosk, const Told& given,
                   const envelope::VerifyKey& receipt_key, base::SystemTime now, base::Random& random,
                   const NewGeneration& begun) {
  const Told told = is_ours(given, kiosk, receipt_key) ? given : Told{};
  Known known;
  bool has_forgotten = false;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = look(transaction, kiosk, told, has_forgotten);
    if (!found) return tl::unexpected(found.error());
    known = std::move(*found);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  if (!known.is_recovering && !has_forgotten) return known;
  const std::string next = base::to_string(base::make_uuid_v7(now, random));
  bool is_new = false, was_recovering = false;
  const auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    auto found = look(transaction, kiosk, told, has_forgotten);
    if (!found) return tl::unexpected(found.error());
    known = std::move(*found);
    was_recovering = known.is_recovering;
    is_new = has_forgotten && !known.is_recovering;
    if (is_new) return begin_generation(transaction, known, next, now);
    return known.is_recovering && !known.wanted_from ? note_caught_up(transaction, kiosk, known) : Result<void>{};
  });
  if (!written) return tl::unexpected(written.error());
  if (is_new) {
    base::log(base::LogLevel::error, "recovery.begun", {{"kiosk", kiosk}, {"generation", known.generation}});
    begun(known.generation);
  }
  if (was_recovering && !known.is_recovering)
    base::log(base::LogLevel::warning, "recovery.ended", {{"generation", known.generation}});
  return known;
}

Result<bool> is_recovering(store::Store& store) {
  bool answer = false;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    const auto since = fact(transaction, kRecoveringFact);
    if (!since) return tl::unexpected(since.error());
    answer = !since->empty();
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return answer;
}

Result<void> note_backup(store::Store& store, const std::map<std::string, std::uint64_t>& unbroken) {
  return store.write([&](store::Transaction& transaction) {
    return transaction.service_facts().put(kSettledFact, json::write(unbroken));
  });
}

}  // namespace bangwu::recovery
