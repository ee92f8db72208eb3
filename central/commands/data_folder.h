#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "commands/arguments.h"
#include "envelope/keys.h"
#include "evidence/evidence.h"
#include "store/integrity.h"
#include "store/store.h"

namespace bangwu::commands {

/// Everything the central service keeps, open:
///   central.db (unless on PostgreSQL)  keys/{unsealing,receipt,search}.key  blobs/  uploads/  tls/  library/  port
///   serve.lock  watermark.json
struct DataFolder {
  std::filesystem::path path;
  std::unique_ptr<store::Store> store;
  blobs::BlobStore blobs;
  envelope::UnsealingKey unsealing_key;
  envelope::SigningKey receipt_key;
  envelope::SearchKey search_key;

  [[nodiscard]] evidence::Keys keys() const { return {unsealing_key, receipt_key.public_key(), search_key}; }
};

/// Opens the folder --data names (mode 0700) and its database: the one that --config names, or central.db. With
/// OpenMode::create both are made, and behind them the keys, durably. Keys that are missing beside a database with
/// something in it are never made anew: what kiosks sealed could not be opened. A database that is missing beside keys
/// is not either: `not_found`, and a person decides. `invalid_input` for wrong settings.
[[nodiscard]] base::Result<DataFolder> open_data_folder(const Arguments& arguments, store::OpenMode mode);

/// The connection string that --config names for PostgreSQL; empty for central.db in the data folder.
[[nodiscard]] base::Result<std::string> database_of(const Arguments& arguments);

/// What is damaged in the database's own structures, a line each.
[[nodiscard]] base::Result<std::vector<std::string>> database_damage(const Arguments& arguments,
                                                                     const store::LookedOn& looked_on = {});

/// Held by the one serve of a folder; `busy` if another has it. Ends with the process, however that ends.
[[nodiscard]] base::Result<base::FileHandle> lock_for_serving(const std::filesystem::path& path);

}  // namespace bangwu::commands
