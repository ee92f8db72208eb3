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

constexpr std::size_t kAtOnce = 100;                      // envelopes in memory
constexpr const char* kSettledFact = "settled";           ///< by kiosk, JSON
constexpr const char* kSettledAlsoFact = "settled_also";  ///< by kiosk, JSON: [[first, last], …]
constexpr const char* kLostFact = "lost_for_good";     ///< by kiosk, JSON: the newest envelope that nobody has any more
constexpr const char* kCaughtUpFact = "caught_up_of";  ///< kiosks that gave again what they had, JSON

Result<std::string> fact(store::Transaction& transaction, const char* name) {
  auto found = transaction.service_facts().find(name);
  if (!found) return tl::unexpected(found.error());
  return found->value_or("");
}

json::Value parsed(const std::string& text) { return json::parse(text).value_or(json::Value::object()); }

std::vector<Span> spans_from(const json::Value& array) {
  std::vector<Span> spans;
  for (const auto& span : array.elements()) {
    if (span.elements().size() != 2) continue;
    const auto first = span.elements()[0].natural(), last = span.elements()[1].natural();
    if (first && last) spans.push_back({*first, *last});
  }
  return spans;
}

/// What a fact says of that kiosk; empty: nothing.
std::string of_kiosk(const std::string& by_kiosk, const std::string& kiosk) {
  const auto document = parsed(by_kiosk);
  const std::string* found = document.text_of(kiosk);
  return found == nullptr ? "" : *found;
}

bool is_ours(const Told& told, const std::string& kiosk, const envelope::VerifyKey& key) {
  const auto& receipt = told.last_receipt;
  return receipt && receipt->kiosk == kiosk &&
         envelope::proves_delivery(*receipt, receipt->envelope, receipt->manifest_hash, key);
}

/// Up to which sequence all is so old that a hall without backups lets its kiosks forget it. Where something lacks
/// nothing behind it counts.
Result<std::uint64_t> settled_by_age(store::Transaction& transaction, const std::string& kiosk,
                                     const store::Extent& extent, const Meeting& meeting) {
  if (!meeting.settled_after) return 0;
  const auto young = transaction.envelopes().first_since(kiosk, meeting.now - *meeting.settled_after);
  if (!young) return tl::unexpected(young.error());
  return *young ? std::min(extent.unbroken, **young - 1) : extent.unbroken;
}

Result<Known> look(store::Transaction& transaction, const std::string& kiosk, const Told& told, const Meeting& meeting,
                   bool& has_forgotten) {
  Known known;
  const auto generation = fact(transaction, kGenerationFact), recovering = fact(transaction, kRecoveringFact),
             settled = fact(transaction, kSettledFact), also = fact(transaction, kSettledAlsoFact),
             through = fact(transaction, kCaughtUpFact), lost = fact(transaction, kLostFact);
  for (const auto* read : {&generation, &recovering, &settled, &also, &through, &lost}) {
    if (!*read) return tl::unexpected(read->error());
  }
  known.generation = *generation;
  known.is_recovering = !recovering->empty();
  const json::Value by_kiosk = parsed(*settled), also_by_kiosk = parsed(*also);
  if (const json::Value* found = by_kiosk.find(kiosk)) known.settled = found->natural().value_or(0);
  if (const json::Value* found = also_by_kiosk.find(kiosk)) known.settled_also = spans_from(*found);
  const auto extent = transaction.envelopes().extent_of(kiosk);
  if (!extent) return tl::unexpected(extent.error());
  const auto by_age = settled_by_age(transaction, kiosk, *extent, meeting);
  if (!by_age) return tl::unexpected(by_age.error());
  known.settled = std::max(known.settled, *by_age);
  known.highest = std::max(extent->highest, told.last_receipt ? told.last_receipt->sequence : 0);
  if (!told.last_receipt) return known;
  const std::string newest = base::to_string(told.last_receipt->envelope);
  const auto has = transaction.envelopes().has(newest);
  if (!has) return tl::unexpected(has.error());
  has_forgotten = !*has && of_kiosk(*lost, kiosk) != newest;
  const bool is_through = of_kiosk(*through, kiosk) == known.generation;
  if (extent->unbroken < told.last_receipt->sequence && (has_forgotten || (known.is_recovering && !is_through)))
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

/// The newest that the kiosk's receipts prove, and that it does not have any more: it is not waited for again.
Result<void> note_lost(store::Transaction& transaction, const std::string& kiosk, const envelope::Receipt& receipt) {
  const auto noted = fact(transaction, kLostFact);
  if (!noted) return tl::unexpected(noted.error());
  auto lost = parsed(*noted);
  lost[kiosk] = base::to_string(receipt.envelope);
  base::log(base::LogLevel::error, "recovery.lost_for_good",
            {{"kiosk", kiosk}, {"envelope", base::to_string(receipt.envelope)}, {"case", receipt.case_number}});
  return transaction.service_facts().put(kLostFact, json::write(lost));
}

/// It has looked through what it has. Nothing more is wanted of it.
Result<void> note_all_given(store::Transaction& transaction, const std::string& kiosk, const Told& told,
                            bool has_forgotten, Known& known) {
  if (told.gave_all_of.empty() || told.gave_all_of != known.generation) return {};
  known.wanted_from.reset();
  return has_forgotten ? note_lost(transaction, kiosk, *told.last_receipt) : Result<void>{};
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

/// Requests under way when a machine ends its program may come after the first of its next run.
constexpr std::chrono::seconds kStragglers{30};
constexpr std::chrono::minutes kBetweenNotes{10};

/// What a run's being here now says.
enum class RunIs { known, anew, back };
RunIs judge(const std::vector<store::KioskRunRow>& runs, const std::string& run, base::SystemTime now) {
  if (run.empty() || (!runs.empty() && runs.front().run == run)) return RunIs::known;
  const auto found = std::ranges::find(runs, run, &store::KioskRunRow::run);
  if (found == runs.end()) return RunIs::anew;
  const bool is_straggler = now < runs.front().began_at + kStragglers;
  const bool is_noted = found->returned_at && now < *found->returned_at + kBetweenNotes;
  return is_straggler || is_noted ? RunIs::known : RunIs::back;
}

Result<void> note_run(store::Store& store, const std::string& kiosk, const std::string& run, base::SystemTime now) {
  RunIs seen = RunIs::known;
  const store::Store::Work look_at_runs = [&](store::Transaction& transaction) -> Result<void> {
    const auto runs = transaction.kiosk_runs().of_kiosk(kiosk);
    if (!runs) return tl::unexpected(runs.error());
    seen = judge(*runs, run, now);
    return {};
  };
  if (auto read = store.read(look_at_runs); !read || seen == RunIs::known) return read;
  auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    const auto runs = transaction.kiosk_runs().of_kiosk(kiosk);
    if (!runs) return tl::unexpected(runs.error());
    seen = judge(*runs, run, now);
    if (seen == RunIs::back) return transaction.kiosk_runs().note_return(kiosk, run, now);
    if (seen == RunIs::known) return {};
    return transaction.kiosk_runs().begin(kiosk, run, runs->empty() ? 1 : runs->front().place + 1, now);
  });
  if (written && seen == RunIs::back) {
    base::log(base::LogLevel::error, "kiosk.two_at_work",
              {{"kiosk", kiosk}, {"do", "enrol the copy as a machine of its own: bangwu-kiosk enrol --as-another"}});
  }
  return written;
}

}  // namespace

