#pragma once
#include <memory>
#include <optional>

#include "blobs/hasher.h"
#include "uploads/digest.h"
#include "uploads/upload.h"

namespace bangwu::uploads {

/// `not_found` is said of uploads only: a folder or a disk that is gone is `io_failed`.
[[nodiscard]] base::Error outage(base::Error error);

struct Writer::State {
  State(Uploads& owner, std::shared_ptr<Upload> target, std::uint64_t begin, std::uint64_t announced,
        std::optional<Checksum> promised)
      : uploads(owner),
        upload(std::move(target)),
        start(begin),
        position(begin),
        end(begin + announced),
        flushed(begin),
        given_back(begin),
        checksum(std::move(promised)) {
    if (checksum) digest.emplace(checksum->kind);
    if (begin == 0) whole.emplace();
  }
  base::Result<void> open_file();
  base::Result<void> append(std::span<const std::uint8_t> bytes);
  base::Result<void> write_pending();
  void flush_window();
  base::Result<Status> finish();
  void interrupt();
  void give_back_room();
  base::Result<void> settle();  ///< makes what was received durable; only then the upload's offset moves
  base::Result<void> keep_piece();
  base::Result<void> complete_file();
  base::Result<Status> release(const base::Result<void>& outcome);

  Uploads& uploads;
  std::shared_ptr<Upload> upload;
  std::uint64_t start, position, end;
  base::Bytes pending;       ///< came, but not written yet
  std::uint64_t flushed;     ///< how far the disk was asked to begin
  std::uint64_t given_back;  ///< how far memory was given back
  std::optional<Checksum> checksum;
  std::optional<Digest> digest;
  std::optional<blobs::Hasher> whole;  ///< of all bytes from the file's first; absent when a piece came before
  base::FileHandle file;
};

}  // namespace bangwu::uploads
