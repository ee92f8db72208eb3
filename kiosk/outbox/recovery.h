#pragma once
#include <cstdint>
#include <filesystem>

#include "base/clock.h"
#include "base/result.h"
#include "blobs/blob_store.h"

namespace bangwu::outbox {

/// What recover() did.
struct Recovered {
  std::int64_t lost = 0;            ///< items that had been promised and are not in the database
  std::size_t pages = 0;            ///< blobs nothing in the database refers to
  std::filesystem::path set_aside;  ///< where those and a database that could not be read were put; empty: nowhere
};

/// For staff, after Outbox::open() said `corrupt`, with the kiosk stopped: goes on with what can be read. Numbers count
/// on from the high-water mark, so that none is given twice. A database that cannot be read is put aside, what can be
/// read of it is taken over, and so are put aside blobs that nothing refers to any more: nothing is removed.
[[nodiscard]] base::Result<Recovered> recover(const std::filesystem::path& directory, const blobs::BlobStore& blobs,
                                              base::SystemTime now);

}  // namespace bangwu::outbox
