#include "uploads/uploads.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "blobs/hasher.h"
#include "uploads/upload.h"
#include "uploads/writer_state.h"

namespace bangwu::uploads {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

std::string make_id(base::Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return base::to_hex(bytes);
}

/// Not synced: a record lost in a power cut is an upload the client starts anew.
Result<void> write_record(const fs::path& path, const UploadRecord& record) {
  const base::FileHandle file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "create", path));
  const std::string text = to_json(record);
  return base::write_all(file.get(), base::bytes_of(text), path);
}

Result<std::string> hash_of(const fs::path& path) {
  const base::FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  auto hashed = blobs::hash_file(file, path);
  if (!hashed) return tl::unexpected(hashed.error());
  return std::move(hashed->sha256);
}

}  // namespace

base::Error outage(base::Error error) {
  if (error.code == ErrorCode::not_found) error.code = ErrorCode::io_failed;
  return error;
}

Uploads::Uploads(fs::path directory, blobs::BlobStore blobs, const base::Clock& clock, base::Random& random,
                 const Limits& limits)
    : directory_(std::move(directory)),
      blobs_(std::move(blobs)),
      clock_(clock),
      random_(random),
      limits_(limits),
      boot_(current_boot()) {}
Uploads::~Uploads() = default;

Result<std::unique_ptr<Uploads>> Uploads::open(const fs::path& directory, const blobs::BlobStore& blobs,
                                               const base::Clock& clock, base::Random& random, const Limits& limits) {
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(made.error());
  std::unique_ptr<Uploads> uploads(new Uploads(directory, blobs, clock, random, limits));
  if (auto recovered = uploads->recover(); !recovered) return tl::unexpected(recovered.error());
  return uploads;
}

Result<Status> Uploads::create(std::string_view kiosk, std::uint64_t length, std::string_view sha256,
                               std::string_view metadata, Arrival arrival) {
  if (length > limits_.largest_bytes) return fail(ErrorCode::invalid_input, "the file is larger than an upload may be");
  if (!sha256.empty() && !blobs::is_blob_name(sha256)) {
    return fail(ErrorCode::invalid_input, "sha256 must be 64 lower-case hex digits");
  }
  const auto free = blobs_.free_bytes();
  if (!free) return tl::unexpected(outage(free.error()));
  if (*free < limits_.keep_free_bytes + length)
    return fail(ErrorCode::disk_full, "there is too little room for the file");

  auto upload = std::make_shared<Upload>();
  upload->arrival = arrival;
  upload->record = {std::string(kiosk),   length, std::string(sha256), clock_.now() + limits_.expire_after, boot_, 0,
                    std::string(metadata)};
  const auto room = [&] {
    const std::lock_guard lock(mutex_);
    return has_room(*upload);
  }();
  if (!room) {
    // Much of it may be in use by now.
    if (auto forgotten = forget_referred(upload->record.kiosk); !forgotten) return tl::unexpected(forgotten.error());
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = find_same(*upload)) {
      if (known->is_complete) blobs_.touch(known->record.sha256);
      return known->status();
    }
    if (auto still = has_room(*upload); !still) return tl::unexpected(still.error());
    Usage& usage = usage_[upload->record.kiosk];
    ++usage.open;
    ++usage.files;
    usage.bytes += length;
    upload->id = make_id(random_);
    uploads_[upload->id] = upload;
    if (!sha256.empty() && arrival == Arrival::in_pieces) open_[upload->content_key()] = upload->id;
    upload->is_written = length == 0;
  }
  if (arrival == Arrival::in_pieces) {
    if (auto written = write_record(record_file(upload->id), upload->record); !written) {
      forget(upload);
      return tl::unexpected(outage(written.error()));
    }
  }
  if (length > 0) return upload->status();
  // An empty file has no piece that could bring it to its end.
  return Writer::State(*this, upload, 0, 0, std::nullopt).finish();
}

/// With the lock held.
Result<void> Uploads::has_room(const Upload& wished) {
  const auto found = usage_.find(wished.record.kiosk);
  const Usage usage = found == usage_.end() ? Usage{} : found->second;
  if (usage.open >= limits_.most_open_per_kiosk)
    return fail(ErrorCode::busy, "the kiosk has too many unfinished uploads");
  if (usage.files >= limits_.most_files_per_kiosk)
    return fail(ErrorCode::busy, "the kiosk has too many files here that no envelope refers to");
  // A single file always finds room, whatever the limits are.
  if (usage.files > 0 && usage.bytes + wished.record.length > limits_.most_bytes_per_kiosk)
    return fail(ErrorCode::busy, "the kiosk's files that no envelope refers to take too much room");
  return {};
}

/// What an envelope refers to is no upload any more. Waits for the database, without the lock.
Result<void> Uploads::forget_referred(const std::string& kiosk) {
  std::vector<std::shared_ptr<Upload>> complete;
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    if (!limits_.referred) return {};
    for (const auto& [id, upload] : uploads_) {
      if (upload->record.kiosk != kiosk || !upload->is_complete || upload->is_written) continue;
      complete.push_back(upload);
      names.push_back(upload->record.sha256);
    }
  }
  const auto referred = limits_.referred(kiosk, names);
  if (!referred) return tl::unexpected(referred.error());
  for (const auto& upload : complete) {
    if (std::find(referred->begin(), referred->end(), upload->record.sha256) != referred->end()) forget(upload);
  }
  return {};
}

