#include "backup/manifest.h"

#include <fcntl.h>

#include <cerrno>

#include "base/encoding.h"
#include "base/file.h"
#include "base/text.h"
#include "blobs/hasher.h"
#include "json/text.h"

namespace bangwu::backup {
namespace {

using base::Result;
using json::Value;
namespace fs = std::filesystem;

std::string signed_bytes(const Value& document) { return "bangwu-backup-v1\n" + json::write(document); }

Result<Value> entry_of(const fs::path& file) {
  const base::FileHandle handle{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  if (!handle.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", file));
  const auto hash = blobs::hash_file(handle, file);
  if (!hash) return tl::unexpected(hash.error());
  return Value{{"sha256", hash->sha256}, {"size", hash->size}};
}

Result<Value> entries_of(const fs::path& folder) {
  Value files = Value::object();
  std::error_code failed;
  for (auto entry = fs::recursive_directory_iterator(folder, failed); entry != fs::recursive_directory_iterator();
       entry.increment(failed)) {
    const fs::path name = entry->path().lexically_relative(folder);
    if (name == "blobs") entry.disable_recursion_pending();
    if (!entry->is_regular_file(failed) || name == kManifest) continue;
    auto described = entry_of(entry->path());
    if (!described) return described;
    files[name.string()] = std::move(*described);
  }
  if (failed) return base::fail(base::ErrorCode::io_failed, "list " + folder.string() + ": " + failed.message());
  return files;
}

/// The manifest, if this key signed it.
std::optional<Value> verified(const std::string& text, const envelope::VerifyKey& key) {
  auto document = json::parse(text).value_or(Value());
  const std::string* signature_text = document.text_of("signature");
  const auto signature =
      signature_text == nullptr ? base::Bytes{} : base::from_base64(*signature_text).value_or(base::Bytes{});
  document.erase("signature");
  if (!envelope::verify(signed_bytes(document), signature, key)) return std::nullopt;
  const Value *version = document.find("backup"), *files = document.find("files");
  if (version == nullptr || *version != Value(1) || files == nullptr || !files->is_object()) return std::nullopt;
  return document;
}

}  // namespace

Result<void> write_manifest(const fs::path& folder, base::SystemTime made_at, const envelope::SigningKey& receipt_key) {
  auto files = entries_of(folder);
  if (!files) return tl::unexpected(files.error());
  Value document{{"backup", 1}, {"made_at", base::to_rfc3339(made_at)}, {"files", std::move(*files)}};
  document["signature"] = base::to_base64(receipt_key.sign(signed_bytes(document)));
  const std::string text = json::write(document, json::Layout::indented) + "\n";
  return base::write_file_durably(folder / kManifest, base::bytes_of(text));
}

bool is_backup(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kManifest, ignored);
}

Result<std::vector<std::string>> damage_of_backup(const fs::path& folder, const envelope::VerifyKey& receipt_key) {
  const auto text = base::read_text_file(folder / kManifest);
  if (!text) return tl::unexpected(text.error());
  const auto manifest = verified(*text, receipt_key);
  if (!manifest) return std::vector{std::string(kManifest) + " is not signed with the receipt key in keys/"};
  std::vector<std::string> damages;
  for (const auto& [name, listed] : manifest->find("files")->members()) {
    const auto found = entry_of(folder / name);
    if (!found) damages.push_back(found.error().detail);
    else if (*found != listed) damages.push_back(name + " is not what manifest.json lists");
  }
  return damages;
}

}  // namespace bangwu::backup
