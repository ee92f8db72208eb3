#include "commands/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "commands/search_index.h"

namespace bangwu::commands {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
namespace fs = std::filesystem;

enum class WhenMissing { make, refuse };

/// Loads the key; made at the first start. Another process may make it at the same time: then that one counts.
template <class Key>
Result<Key> load_or_make(const fs::path& path, WhenMissing when_missing) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) return Key::load(path);
  if (when_missing == WhenMissing::refuse) {
    return fail(ErrorCode::not_found, path.string() +
                                          " is missing though there is a database: restore it from the backup; "
                                          "without it nothing that kiosks sealed can be opened");
  }
  Key key = Key::make();
  if (const auto saved = key.save(path); !saved) return Key::load(path);
  return key;
}

}  // namespace

Result<DataFolder> open_data_folder(const fs::path& path, store::OpenMode mode) {
  std::error_code ignored;
  const fs::path database = path / "central.db";
  const bool is_new = !fs::exists(database, ignored);
  if (is_new && mode == store::OpenMode::existing) {
    return fail(ErrorCode::not_found,
                "there is no database in " + path.string() + ": give the folder that serve --data names");
  }
  if (auto made = base::make_directory_durably(path / "keys"); !made) return tl::unexpected(made.error());
  const auto when_missing = is_new ? WhenMissing::make : WhenMissing::refuse;
  auto unsealing_key = load_or_make<envelope::UnsealingKey>(path / "keys" / "unsealing.key", when_missing);
  if (!unsealing_key) return tl::unexpected(unsealing_key.error());
  auto receipt_key = load_or_make<envelope::SigningKey>(path / "keys" / "receipt.key", when_missing);
  if (!receipt_key) return tl::unexpected(receipt_key.error());
  auto blobs = blobs::BlobStore::open(path / "blobs");
  if (!blobs) return tl::unexpected(blobs.error());
  auto store = store::open_sqlite_store(database, mode);
  if (!store) return tl::unexpected(store.error());
  auto search_key = open_search_index(path / "keys" / "search.key", **store, *unsealing_key);
  if (!search_key) return tl::unexpected(search_key.error());
  return DataFolder{path,
                    std::move(*store),
                    std::move(*blobs),
                    std::move(*unsealing_key),
                    std::move(*receipt_key),
                    std::move(*search_key)};
}

Result<base::FileHandle> lock_for_serving(const fs::path& path) {
  if (auto made = base::make_directory_durably(path); !made) return tl::unexpected(made.error());
  const fs::path file = path / "serve.lock";
  base::FileHandle handle{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!handle.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", file));
  if (::flock(handle.get(), LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::busy, "another bangwu-central serves " + path.string() + ": end it first");
  }
  return handle;
}

}  // namespace bangwu::commands
