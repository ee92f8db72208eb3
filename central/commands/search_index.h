#pragma once
#include <filesystem>

#include "base/result.h"
#include "envelope/keys.h"
#include "store/store.h"

namespace bangwu::commands {

/// The key of the search hashes, from DATA/keys/search.key. A folder that has none yet — a new one, or one of a version
/// that kept bodies in plain — gets one, and every case its hashes, in one transaction. `not_found` or `corrupt` if
/// hashes were made with a key that is not there any more: restore it from the backup.
[[nodiscard]] base::Result<envelope::SearchKey> open_search_index(const std::filesystem::path& key_file,
                                                                  store::Store& store,
                                                                  const envelope::UnsealingKey& unsealing_key);

}  // namespace bangwu::commands
