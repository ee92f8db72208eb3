#include "commands/search_index.h"

#include "base/log.h"
#include "cases/search_terms.h"
#include "envelope/provisional_number.h"
#include "ingest/open_envelope.h"

namespace bangwu::commands {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr const char* kFact = "search_key";

/// Tells whether a key is the one the hashes were made with, and nothing else about it.
std::string mark_of(const envelope::SearchKey& key) { return key.hash(kFact, ""); }

Result<void> index_case(store::Transaction& transaction, const store::CaseRow& row, const envelope::SearchKey& key,
                        const envelope::UnsealingKey& unsealing_key) {
  const auto envelope = transaction.envelopes().find(row.envelope);
  if (!envelope) return tl::unexpected(envelope.error());
  if (!*envelope) return {};
  const auto opened = ingest::open_row(**envelope, unsealing_key);
  const auto* application = opened ? std::get_if<domain::Application>(&opened->body) : nullptr;
  if (application == nullptr) {  // damaged: verify tells what
    base::log(base::LogLevel::error, "search.case_not_indexed", {{"envelope", row.envelope}});
    return {};
  }
  auto terms = cases::search_terms(*application, key);
  if (row.provisional_number.empty()) {
    const auto parsed = envelope::stored_envelope_from_json((*envelope)->wire);
    if (parsed) terms.push_back(cases::search_term_of_number(envelope::provisional_number(*parsed), key));
  }
  for (const auto& term : terms) {
    if (auto added = transaction.cases().add_search_key(row.number, term.kind, term.keyed_hash); !added) return added;
  }
  return {};
}

/// Once in a folder's life.
Result<void> index_all(store::Store& store, const envelope::SearchKey& key,
                       const envelope::UnsealingKey& unsealing_key) {
  return store.write([&](store::Transaction& transaction) -> Result<void> {
    const auto made = transaction.service_facts().find(kFact);
    if (!made) return tl::unexpected(made.error());
    if (*made) return {};  // another process was faster
    auto done = transaction.cases().each(
        [&](const store::CaseRow& row) { return index_case(transaction, row, key, unsealing_key); });
    if (!done) return done;
    return transaction.service_facts().put(kFact, mark_of(key));
  });
}

}  // namespace

Result<envelope::SearchKey> open_search_index(const std::filesystem::path& key_file, store::Store& store,
                                              const envelope::UnsealingKey& unsealing_key) {
  std::optional<std::string> mark;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = transaction.service_facts().find(kFact);
    if (!found) return tl::unexpected(found.error());
    mark = std::move(*found);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  std::error_code ignored;
  const bool is_there = std::filesystem::exists(key_file, ignored);
  if (!is_there && mark) {
    return fail(ErrorCode::not_found, key_file.string() +
                                          " is missing though there is a database: restore it from the backup; "
                                          "without it no case can be found by its applicant's numbers");
  }
  if (!is_there) {
    // Another process may make it at the same time: then that one counts.
    if (const auto saved = envelope::SearchKey::make().save(key_file);
        !saved && saved.error().code != ErrorCode::already_exists && !std::filesystem::exists(key_file, ignored))
      return tl::unexpected(saved.error());
  }
  auto key = envelope::SearchKey::load(key_file);
  if (!key) return key;
  if (mark && *mark != mark_of(*key))
    return fail(ErrorCode::corrupt, key_file.string() + " is another key than the database's: restore the right one");
  if (!mark) {
    if (const auto indexed = index_all(store, *key, unsealing_key); !indexed) return tl::unexpected(indexed.error());
  }
  return key;
}

}  // namespace bangwu::commands
