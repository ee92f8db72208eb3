#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "uploads/upload.h"
#include "uploads/uploads.h"

namespace bangwu::uploads {
namespace fs = std::filesystem;
using base::Result;

namespace {

constexpr std::string_view kData = ".part";
constexpr std::string_view kRecord = ".record";

/// Cuts the file to `size` and puts that on the disk, before anyone is told that it is there.
bool keep_only(const fs::path& path, std::uint64_t size) {
  const base::FileHandle file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  return file.is_open() && ::ftruncate(file.get(), static_cast<off_t>(size)) == 0 && ::fsync(file.get()) == 0;
}

}  // namespace

fs::path Uploads::data_file(std::string_view id) const { return directory_ / (std::string(id) + std::string(kData)); }
fs::path Uploads::record_file(std::string_view id) const {
  return directory_ / (std::string(id) + std::string(kRecord));
}

Result<void> Uploads::recover() {
  std::error_code error;
  std::vector<std::string> records, leftovers;
  for (auto entry = fs::directory_iterator(directory_, error); !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.ends_with(kRecord)) records.push_back(name.substr(0, name.size() - kRecord.size()));
    else leftovers.push_back(name);
  }
  if (error) return tl::unexpected(base::error_from_errno(error.value(), "list", directory_));
  for (const auto& id : records) recover_one(id);
  for (const auto& name : leftovers) {
    const bool is_known = name.ends_with(kData) && uploads_.contains(name.substr(0, name.size() - kData.size()));
    if (!is_known) ::unlink((directory_ / name).c_str());
  }
  return {};
}

void Uploads::recover_one(const std::string& id) {
  const auto text = base::read_text_file(record_file(id), 1U << 16);
  const auto record = text ? record_from_json(*text) : tl::unexpected(text.error());
  if (!record || record->expires_at <= clock_.now()) {
    ::unlink(record_file(id).c_str());
    return;
  }
  auto upload = std::make_shared<Upload>();
  upload->id = id;
  upload->record = *record;
  struct stat status {};
  const bool has_data = ::stat(data_file(id).c_str(), &status) == 0;
  const std::uint64_t size = has_data ? static_cast<std::uint64_t>(status.st_size) : 0;
  // Within one boot the page cache outlives the process: all that was written is there. After a power cut only what
  // was synced is sure, though the file may look longer.
  const bool same_boot = !boot_.empty() && record->boot == boot_;
  upload->offset = std::min(same_boot ? size : std::min(size, record->synced), record->length);
  if (!has_data && !record->sha256.empty() && blobs_.contains({record->sha256, record->length})) {
    upload->is_complete = true;
    upload->offset = record->length;
  } else if (has_data && upload->offset == record->length) {
    // Everything came, only the last step is missing. A damaged file is begun anew.
    const auto sha256 = complete(*upload, {});
    upload->is_complete = sha256.has_value();
    if (sha256) upload->record.sha256 = *sha256;
    else upload->offset = 0;
  }
  if (has_data && !upload->is_complete && !keep_only(data_file(id), upload->offset)) upload->offset = 0;
  if (upload->is_complete) complete_[upload->content_key()] = id;
  else ++usage_[record->kiosk].open;
  ++usage_[record->kiosk].files;
  usage_[record->kiosk].bytes += record->length;
  if (!upload->is_complete && !record->sha256.empty()) open_[upload->content_key()] = id;
  uploads_[id] = upload;
}

}  // namespace bangwu::uploads
