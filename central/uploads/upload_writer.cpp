#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "uploads/uploads.h"
#include "uploads/writer_state.h"

namespace bangwu::uploads {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

/// The disk is asked to begin each time this much has come, so that the sync at the end has little left to do. The
/// memory of what came before that is given back once it is written: a file of any size takes two windows of it, not
/// all.
constexpr std::uint64_t kWindow = 8U << 20;
/// TLS hands over 16 KiB at a time; writes of that size cost three times the processor time of these.
constexpr std::size_t kWriteSize = 512U << 10;

}  // namespace

/// The upload, for this writer alone. One that was to come at once and is refused is gone: nobody could go on with it.
Result<std::shared_ptr<Upload>> Uploads::take(std::string_view kiosk, std::string_view id, std::uint64_t offset,
                                              std::uint64_t size) {
  const auto free = blobs_.free_bytes();
  std::unique_lock lock(mutex_);
  auto upload = find_upload(kiosk, id);
  if (upload == nullptr) return fail(ErrorCode::not_found, "there is no such upload");
  if (upload->is_written) return fail(ErrorCode::busy, "the upload is being written by another request");
  const Result<void> may_write = [&]() -> Result<void> {
    if (!free) return tl::unexpected(outage(free.error()));
    if (upload->offset != offset)
      return fail(ErrorCode::conflict, "the upload stands at " + std::to_string(upload->offset));
    if (size > upload->record.length - offset)
      return fail(ErrorCode::invalid_input, "more bytes than the upload lacks");
    if (*free < limits_.keep_free_bytes + size)
      return fail(ErrorCode::disk_full, "there is too little room for the bytes");
    return {};
  }();
  const bool is_of_no_use = !may_write && upload->arrival == Arrival::at_once && !upload->is_complete;
  if (may_write || is_of_no_use) upload->is_written = true;
  if (may_write) return upload;
  lock.unlock();
  if (is_of_no_use) forget(upload);
  return tl::unexpected(may_write.error());
}

Result<Writer> Uploads::write(std::string_view kiosk, std::string_view id, std::uint64_t offset, std::uint64_t size,
                              std::optional<Checksum> checksum) {
  auto taken = take(kiosk, id, offset, size);
  if (!taken) return tl::unexpected(taken.error());
  const std::shared_ptr<Upload> upload = std::move(*taken);
  auto state = std::make_unique<Writer::State>(*this, upload, offset, size, std::move(checksum));
  if (!upload->is_complete) {
    if (const auto opened = state->open_file(); !opened) return tl::unexpected(state->release(opened).error());
  }
  return Writer(std::move(state));
}

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer::~Writer() {
  if (state_) interrupt();
}

Result<void> Writer::append(std::span<const std::uint8_t> bytes) { return state_->append(bytes); }

Result<Status> Writer::finish() {
  const auto state = std::move(state_);
  return state->finish();
}

void Writer::interrupt() {
  const auto state = std::move(state_);
  state->interrupt();
}

Result<void> Writer::State::open_file() {
  const auto path = uploads.data_file(upload->id);
  file = base::FileHandle{::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  // Room is taken at once: a full disk shows before the bytes come, and the file lies in one piece. Its size does not
  // change by this; a file system that cannot do it does without.
  const bool is_large = end - start > kWriteSize;
  if (is_large &&
      ::fallocate(file.get(), FALLOC_FL_KEEP_SIZE, static_cast<off_t>(start), static_cast<off_t>(end - start)) != 0 &&
      errno == ENOSPC) {
    return tl::unexpected(base::error_from_errno(errno, "reserve room for", path));
  }
  pending.reserve(std::min<std::uint64_t>(kWriteSize, end - start));
  return {};
}

Result<void> Writer::State::append(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > end - position - pending.size())
    return fail(ErrorCode::invalid_input, "more bytes than announced");
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), kWriteSize - pending.size()));
    pending.insert(pending.end(), part.begin(), part.end());
    bytes = bytes.subspan(part.size());
    if (pending.size() < kWriteSize) continue;
    if (auto written = write_pending(); !written) return written;
  }
  return {};
}

Result<void> Writer::State::write_pending() {
  std::span<const std::uint8_t> bytes = pending;
  while (!bytes.empty()) {
    const ssize_t wrote = ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(position));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return tl::unexpected(base::error_from_errno(errno, "write", uploads.data_file(upload->id)));
    const auto count = static_cast<std::size_t>(wrote);
    if (digest) digest->add(bytes.first(count));
    if (whole) whole->add(bytes.first(count));
    position += count;
    bytes = bytes.subspan(count);
  }
  pending.clear();
  if (position - flushed >= kWindow) flush_window();
  return {};
}