/// What this kiosk has brought already, or began to: its answer was lost, or it forgot.
std::shared_ptr<Upload> Uploads::find_same(const Upload& wished) {
  if (wished.record.sha256.empty()) return nullptr;
  const auto living = [&](const auto& index) -> std::shared_ptr<Upload> {
    const auto known = index.find(wished.content_key());
    return known == index.end() ? nullptr : find_upload(wished.record.kiosk, known->second);
  };
  const bool is_there = blobs_.contains({wished.record.sha256, wished.record.length});
  if (auto complete = is_there ? living(complete_) : nullptr) return complete;
  return wished.arrival == Arrival::in_pieces ? living(open_) : nullptr;
}

std::shared_ptr<Upload> Uploads::find_upload(std::string_view kiosk, std::string_view id) {
  const auto found = uploads_.find(std::string(id));
  if (found == uploads_.end() || found->second->record.kiosk != kiosk || found->second->is_given_up) return nullptr;
  if (found->second->record.expires_at <= clock_.now() && !found->second->is_written) return nullptr;
  return found->second;
}

Result<Status> Uploads::find(std::string_view kiosk, std::string_view id, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  auto upload = find_upload(kiosk, id);
  if (upload != nullptr && upload->is_written) {
    settled_.wait_for(lock, patience, [&] { return !upload->is_written; });
    upload = find_upload(kiosk, id);  // it may have been dropped
  }
  if (upload == nullptr) return fail(ErrorCode::not_found, "there is no such upload");
  return upload->status();
}

/// `hashed`: the file's SHA-256 if it was computed while the file was written, or empty.
Result<std::string> Uploads::complete(const Upload& upload, const std::string& hashed) {
  const fs::path data = data_file(upload.id);
  UploadRecord record = upload.record;
  if (!hashed.empty() && !record.sha256.empty() && hashed != record.sha256) {
    return fail(ErrorCode::corrupt, "what came does not have the SHA-256 that was promised");
  }
  if (record.sha256.empty()) {
    auto sha256 = hashed.empty() ? hash_of(data) : Result<std::string>(hashed);
    if (!sha256) return sha256;
    record.sha256 = *sha256;
    // Kept first: after the file has moved, only the hash tells where it is.
    const auto written =
        upload.arrival == Arrival::in_pieces ? write_record(record_file(upload.id), record) : Result<void>{};
    if (!written) return tl::unexpected(written.error());
  }
  const auto content = hashed.empty() ? blobs::Content::read_again : blobs::Content::hashed_while_written;
  if (auto adopted = blobs_.adopt(data, {record.sha256, record.length}, content); !adopted)
    return tl::unexpected(adopted.error());
  return record.sha256;
}

void Uploads::note_complete(const std::shared_ptr<Upload>& upload, const std::string& sha256) {
  std::shared_ptr<Upload> left;  // begun for the same bytes, which came another way
  {
    const std::lock_guard lock(mutex_);
    upload->record.sha256 = sha256;
    upload->offset = upload->record.length;
    upload->is_complete = true;
    complete_[upload->content_key()] = upload->id;
    --usage_[upload->record.kiosk].open;
    const auto open = open_.find(upload->content_key());
    if (open == open_.end()) return;
    const auto other = uploads_.find(open->second);
    if (open->second != upload->id && other != uploads_.end() && !other->second->is_written) {
      left = other->second;
      left->is_written = true;  // nobody begins while its files go
    }
    open_.erase(open);
  }
  if (left != nullptr) forget(left);
}

void Uploads::forget(const std::shared_ptr<Upload>& upload) {
  ::unlink(data_file(upload->id).c_str());
  ::unlink(record_file(upload->id).c_str());
  const std::lock_guard lock(mutex_);
  if (uploads_.erase(upload->id) == 0) return;
  const auto known = complete_.find(upload->content_key());
  if (known != complete_.end() && known->second == upload->id) complete_.erase(known);
  const auto open = open_.find(upload->content_key());
  if (open != open_.end() && open->second == upload->id) open_.erase(open);
  Usage& usage = usage_[upload->record.kiosk];
  if (!upload->is_complete) --usage.open;
  usage.bytes -= upload->record.length;
  if (--usage.files == 0) usage_.erase(upload->record.kiosk);
}

Result<void> Uploads::remove(std::string_view kiosk, std::string_view id) {
  std::shared_ptr<Upload> upload;
  {
    const std::lock_guard lock(mutex_);
    upload = find_upload(kiosk, id);
    if (upload == nullptr) return fail(ErrorCode::not_found, "there is no such upload");
    if (upload->is_written) return fail(ErrorCode::busy, "the upload is being written");
    if (upload->is_complete) return upload->is_given_up = true, Result<void>{};
    upload->is_written = true;  // nobody begins while its files go
  }
  forget(upload);
  return {};
}

std::size_t Uploads::expire() {
  std::vector<std::shared_ptr<Upload>> expired;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, upload] : uploads_) {
      if (upload->is_written || upload->record.expires_at > clock_.now()) continue;
      upload->is_written = true;
      expired.push_back(upload);
    }
  }
  for (const auto& upload : expired) forget(upload);
  return expired.size();
}

}  // namespace bangwu::uploads
