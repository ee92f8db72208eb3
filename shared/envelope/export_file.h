#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/file.h"
#include "base/result.h"
#include "envelope/envelope.h"

namespace bangwu::envelope {

/// An export: what a kiosk holds for the central service, carried there by hand when the network is down for long.
/// Format 1 is a plain tar (POSIX ustar, so that any tar can list it) of files in this order:
///   bangwu-export.json       {"format":"bangwu-export","version":1,"made_at":"…"}
///   blobs/<sha256>           sealed attachments, each once; before the first envelope that names it
///   envelopes/<id>.json      envelopes in their wire form; one after what it depends on, when both are here
///   end.json                 {"blobs":N,"envelopes":N}: without it the file was cut off
/// All content is sealed for the central service; names carry nothing of an applicant.

/// Writes one export. For one thread.
class ExportWriter {
 public:
  /// `already_exists` if the file is there.
  [[nodiscard]] static base::Result<ExportWriter> create(const std::filesystem::path& file, base::SystemTime made_at);
  ExportWriter(ExportWriter&&) noexcept = default;
  ExportWriter& operator=(ExportWriter&&) = delete;
  /// Removes the file unless finish() has succeeded.
  ~ExportWriter();

  /// Copies the file's bytes in; `corrupt` if it has not `size` bytes. The caller has verified its hash.
  [[nodiscard]] base::Result<void> add_blob(std::string_view sha256, std::uint64_t size,
                                            const std::filesystem::path& from);
  [[nodiscard]] base::Result<void> add_envelope(const Envelope& envelope);
  /// Writes the end and syncs file and folder: it may be carried away.
  [[nodiscard]] base::Result<void> finish();

 private:
  ExportWriter(base::FileHandle handle, std::filesystem::path file, base::SystemTime made_at);
  [[nodiscard]] base::Result<void> add_file(const std::string& name, std::string_view content);
  [[nodiscard]] base::Result<void> write_header(const std::string& name, std::uint64_t size);
  [[nodiscard]] base::Result<void> pad(std::uint64_t size);

  base::FileHandle handle_;
  std::filesystem::path file_;
  base::SystemTime made_at_;
  std::uint64_t blobs_ = 0, envelopes_ = 0;
};

/// A blob in an export; its bytes are taken by ExportReader::save_blob before the next entry is asked for.
struct ExportedBlob {
  std::string sha256;
  std::uint64_t size = 0;
  bool operator==(const ExportedBlob&) const = default;
};
/// A stretch that is not as it was written, or the lack of an end; what follows it is read all the same.
struct DamagedPart {
  std::string what;  ///< where, and what is wrong, for people
  bool operator==(const DamagedPart&) const = default;
};
using ExportEntry = std::variant<ExportedBlob, Envelope, DamagedPart>;

/// Reads one export from its beginning. It checks form, not content: whoever takes a blob verifies its hash, whoever
/// takes an envelope its signature. Damage costs the entry it lies in: reading goes on with the next whole one. For one
/// thread.
class ExportReader {
 public:
  /// `unsupported` for another version, `corrupt` for anything that is no export and holds nothing of one.
  [[nodiscard]] static base::Result<ExportReader> open(const std::filesystem::path& file);

  /// The next blob, envelope or damage; nothing after the last. Without any DamagedPart the export is whole: its end
  /// was found and its counts agree. A blob not saved is passed over.
  [[nodiscard]] base::Result<std::optional<ExportEntry>> next();
  /// Writes the current blob to a new file (mode 0600, not synced: the blob store does that when it adopts it).
  [[nodiscard]] base::Result<void> save_blob(const std::filesystem::path& to);

 private:
  ExportReader(base::FileHandle handle, std::filesystem::path file);
  [[nodiscard]] base::Result<void> read_beginning();
  [[nodiscard]] base::Result<std::optional<ExportEntry>> read_entry();
  /// Moves to where the next entry begins; false at the end of the file.
  [[nodiscard]] base::Result<bool> find_entry();
  [[nodiscard]] base::Result<void> read_end(std::string_view text);
  [[nodiscard]] base::Result<std::string> read_text(std::uint64_t size);
  [[nodiscard]] base::Result<void> read_exactly(std::span<std::uint8_t> bytes);
  [[nodiscard]] tl::unexpected<base::Error> corrupt(std::string_view what) const;

  base::FileHandle handle_;
  std::filesystem::path file_;
  std::uint64_t at_ = 0;         // bytes read
  std::uint64_t remaining_ = 0;  // of the current blob, without padding
  std::uint64_t padding_ = 0;
  std::uint64_t blobs_ = 0, envelopes_ = 0;
  std::optional<DamagedPart> damage_;  // found, and not told yet
  bool is_damaged_ = false;            // then the counts cannot agree
  bool is_over_ = false;
};

}  // namespace bangwu::envelope
