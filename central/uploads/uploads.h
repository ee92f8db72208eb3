#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "base/result.h"
#include "blobs/blob_store.h"

namespace bangwu::uploads {

struct Limits {
  std::uint64_t largest_bytes = 512ULL << 20;
  std::chrono::milliseconds expire_after = std::chrono::hours(24);
  std::uint32_t most_open_per_kiosk = 2000;
  /// What a kiosk may leave with the service that no envelope refers to, unfinished uploads with their whole length.
  std::uint32_t most_files_per_kiosk = 3000;
  std::uint64_t most_bytes_per_kiosk = 8ULL << 30;
  /// Of these blobs those the kiosk's envelopes refer to: they count no more. Asked when a kiosk has come to its limit.
  std::function<base::Result<std::vector<std::string>>(std::string_view kiosk, const std::vector<std::string>& names)>
      referred = {};
  std::uint64_t keep_free_bytes = 0;  ///< below it create() and write() answer disk_full
};

/// How far an upload is. The bytes before `offset` are on the disk.
struct Status {
  std::string id;
  std::uint64_t offset = 0, length = 0;
  base::SystemTime expires_at;
  std::string metadata;  ///< as the client gave it
  bool operator==(const Status&) const = default;
};

/// A checksum of one piece, as tus's checksum extension has it; the digest is in hex.
enum class ChecksumKind { sha1, sha256 };
struct Checksum {
  ChecksumKind kind = ChecksumKind::sha256;
  std::string digest;
};

/// Whether the request that creates an upload brings all of its bytes along (tus's creation-with-upload) or they come
/// later. What comes at once comes whole or not at all: until it is answered nobody knows its URL, so nobody could
/// resume it, and it needs no record.
enum class Arrival { in_pieces, at_once };

class Writer;
struct Upload;
struct UploadRecord;

/// Files on their way to the blob store, resumable (tus 1.0.0). An upload in pieces is a data file and a small record
/// beside it; no database. What survives: the death of the process at any instruction costs nothing that was received
/// (the record names the boot, and within one boot the file's own length tells how far it got); a power cut costs at
/// most what was not answered for yet. Thread-safe.
class Uploads {
 public:
  /// `directory` must lie on the blob store's file system; leftovers that cannot be continued are removed.
  [[nodiscard]] static base::Result<std::unique_ptr<Uploads>> open(const std::filesystem::path& directory,
                                                                   const blobs::BlobStore& blobs,
                                                                   const base::Clock& clock, base::Random& random,
                                                                   const Limits& limits);
  ~Uploads();

  /// A new upload; or, when this kiosk has already brought a file of that hash and length, the one that is complete; or
  /// the unfinished one it began for them: who lost the answer and asks again gets the same, however often.
  /// `sha256` may be empty (clients that do not know it). Errors: invalid_input (too large or a bad hash), busy (the
  /// kiosk has come to its limits), disk_full.
  [[nodiscard]] base::Result<Status> create(std::string_view kiosk, std::uint64_t length, std::string_view sha256,
                                            std::string_view metadata = {}, Arrival arrival = Arrival::in_pieces);
  /// not_found for one that is unknown, expired or another kiosk's. While it is written the call waits for at most
  /// `patience`, so that who comes back after a broken connection learns what was kept of it.
  [[nodiscard]] base::Result<Status> find(std::string_view kiosk, std::string_view id,
                                          std::chrono::milliseconds patience = {});
  /// Begins to add `size` bytes at `offset`. busy while another write() is under way, conflict if the offset is not
  /// the upload's, invalid_input if they are more than what lacks, disk_full. One that was to come at once is dropped
  /// with any of these but busy.
  [[nodiscard]] base::Result<Writer> write(std::string_view kiosk, std::string_view id, std::uint64_t offset,
                                           std::uint64_t size, std::optional<Checksum> checksum);
  /// Gives the upload up; its bytes go. busy while it is written. What is complete is in the blob store and counts as
  /// before: else a kiosk could fill the disk with files it gives up.
  [[nodiscard]] base::Result<void> remove(std::string_view kiosk, std::string_view id);
  /// Removes what has expired; how many.
  std::size_t expire();
  [[nodiscard]] const Limits& limits() const { return limits_; }

 private:
  friend class Writer;
  struct Usage {
    std::uint32_t open = 0, files = 0;
    std::uint64_t bytes = 0;
  };
  Uploads(std::filesystem::path directory, blobs::BlobStore blobs, const base::Clock& clock, base::Random& random,
          const Limits& limits);
  base::Result<void> recover();
  void recover_one(const std::string& id);
  base::Result<std::shared_ptr<Upload>> take(std::string_view kiosk, std::string_view id, std::uint64_t offset,
                                             std::uint64_t size);
  std::shared_ptr<Upload> find_upload(std::string_view kiosk, std::string_view id);
  base::Result<std::string> complete(const Upload& upload, const std::string& hashed);
  std::shared_ptr<Upload> find_same(const Upload& wished);
  void note_complete(const std::shared_ptr<Upload>& upload, const std::string& sha256);
  void forget(const std::shared_ptr<Upload>& upload);
  [[nodiscard]] base::Result<void> has_room(const Upload& wished);
  base::Result<void> forget_referred(const std::string& kiosk);
  [[nodiscard]] std::filesystem::path data_file(std::string_view id) const;
  [[nodiscard]] std::filesystem::path record_file(std::string_view id) const;

  std::filesystem::path directory_;
  blobs::BlobStore blobs_;
  const base::Clock& clock_;
  base::Random& random_;
  Limits limits_;
  std::string boot_;
  std::mutex mutex_;
  std::condition_variable settled_;                                   ///< an upload is no longer written
  std::unordered_map<std::string, std::shared_ptr<Upload>> uploads_;  ///< by id; guarded by mutex_
  std::unordered_map<std::string, std::string> complete_;             ///< kiosk/sha256/length → id; guarded
  std::unordered_map<std::string, std::string> open_;                 ///< the same of unfinished ones; guarded
  std::unordered_map<std::string, Usage> usage_;                      ///< by kiosk; guarded
};

/// One piece being received. append() from one thread, then finish() or interrupt() from any one; destroyed without
/// either it counts as interrupted. Holds the upload: another write() is busy meanwhile.
class Writer {
 public:
  Writer(Writer&&) noexcept;
  ~Writer();
  /// Writes at once; the disk is asked to begin, not waited for. invalid_input when more than announced comes.
  [[nodiscard]] base::Result<void> append(std::span<const std::uint8_t> bytes);
  /// After the last byte: waits for the disk. With all bytes of the file there, its hash is compared with the one
  /// promised (`corrupt`: the upload is dropped) and it is in the blob store when this returns. A wrong checksum of the
  /// piece is `corrupt` too; then only the piece is dropped.
  [[nodiscard]] base::Result<Status> finish();
  /// The connection broke: what came is kept, unless a checksum was promised for the whole piece or all was to come at
  /// once.
  void interrupt();

 private:
  friend class Uploads;
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::uploads