Result<Known> meet(store::Store& store, const std::string& kiosk, const Told& given, const Meeting& meeting) {
  if (auto noted = note_run(store, kiosk, given.run, meeting.now); !noted) return tl::unexpected(noted.error());
  const Told told = is_ours(given, kiosk, meeting.receipt_key) ? given : Told{};
  Known known;
  bool has_forgotten = false;
  const store::Store::Work compare = [&](store::Transaction& transaction) -> Result<void> {
    auto found = look(transaction, kiosk, told, meeting, has_forgotten);
    if (!found) return tl::unexpected(found.error());
    known = std::move(*found);
    return {};
  };
  if (const auto read = store.read(compare); !read) return tl::unexpected(read.error());
  if (!known.is_recovering && !has_forgotten) return known;
  const std::string next = base::to_string(base::make_uuid_v7(meeting.now, meeting.random));
  bool is_new = false, was_recovering = false;
  const auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    if (auto compared = compare(transaction); !compared) return compared;
    was_recovering = known.is_recovering;
    is_new = has_forgotten && !known.is_recovering;
    if (is_new) return begin_generation(transaction, known, next, meeting.now);
    if (!known.is_recovering) return {};
    if (auto noted = note_all_given(transaction, kiosk, told, has_forgotten, known); !noted) return noted;
    return known.wanted_from ? Result<void>{} : note_caught_up(transaction, kiosk, known);
  });
  if (!written) return tl::unexpected(written.error());
  if (is_new) {
    base::log(base::LogLevel::error, "recovery.begun", {{"kiosk", kiosk}, {"generation", known.generation}});
    meeting.begun(known.generation);
  }
  if (was_recovering && !known.is_recovering)
    base::log(base::LogLevel::warning, "recovery.ended", {{"generation", known.generation}});
  return known;
}

Result<std::optional<std::string>> recovering_since(store::Store& store) {
  std::optional<std::string> since;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = fact(transaction, kRecoveringFact);
    if (!found) return tl::unexpected(found.error());
    since = found->empty() ? std::nullopt : std::optional(std::move(*found));
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return since;
}

Result<bool> is_recovering(store::Store& store) {
  const auto since = recovering_since(store);
  if (!since) return tl::unexpected(since.error());
  return since->has_value();
}

Result<Held> held_in(store::Transaction& transaction) {
  std::map<std::string, std::vector<std::uint64_t>> sequences;
  for (std::string last;;) {
    const auto rows = transaction.envelopes().after(last, kAtOnce);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) break;
    for (const auto& row : *rows) sequences[row.kiosk].push_back(row.sequence);
    last = rows->back().id;
  }
  Held held;
  for (auto& [kiosk, numbers] : sequences) {
    std::sort(numbers.begin(), numbers.end());
    auto& spans = held[kiosk];
    for (const auto sequence : numbers) {
      if (!spans.empty() && sequence <= spans.back().last + 1) spans.back().last = sequence;
      else spans.push_back({sequence, sequence});
    }
  }
  return held;
}

Result<void> note_backup(store::Store& store, const Held& held) {
  auto settled = json::Value::object(), also = json::Value::object();
  for (const auto& [kiosk, spans] : held) {
    for (const auto& span : spans) {
      if (span.first == 1) settled[kiosk] = span.last;
      else also[kiosk].push_back(json::Value::array({span.first, span.last}));
    }
  }
  return store.write([&](store::Transaction& transaction) -> Result<void> {
    if (auto put = transaction.service_facts().put(kSettledFact, json::write(settled)); !put) return put;
    return transaction.service_facts().put(kSettledAlsoFact, json::write(also));
  });
}

}  // namespace bangwu::recovery
