#include "commands/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "commands/search_index.h"
#include "settings/settings.h"

namespace bangwu::commands {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
namespace fs = std::filesystem;

constexpr const char* kUnsealingKey = "unsealing.key";
constexpr const char* kReceiptKey = "receipt.key";
constexpr const char* kKeysFact = "keys";  ///< in the database once they are on the disk

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

/// Keys are made behind the database: where they are there was one, and a new one in its place would have forgotten all
/// that was acknowledged.
Result<std::unique_ptr<store::Store>> open_store(const fs::path& path, const std::string& database,
                                                 store::OpenMode mode) {
  std::error_code ignored;
  const bool has_keys =
      fs::exists(path / "keys" / kUnsealingKey, ignored) || fs::exists(path / "keys" / kReceiptKey, ignored);
  if (has_keys) mode = store::OpenMode::existing;
  auto store = database.empty() ? store::open_sqlite_store(path / "central.db", mode)
                                : store::open_postgres_store(database, mode);
  if (store || store.error().code != ErrorCode::not_found) return store;
  if (!has_keys) {
    return fail(ErrorCode::not_found,
                "there is no database in " + path.string() + ": give the folder that serve --data names");
  }
  return fail(ErrorCode::not_found,
              path.string() +
                  " has keys but its database is missing: restore it from the backup, or give --config if "
                  "it is on PostgreSQL (" +
                  store.error().detail + ")");
}

/// A database that nothing came to yet, and that never had its keys, may get them.
Result<WhenMissing> keys_when_missing(store::Store& store, store::OpenMode mode) {
  if (mode == store::OpenMode::existing) return WhenMissing::refuse;
  bool is_empty = false;
  const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
    const auto had_keys = transaction.service_facts().find(kKeysFact);
    if (!had_keys) return tl::unexpected(had_keys.error());
    is_empty = false;
    if (*had_keys) return {};
    const auto kiosks = transaction.kiosks().all();
    if (!kiosks) return tl::unexpected(kiosks.error());
    const auto has_envelopes = transaction.envelopes().has_any();
    if (!has_envelopes) return tl::unexpected(has_envelopes.error());
    is_empty = kiosks->empty() && !*has_envelopes;
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return is_empty ? WhenMissing::make : WhenMissing::refuse;
}

Result<void> remember_keys(store::Store& store, WhenMissing when_missing) {
  if (when_missing == WhenMissing::refuse) return {};
  return store.write(
      [](store::Transaction& transaction) { return transaction.service_facts().put(kKeysFact, "made"); });
}

}  // namespace

Result<std::string> database_of(const Arguments& arguments) {
  if (!arguments.config) return std::string();
  auto settings = settings::read_settings(*arguments.config);
  if (!settings) return tl::unexpected(settings.error());
  return std::move(settings->store.database);
}

Result<DataFolder> open_data_folder(const Arguments& arguments, store::OpenMode mode) {
  const fs::path& path = *arguments.data;
  const auto database = database_of(arguments);
  if (!database) return tl::unexpected(database.error());
  if (mode == store::OpenMode::create) {
    if (auto made = base::make_directory_durably(path / "keys"); !made) return tl::unexpected(made.error());
  }
  auto store = open_store(path, *database, mode);
  if (!store) return tl::unexpected(store.error());
  const auto when_missing = keys_when_missing(**store, mode);
  if (!when_missing) return tl::unexpected(when_missing.error());
  auto unsealing_key = load_or_make<envelope::UnsealingKey>(path / "keys" / kUnsealingKey, *when_missing);
  if (!unsealing_key) return tl::unexpected(unsealing_key.error());
  auto receipt_key = load_or_make<envelope::SigningKey>(path / "keys" / kReceiptKey, *when_missing);
  if (!receipt_key) return tl::unexpected(receipt_key.error());
  if (auto told = remember_keys(**store, *when_missing); !told) return tl::unexpected(told.error());
  auto blobs = blobs::BlobStore::open(path / "blobs");
  if (!blobs) return tl::unexpected(blobs.error());
  auto search_key = open_search_index(path / "keys" / "search.key", **store, *unsealing_key);
  if (!search_key) return tl::unexpected(search_key.error());
  return DataFolder{path,
                    std::move(*store),
                    std::move(*blobs),
                    std::move(*unsealing_key),
                    std::move(*receipt_key),
                    std::move(*search_key)};
}

Result<std::vector<std::string>> database_damage(const Arguments& arguments, const store::LookedOn& looked_on) {
  const auto database = database_of(arguments);
  if (!database) return tl::unexpected(database.error());
  return database->empty() ? store::damage_of_sqlite(*arguments.data / "central.db")
                           : store::damage_of_postgres(*database, looked_on);
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
