#include "bench/outbox/bare_disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "base/file.h"

namespace bangwu::bench {
namespace {

[[noreturn]] void give_up(const std::string& why) { throw std::runtime_error("bare disk: " + why); }

void execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(database));
}

}  // namespace

BareDisk::BareDisk(const std::filesystem::path& directory) : directory_(directory) {
  std::filesystem::create_directories(directory);
  sqlite3* opened = nullptr;
  if (sqlite3_open((directory / "rows.db").c_str(), &opened) != SQLITE_OK) give_up("no database");
  database_.reset(opened);
  execute(opened, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (first INTEGER PRIMARY KEY)");
}

void BareDisk::store(std::span<const std::span<const std::uint8_t>> files) {
  const std::uint64_t first = next_;
  std::vector<base::FileHandle> handles;
  for (const auto& bytes : files) {
    const auto path = directory_ / std::to_string(next_++);
    handles.emplace_back(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!handles.back().is_open() || !base::write_all(handles.back().get(), bytes, path)) give_up("no file");
    // Without this start the same syncs take a third longer: the rival gets it too.
    ::sync_file_range(handles.back().get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  }
  for (const auto& handle : handles) {
    if (::fsync(handle.get()) != 0) give_up("fsync");
  }
  if (!base::sync_directory(directory_)) give_up("fsync of the folder");
  execute(database_.get(), ("INSERT INTO rows VALUES (" + std::to_string(first) + ")").c_str());
}

}  // namespace bangwu::bench
