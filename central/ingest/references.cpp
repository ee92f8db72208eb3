#include "ingest/references.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <unordered_set>

#include "envelope/envelope.h"

namespace bangwu::ingest {
namespace {

using base::Result;

/// Of one kiosk: more than it may have uploaded without an envelope for it.
constexpr std::size_t kLatest = 4000;

/// A quarter of a hash: of two blobs that share it both are kept.
std::uint64_t short_name(std::string_view sha256) {
  return std::stoull(std::string(sha256.substr(0, 16)), nullptr, 16);
}

}  // namespace

Result<std::vector<std::string>> referred_by_kiosk(store::Store& store, std::string_view kiosk,
                                                   const std::vector<std::string>& names) {
  std::unordered_set<std::string> asked, found;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    asked = {names.begin(), names.end()};
    found.clear();
    return transaction.envelopes().latest_wires(kiosk, kLatest, [&](const std::string& wire) -> Result<void> {
      const auto envelope = envelope::stored_envelope_from_json(wire);
      if (!envelope) return tl::unexpected(envelope.error());
      for (const auto& attachment : envelope->attachments) {
        if (asked.contains(attachment.sha256)) found.insert(attachment.sha256);
      }
      return {};
    });
  });
  if (!read) return tl::unexpected(read.error());
  return std::vector<std::string>(found.begin(), found.end());
}

Result<std::size_t> collect_unreferenced(store::Store& store, const blobs::BlobStore& blobs, base::SystemTime now,
                                         std::chrono::milliseconds grace, const std::stop_token& stop) {
  std::vector<std::uint64_t> referred;
  std::optional<base::SystemTime> latest;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    referred.clear();
    auto found = transaction.envelopes().latest_arrival();
    if (!found) return tl::unexpected(found.error());
    latest = *found;
    return transaction.envelopes().each([&](const store::EnvelopeRow& row) -> Result<void> {
      if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "asked to stop");
      const auto envelope = envelope::stored_envelope_from_json(row.wire);
      // Whose references cannot be read refers to anything: nothing is removed until that is mended.
      if (!envelope) return base::fail(base::ErrorCode::corrupt, "envelope " + row.id + " does not read");
      for (const auto& attachment : envelope->attachments) referred.push_back(short_name(attachment.sha256));
      return {};
    });
  });
  if (!read) return tl::unexpected(read.error());
  if (!latest) return 0;  // without any envelope nothing tells what time it is, nor whose the blobs are
  const base::SystemTime untouched_since = std::min(now, *latest) - grace;
  std::sort(referred.begin(), referred.end());
  const auto wanted = [&](const std::vector<std::string>& names) -> Result<std::vector<std::string>> {
    std::vector<std::string> kept;
    std::copy_if(names.begin(), names.end(), std::back_inserter(kept), [&](const std::string& name) {
      return std::binary_search(referred.begin(), referred.end(), short_name(name));
    });
    return kept;
  };
  return blobs.collect(untouched_since, wanted, stop);
}

}  // namespace bangwu::ingest
