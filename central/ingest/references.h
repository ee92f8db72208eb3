#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "store/store.h"

namespace bangwu::ingest {

/// Of these blobs those that the kiosk's latest envelopes refer to: what it uploaded and then used. Reads some thousand
/// envelopes; for when a kiosk has come to the end of what it may leave lying about.
[[nodiscard]] base::Result<std::vector<std::string>> referred_by_kiosk(store::Store& store, std::string_view kiosk,
                                                                       const std::vector<std::string>& names);

/// Removes blobs that no envelope refers to and that nobody made, touched or was told to have since `untouched_since`.
/// Reads every envelope (eight bytes of memory for each attachment). Safe beside ingest in any process: who takes an
/// envelope in holds the blob store and touches its blobs first, so `untouched_since` need only lie further back than
/// one ingest takes. Returns how many were removed.
[[nodiscard]] base::Result<std::size_t> collect_unreferenced(store::Store& store, const blobs::BlobStore& blobs,
                                                             base::SystemTime untouched_since);

}  // namespace bangwu::ingest
