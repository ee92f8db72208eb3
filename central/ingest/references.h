#pragma once
#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "store/store.h"

namespace bangwu::ingest {

/// Of these blobs those that the kiosk's envelopes refer to: what it uploaded and then used.
[[nodiscard]] base::Result<std::vector<std::string>> referred_by_kiosk(store::Store& store, std::string_view kiosk,
                                                                       const std::vector<std::string>& names);

/// Removes blobs that no envelope refers to and that nobody made, touched or was told to have for `grace` before now.
/// Now is the clock's, but no later than the last envelope's arrival: a clock that runs ahead makes nothing old, and a
/// database that is older than the blobs beside it removes none that came after it. Safe beside ingest in any process:
/// who takes an envelope in holds the blob store and touches its blobs first, so `grace` need only be longer than one
/// ingest takes. Asked to stop it is `cancelled` soon. `corrupt`, and nothing is removed, while an envelope of an
/// earlier version does not read: it may refer to anything. Returns how many were removed.
[[nodiscard]] base::Result<std::size_t> collect_unreferenced(store::Store& store, const blobs::BlobStore& blobs,
                                                             base::SystemTime now, std::chrono::milliseconds grace,
                                                             const std::stop_token& stop = {});

}  // namespace bangwu::ingest
