#include "central/support/version_1.h"

#include <sqlite3.h>

#include <stdexcept>

#include "support/files.h"

namespace bangwu::support {

void lay_out_version_1(const std::filesystem::path& data) {
  namespace fs = std::filesystem;
  const fs::path kept = BANGWU_VERSION_1;
  fs::create_directories(data);
  for (const char* folder : {"keys", "blobs"}) fs::copy(kept / folder, data / folder, fs::copy_options::recursive);
  for (const auto& key : fs::directory_iterator(data / "keys"))
    fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
  sqlite3* database = nullptr;
  sqlite3_open((data / "central.db").c_str(), &database);
  const std::string dump = read_file(kept / "central.sql");
  const int code = sqlite3_exec(database, "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr) +
                   sqlite3_exec(database, dump.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(database);
  if (code != SQLITE_OK || dump.empty()) throw std::runtime_error("the database of version 1 cannot be laid out");
}

}  // namespace bangwu::support
