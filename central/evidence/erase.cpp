#include "evidence/erase.h"

#include "envelope/envelope.h"

namespace bangwu::evidence {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<void> erase_within(store::Transaction& transaction, const std::string& id) {
  const auto row = transaction.envelopes().find(id);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "there is no envelope " + id);
  auto envelope = envelope::stored_envelope_from_json((*row)->wire);
  if (!envelope) return fail(ErrorCode::corrupt, "envelope " + id + ": does not read");
  if (auto destroyed = envelope::destroy_key(*envelope); !destroyed) return destroyed;
  return transaction.envelopes().replace_wire(id, envelope::to_json(*envelope));
}

}  // namespace

Result<void> erase_case(store::Store& store, const std::string& case_number) {
  auto erased = store.write([&](store::Transaction& transaction) -> Result<void> {
    const auto row = transaction.cases().by_number(case_number);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return fail(ErrorCode::not_found, "there is no case " + case_number);
    if (auto done = erase_within(transaction, (*row)->envelope); !done) return done;
    return transaction.cases().remove_search_keys(case_number);
  });
  return erased ? store.clear_traces() : erased;
}

Result<void> erase_envelope(store::Store& store, const std::string& id) {
  auto erased = store.write([&](store::Transaction& transaction) { return erase_within(transaction, id); });
  return erased ? store.clear_traces() : erased;
}

}  // namespace bangwu::evidence
