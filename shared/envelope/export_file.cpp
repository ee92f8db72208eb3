#include "envelope/export_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"
#include "envelope/tar.h"
#include "json/members.h"

namespace bangwu::envelope {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kBeginning = "bangwu-export.json";
constexpr const char* kEnd = "end.json";
constexpr std::string_view kBlobs = "blobs/";
constexpr std::string_view kEnvelopes = "envelopes/";
constexpr std::int64_t kVersion = 1;
constexpr std::uint64_t kLargestText = 8U << 20;
constexpr std::size_t kBuffer = 256U << 10;

/// Bytes read, fewer only at the end of the file.
Result<std::size_t> read_some(int descriptor, std::span<std::uint8_t> bytes, const fs::path& path) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(base::error_from_errno(errno, "read", path));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

bool is_name_of_entry(std::string_view name) {
  return name.starts_with(kBlobs) || name.starts_with(kEnvelopes) || name == kEnd;
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path{"."}; }

}  // namespace

ExportWriter::ExportWriter(base::FileHandle handle, fs::path file, base::SystemTime made_at)
    : handle_(std::move(handle)), file_(std::move(file)), made_at_(made_at) {}

ExportWriter::~ExportWriter() {
  if (handle_.is_open()) ::unlink(file_.c_str());
}

Result<ExportWriter> ExportWriter::create(const fs::path& file, base::SystemTime made_at) {
  base::FileHandle handle{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!handle.is_open()) return tl::unexpected(base::error_from_errno(errno, "create", file));
  ExportWriter writer(std::move(handle), file, made_at);
  const json::Value beginning{
      {"format", "bangwu-export"}, {"version", kVersion}, {"made_at", base::to_rfc3339(made_at)}};
  if (auto added = writer.add_file(kBeginning, json::write(beginning)); !added)
    return tl::unexpected(std::move(added).error());
  return writer;
}

Result<void> ExportWriter::write_header(const std::string& name, std::uint64_t size) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(made_at_).time_since_epoch().count();
  return base::write_all(handle_.get(), tar_header({name, size}, seconds), file_);
}

Result<void> ExportWriter::pad(std::uint64_t size) {
  static constexpr TarBlock kZeros{};
  return base::write_all(handle_.get(), std::span(kZeros).first(tar_padding(size)), file_);
}

Result<void> ExportWriter::add_file(const std::string& name, std::string_view content) {
  if (auto written = write_header(name, content.size()); !written) return written;
  if (auto written = base::write_all(handle_.get(), base::bytes_of(content), file_); !written) return written;
  return pad(content.size());
}

Result<void> ExportWriter::add_blob(std::string_view sha256, std::uint64_t size, const fs::path& from) {
  if (!base::is_lower_hex(sha256, 64))
    return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
  const base::FileHandle source{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!source.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", from));
  if (auto written = write_header(std::string(kBlobs) + std::string(sha256), size); !written) return written;
  base::Bytes buffer(kBuffer);
  std::uint64_t copied = 0;
  for (;;) {
    const auto got = read_some(source.get(), buffer, from);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) break;
    if (auto written = base::write_all(handle_.get(), std::span(buffer).first(*got), file_); !written) return written;
    copied += *got;
  }
  if (copied != size) return fail(ErrorCode::corrupt, from.string() + " changed its size");
  ++blobs_;
  return pad(size);
}

Result<void> ExportWriter::add_envelope(const Envelope& envelope) {
  ++envelopes_;
  return add_file(std::string(kEnvelopes) + base::to_string(envelope.id) + ".json", to_json(envelope));
}

Result<void> ExportWriter::finish() {
  static constexpr TarBlock kZeros{};
  if (auto added = add_file(kEnd, json::write({{"blobs", blobs_}, {"envelopes", envelopes_}})); !added) return added;
  for (int i = 0; i < 2; ++i) {
    if (auto written = base::write_all(handle_.get(), kZeros, file_); !written) return written;
  }
  if (::fsync(handle_.get()) != 0) return tl::unexpected(base::error_from_errno(errno, "fsync", file_));
  if (auto synced = base::sync_directory(folder_of(file_)); !synced) return synced;
  handle_ = {};
  return {};
}

ExportReader::ExportReader(base::FileHandle handle, fs::path file)
    : handle_(std::move(handle)), file_(std::move(file)) {}

