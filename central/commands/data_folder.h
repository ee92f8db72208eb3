#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "envelope/keys.h"
#include "evidence/evidence.h"
#include "store/store.h"

namespace bangwu::commands {

/// Everything the central service keeps, open:
///   central.db  keys/{unsealing,receipt,search}.key  blobs/  uploads/  tls/  library/  port  serve.lock
struct DataFolder {
  std::filesystem::path path;
  std::unique_ptr<store::Store> store;
  blobs::BlobStore blobs;
  envelope::UnsealingKey unsealing_key;
  envelope::SigningKey receipt_key;
  envelope::SearchKey search_key;

  [[nodiscard]] evidence::Keys keys() const { return {unsealing_key, receipt_key.public_key(), search_key}; }
};

/// Opens the folder (mode 0700). With OpenMode::create it is made, and the keys with it, durably and before the
/// database; keys that are missing beside a database are never made anew: what kiosks sealed could not be opened.
[[nodiscard]] base::Result<DataFolder> open_data_folder(const std::filesystem::path& path, store::OpenMode mode);

/// Held by the one serve of a folder; `busy` if another has it. Ends with the process, however that ends.
[[nodiscard]] base::Result<base::FileHandle> lock_for_serving(const std::filesystem::path& path);

}  // namespace bangwu::commands
