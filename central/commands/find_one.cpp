#include "commands/find_one.h"

#include <vector>

namespace bangwu::commands {

using base::ErrorCode;
using base::fail;

base::Result<FoundCase> find_one(const DataFolder& data, const std::string& typed_number) {
  std::vector<evidence::ProvenCase> found;
  bool is_misdated = false;
  const auto read = data.store->read([&](store::Transaction& transaction) -> base::Result<void> {
    auto cases = evidence::find_cases(transaction, typed_number, data.keys());
    if (!cases) return tl::unexpected(cases.error());
    found = std::move(*cases);
    if (found.empty()) return {};
    const auto misdated = transaction.envelopes().is_misdated(found[0].file.row.envelope);
    if (!misdated) return tl::unexpected(misdated.error());
    is_misdated = *misdated;
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  if (found.empty()) return fail(ErrorCode::not_found, "there is no case " + typed_number);
  if (found.size() > 1) {
    std::string numbers;
    for (const auto& each : found) numbers += " " + each.file.row.number;
    return fail(ErrorCode::conflict, "several cases have this number: name one of" + numbers);
  }
  if (!found[0].source.opened)
    return fail(ErrorCode::unsupported, found[0].file.row.number + ": the applicant's data were erased");
  return FoundCase{.proven = std::move(found[0]), .is_misdated = is_misdated};
}

Exit complain_of(const base::Error& error) {
  if (error.code == ErrorCode::corrupt)
    return complain(Exit::failed, "what is stored is not what was signed, and is not shown: " + error.detail +
                                      ": run bangwu-central verify, and restore from a backup");
  const bool is_about_the_case =
      error.code == ErrorCode::not_found || error.code == ErrorCode::conflict || error.code == ErrorCode::unsupported;
  return complain(is_about_the_case ? Exit::failed : Exit::store, error.detail);
}

}  // namespace bangwu::commands
