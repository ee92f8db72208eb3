#include "ingest/references.h"

#include <algorithm>

namespace bangwu::ingest {
namespace {

using base::Result;

/// Whose references cannot be read refers to anything: nothing is removed until that is mended.
Result<void> are_references_known(store::Transaction& transaction) {
  const auto are_known = transaction.attachments().are_all_known();
  if (!are_known) return tl::unexpected(are_known.error());
  if (*are_known) return {};
  return base::fail(base::ErrorCode::corrupt,
                    "an envelope does not read, and may refer to any blob: bangwu-central verify names it");
}

}  // namespace

Result<std::vector<std::string>> referred_by_kiosk(store::Store& store, std::string_view kiosk,
                                                   const std::vector<std::string>& names) {
  std::vector<std::string> referred;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = transaction.attachments().referred(names, kiosk);
    if (!found) return tl::unexpected(found.error());
    referred = std::move(*found);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return referred;
}

Result<std::size_t> collect_unreferenced(store::Store& store, const blobs::BlobStore& blobs, base::SystemTime now,
                                         std::chrono::milliseconds grace, const std::stop_token& stop) {
  std::optional<base::SystemTime> latest;
  const auto looked = store.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = transaction.envelopes().latest_arrival();
    if (!found) return tl::unexpected(found.error());
    latest = *found;
    return are_references_known(transaction);
  });
  if (!looked) return tl::unexpected(looked.error());
  if (!latest) return 0;  // without any envelope nothing tells what time it is, nor whose the blobs are
  const auto wanted = [&](const std::vector<std::string>& names) -> Result<std::vector<std::string>> {
    std::vector<std::string> kept;
    const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
      auto found = transaction.attachments().referred(names);
      if (!found) return tl::unexpected(found.error());
      kept = std::move(*found);
      return {};
    });
    if (!read) return tl::unexpected(read.error());
    return kept;
  };
  return blobs.collect(std::min(now, *latest) - grace, wanted, stop);
}

}  // namespace bangwu::ingest