/// Only hints: an error shows in the sync that counts.
void Writer::State::flush_window() {
  const auto length = static_cast<off_t>(position - flushed), behind = static_cast<off_t>(flushed - given_back);
  ::sync_file_range(file.get(), static_cast<off_t>(flushed), length, SYNC_FILE_RANGE_WRITE);
  if (behind > 0) {
    ::sync_file_range(file.get(), static_cast<off_t>(given_back), behind, SYNC_FILE_RANGE_WAIT_BEFORE);
    ::posix_fadvise(file.get(), static_cast<off_t>(given_back), behind, POSIX_FADV_DONTNEED);
  }
  given_back = std::exchange(flushed, position);
}

Result<Status> Writer::State::finish() {
  if (auto written = write_pending(); !written) return release(written);
  if (checksum && digest->finish() != checksum->digest) {
    // What stays in the file behind the offset is written over by the next piece; after a crash it must not count.
    if (::ftruncate(file.get(), static_cast<off_t>(start)) != 0) {
      return release(tl::unexpected(base::error_from_errno(errno, "truncate", uploads.data_file(upload->id))));
    }
    return release(fail(ErrorCode::corrupt, "the bytes do not have the checksum sent with them"));
  }
  return release(settle());
}

void Writer::State::interrupt() {
  if (upload->arrival == Arrival::at_once) {
    (void)release(fail(ErrorCode::cancelled, "the connection broke"));
    return;
  }
  Result<void> kept;
  if (!checksum) kept = write_pending();
  give_back_room();
  if (!checksum && kept) kept = settle();
  if (checksum && ::ftruncate(file.get(), static_cast<off_t>(start)) != 0)
    kept = fail(ErrorCode::io_failed, "truncate");
  if (const auto released = release(kept); !released) {
    base::log(base::LogLevel::warning, "uploads.interrupted",
              {{"kept", "no"}, {"why", base::name_of(released.error().code)}});
  }
}

/// What was reserved for bytes that did not come.
void Writer::State::give_back_room() {
  if (!file.is_open() || position >= end) return;
  if (::ftruncate(file.get(), static_cast<off_t>(checksum ? start : position)) != 0) return;  // the sweep will
  ::fallocate(file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(position),
              static_cast<off_t>(end - position));
}

Result<void> Writer::State::settle() {
  if (upload->is_complete) return {};
  if (position == upload->record.length) return complete_file();
  if (position == start) return {};
  return keep_piece();
}

Result<void> Writer::State::keep_piece() {
  if (::fdatasync(file.get()) != 0)
    return tl::unexpected(base::error_from_errno(errno, "fsync", uploads.data_file(upload->id)));
  UploadRecord progressed = upload->record;
  progressed.synced = position;
  progressed.boot = uploads.boot_;
  progressed.expires_at = uploads.clock_.now() + uploads.limits_.expire_after;
  // Also syncs the folder, and with it the data file's name.
  auto written = base::write_file_durably(uploads.record_file(upload->id), base::bytes_of(to_json(progressed)));
  if (!written) return written;
  const std::lock_guard lock(uploads.mutex_);
  upload->record = progressed;
  upload->offset = position;
  return {};
}

Result<void> Writer::State::complete_file() {
  if (!file.is_open()) {
    if (auto opened = open_file(); !opened) return opened;  // an empty file has no piece that made it
  }
  file = base::FileHandle{};
  const auto sha256 = uploads.complete(*upload, whole ? whole->finish() : std::string{});
  if (!sha256) {
    if (sha256.error().code == ErrorCode::corrupt) uploads.forget(upload);
    return tl::unexpected(sha256.error());
  }
  uploads.note_complete(upload, *sha256);
  return {};
}

Result<Status> Writer::State::release(const Result<void>& outcome) {
  if (!outcome && upload->arrival == Arrival::at_once) uploads.forget(upload);  // nobody knows where to go on
  const std::lock_guard lock(uploads.mutex_);
  upload->is_written = false;
  uploads.settled_.notify_all();
  if (!outcome) return tl::unexpected(outage(outcome.error()));
  return upload->status();
}

}  // namespace bangwu::uploads
