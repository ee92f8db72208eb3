#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "blobs/blob_store.h"

namespace bangwu::http_client {

/// A blob read once, on its way out: its bytes are hashed as they are handed over, and the last of them only leaves
/// when size and SHA-256 of the whole file are right. So a file that was damaged on this disk can never arrive as a
/// whole, and nothing is read twice. One thread at a time.
class VerifiedFile {
 public:
  /// Opens the file to be read from `offset`; what lies before it is hashed first, when it is needed. `not_found`,
  /// `io_failed`, or `corrupt` if the size is not the blob's.
  [[nodiscard]] static base::Result<VerifiedFile> open(const std::filesystem::path& path, const blobs::BlobRef& blob,
                                                       std::uint64_t offset);
  VerifiedFile(VerifiedFile&&) noexcept;
  VerifiedFile& operator=(VerifiedFile&&) noexcept;
  ~VerifiedFile();

  /// Fills from the front of `buffer`; how many bytes, 0 at the end. `corrupt` in place of the last bytes.
  [[nodiscard]] base::Result<std::size_t> read(std::span<char> buffer);
  /// Starts again `distance` bytes after `offset`.
  [[nodiscard]] base::Result<void> seek(std::uint64_t distance);
  [[nodiscard]] std::uint64_t length() const;  ///< from `offset` to the end

 private:
  struct State;
  explicit VerifiedFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::http_client
