#include "backup/copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/sha256.h"
#include "blobs/blob_store.h"
#include "sqlite/connection.h"

namespace bangwu::backup {
namespace {

using base::Result;
namespace fs = std::filesystem;

constexpr const char* kDatabase = "central.db";

Result<void> sync_file(const fs::path& file) {
  const base::FileHandle handle{::open(file.c_str(), O_RDWR | O_CLOEXEC)};
  if (!handle.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", file));
  if (::fsync(handle.get()) != 0) return tl::unexpected(base::error_from_errno(errno, "fsync", file));
  return {};
}

/// VACUUM INTO reads one consistent state, and leaves what it wrote to the system's memory.
Result<void> copy_database(const fs::path& from, const fs::path& to) {
  const sqlite::Settings existing{.name = "database", .missing = sqlite::Missing::refuse};
  {
    auto source = sqlite::Connection::open(from, existing);
    if (!source) return tl::unexpected(source.error());
    const auto copied = source->prepare("VACUUM INTO $1").bind(to.string()).run();
    if (!copied) return tl::unexpected(copied.error());
  }
  if (::chmod(to.c_str(), 0600) != 0) return tl::unexpected(base::error_from_errno(errno, "chmod", to));
  {
    // Puts it into the mode it is used in now, so that who only reads it later changes no byte of it.
    auto copy = sqlite::Connection::open(to, existing);
    if (!copy) return tl::unexpected(copy.error());
    if (auto written = copy->empty_log(); !written) return written;
  }
  return sync_file(to);
}

/// From PostgreSQL or into it: by the store's own rows.
Result<void> copy_rows(const Service& from, const Service& to) {
  const auto source = open_store(from, store::OpenMode::existing);
  if (!source) return tl::unexpected(source.error());
  const auto target = open_store(to, store::OpenMode::create);
  if (!target) return tl::unexpected(target.error());
  return store::copy_store(**source, **target);
}

Result<void> copy_blob(const blobs::BlobStore& from, const blobs::BlobStore& to, const store::BlobRow& blob,
                       Copied& copied) {
  if (to.contains({blob.sha256, blob.size})) return {};
  const auto bytes = from.read(blob.sha256);
  if (!bytes || base::sha256_hex(*bytes) != blob.sha256) {
    ++copied.missing_blobs;
    return {};
  }
  const auto put = to.put(*bytes);
  if (!put) return tl::unexpected(put.error());
  ++copied.blobs;
  return {};
}

Result<Copied> copy_blobs(const Service& from, const Service& to) {
  const auto source = blobs::BlobStore::open(from.folder / "blobs");
  if (!source) return tl::unexpected(source.error());
  const auto target = blobs::BlobStore::open(to.folder / "blobs");
  if (!target) return tl::unexpected(target.error());
  const auto store = open_store(to, store::OpenMode::existing);
  if (!store) return tl::unexpected(store.error());
  Copied copied;
  const auto read = (*store)->read([&](store::Transaction& transaction) -> Result<void> {
    copied = {};
    const auto envelopes = transaction.envelopes().count();
    if (!envelopes) return tl::unexpected(envelopes.error());
    copied.envelopes = *envelopes;
    return transaction.attachments().each(
        [&](const store::BlobRow& blob) { return copy_blob(*source, *target, blob, copied); });
  });
  if (!read) return tl::unexpected(read.error());
  return copied;
}

/// The regular files of a folder that has no folders; one that is not there is nothing to copy.
Result<void> copy_files(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  if (!fs::exists(from, failed)) return {};
  if (auto made = base::make_directory_durably(to); !made) return made;
  for (const auto& entry : fs::directory_iterator(from, failed)) {
    if (!entry.is_regular_file(failed)) continue;
    struct stat status {};
    if (::stat(entry.path().c_str(), &status) != 0)
      return tl::unexpected(base::error_from_errno(errno, "stat", entry.path()));
    const auto bytes = base::read_binary_file(entry.path());
    if (!bytes) return tl::unexpected(bytes.error());
    if (auto done = base::write_file_durably(to / entry.path().filename(), *bytes, status.st_mode & 0777U); !done)
      return done;
  }
  if (failed) return base::fail(base::ErrorCode::io_failed, "list " + from.string() + ": " + failed.message());
  return {};
}

}  // namespace

Result<std::unique_ptr<store::Store>> open_store(const Service& service, store::OpenMode mode) {
  return service.database.empty() ? store::open_sqlite_store(service.folder / kDatabase, mode)
                                  : store::open_postgres_store(service.database, mode);
}

Result<Copied> copy_service(const Service& from, const Service& to) {
  const bool are_files = from.database.empty() && to.database.empty();
  auto rows = are_files ? copy_database(from.folder / kDatabase, to.folder / kDatabase) : copy_rows(from, to);
  if (!rows) return tl::unexpected(rows.error());
  auto copied = copy_blobs(from, to);
  if (!copied) return copied;
  for (const char* folder : {"tls", "keys"}) {
    if (auto done = copy_files(from.folder / folder, to.folder / folder); !done) return tl::unexpected(done.error());
  }
  if (auto synced = base::sync_directory(to.folder); !synced) return tl::unexpected(synced.error());
  return copied;
}

}  // namespace bangwu::backup