Result<ExportReader> ExportReader::open(const fs::path& file) {
  base::FileHandle handle{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!handle.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", file));
  ExportReader reader(std::move(handle), file);
  auto begun = reader.read_beginning();
  if (begun) return reader;
  if (begun.error().code != ErrorCode::corrupt) return tl::unexpected(std::move(begun).error());
  const auto is_any = reader.find_entry();
  if (!is_any) return tl::unexpected(is_any.error());
  if (!*is_any) return tl::unexpected(std::move(begun).error());
  reader.is_damaged_ = true;
  reader.damage_ = DamagedPart{begun.error().detail};
  return reader;
}

tl::unexpected<base::Error> ExportReader::corrupt(std::string_view what) const {
  return fail(ErrorCode::corrupt, file_.string() + " at byte " + std::to_string(at_) + ": " + std::string(what));
}

Result<void> ExportReader::read_exactly(std::span<std::uint8_t> bytes) {
  const auto got = read_some(handle_.get(), bytes, file_);
  if (!got) return tl::unexpected(got.error());
  if (*got != bytes.size()) return corrupt("the file was cut off");
  at_ += *got;
  return {};
}

Result<std::string> ExportReader::read_text(std::uint64_t size) {
  if (size > kLargestText) return corrupt("a file inside is too large");
  base::Bytes bytes(static_cast<std::size_t>(size) + tar_padding(size));
  if (auto read = read_exactly(bytes); !read) return tl::unexpected(std::move(read).error());
  return std::string(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

Result<void> ExportReader::read_beginning() {
  TarBlock block{};
  if (auto read = read_exactly(block); !read) return read;
  const auto header = parse_tar_header(block);
  if (!header || header->name != kBeginning) return corrupt("this is not an export");
  const auto text = read_text(header->size);
  if (!text) return tl::unexpected(text.error());
  const auto document = json::parse_object(*text, kBeginning, {.bytes = kLargestText});
  if (!document) return corrupt(document.error().detail);
  json::Fault fault;
  json::Members members(*document, kBeginning, fault);
  if (members.text("format", {0, 64}) != "bangwu-export") fault.note(kBeginning, "has another format");
  const auto version = members.integer("version", 1, INT32_MAX);
  if (fault.is_noted()) return corrupt(fault.error().detail);
  if (version != kVersion)
    return fail(ErrorCode::unsupported, file_.string() + " has version " + std::to_string(version));
  return {};
}

Result<void> ExportReader::read_end(std::string_view text) {
  const auto document = json::parse_object(text, kEnd, {.bytes = kLargestText});
  if (!document) return corrupt(document.error().detail);
  json::Fault fault;
  json::Members members(*document, kEnd, fault);
  const auto blobs = static_cast<std::uint64_t>(members.integer("blobs", 0, INT64_MAX));
  const auto envelopes = static_cast<std::uint64_t>(members.integer("envelopes", 0, INT64_MAX));
  if (fault.is_noted()) return corrupt(fault.error().detail);
  if (!is_damaged_ && (blobs != blobs_ || envelopes != envelopes_))
    return corrupt("its counts do not agree with what it holds");
  for (int i = 0; i < 2; ++i) {
    TarBlock block{};
    if (auto read = read_exactly(block); !read) return read;
    if (!is_zero(block)) return corrupt("something follows the end");
  }
  return {};
}

Result<bool> ExportReader::find_entry() {
  // Entries begin at whole blocks, and a header has a checksum of its own.
  at_ += tar_padding(at_);
  for (;; at_ += kTarBlock) {
    if (::lseek(handle_.get(), static_cast<off_t>(at_), SEEK_SET) < 0) {
      return tl::unexpected(base::error_from_errno(errno, "seek", file_));
    }
    TarBlock block{};
    const auto got = read_some(handle_.get(), block, file_);
    if (!got) return tl::unexpected(got.error());
    if (*got != block.size()) return false;
    const auto header = parse_tar_header(block);
    if (!header || !is_name_of_entry(header->name)) continue;
    if (::lseek(handle_.get(), static_cast<off_t>(at_), SEEK_SET) < 0) {
      return tl::unexpected(base::error_from_errno(errno, "seek", file_));
    }
    return true;
  }
}

Result<std::optional<ExportEntry>> ExportReader::next() {
  if (damage_) return ExportEntry{*std::exchange(damage_, std::nullopt)};
  if (is_over_) return std::nullopt;
  auto entry = read_entry();
  if (entry && !*entry) is_over_ = true;
  if (entry || entry.error().code != ErrorCode::corrupt) return entry;
  const auto found = find_entry();
  if (!found) return tl::unexpected(found.error());
  is_over_ = !*found;
  is_damaged_ = true;
  return ExportEntry{DamagedPart{entry.error().detail}};
}

Result<std::optional<ExportEntry>> ExportReader::read_entry() {
  base::Bytes buffer(kBuffer);
  for (std::uint64_t left = std::exchange(remaining_, 0) + std::exchange(padding_, 0); left > 0;) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
    if (auto read = read_exactly(std::span(buffer).first(part)); !read) return tl::unexpected(std::move(read).error());
    left -= part;
  }
  TarBlock block{};
  if (auto read = read_exactly(block); !read) return tl::unexpected(std::move(read).error());
  const auto header = parse_tar_header(block);
  if (!header) return corrupt("no file begins here");
  const std::string_view name = header->name;
  if (name.starts_with(kBlobs) && base::is_lower_hex(name.substr(kBlobs.size()), 64)) {
    ++blobs_;
    remaining_ = header->size;
    padding_ = tar_padding(header->size);
    return ExportEntry{ExportedBlob{std::string(name.substr(kBlobs.size())), header->size}};
  }
  const auto text = read_text(header->size);
  if (!text) return tl::unexpected(text.error());
  if (name == kEnd) {
    if (auto end = read_end(*text); !end) return tl::unexpected(std::move(end).error());
    return std::nullopt;
  }
  auto envelope = envelope_from_json(*text);
  if (!envelope) return corrupt(envelope.error().detail);
  if (name != std::string(kEnvelopes) + base::to_string(envelope->id) + ".json") return corrupt("an unknown file");
  ++envelopes_;
  return ExportEntry{std::move(*envelope)};
}

Result<void> ExportReader::save_blob(const fs::path& to) {
  const base::FileHandle target{::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!target.is_open()) return tl::unexpected(base::error_from_errno(errno, "create", to));
  base::Bytes buffer(kBuffer);
  while (remaining_ > 0) {
    const auto part = std::span(buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, kBuffer)));
    if (auto read = read_exactly(part); !read) return read;
    remaining_ -= part.size();
    if (auto written = base::write_all(target.get(), part, to); !written) return written;
  }
  return {};
}

}  // namespace bangwu::envelope
