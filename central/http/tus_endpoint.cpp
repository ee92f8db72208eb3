#include <algorithm>

#include "base/log.h"
#include "http/endpoints.h"
#include "http/tus_headers.h"

namespace bangwu::http {
namespace {

using base::ErrorCode;

constexpr std::string_view kVersion = "1.0.0";
constexpr std::string_view kBytesFollow = "application/offset+octet-stream";
constexpr std::size_t kLongestMetadata = 4096;
/// How long a question about an upload waits for the piece that is just ending.
constexpr std::chrono::milliseconds kPatience{1000};

Reply empty_reply(int status) { return {status, {}, {}, {}, Connection::keep}; }

void add_progress(Reply& reply, const uploads::Status& status) {
  reply.headers.emplace_back("Upload-Offset", std::to_string(status.offset));
  reply.headers.emplace_back("Upload-Expires", http_date(status.expires_at));
}

Reply created_reply(const uploads::Status& status) {
  Reply reply = empty_reply(201);
  reply.headers.emplace_back("Location", "/v1/uploads/" + status.id);
  add_progress(reply, status);
  return reply;
}

Reply upload_problem(const base::Error& error) {
  switch (error.code) {
    case ErrorCode::not_found:
      return to_reply({404, "no-such-upload", "there is no such upload, or it has expired: create one", {}, {}});
    case ErrorCode::busy:
      return to_reply(
          {423, "upload-locked", "another request writes this upload: come back to the same address", {}, {}});
    case ErrorCode::conflict:
      return to_reply({409, "offset-mismatch", error.detail + ": ask with HEAD and continue there", {}, {}});
    case ErrorCode::corrupt: return to_reply({460, "checksum-mismatch", error.detail, {}, {}});
    case ErrorCode::invalid_input: return to_reply({400, "malformed", error.detail, {}, {}});
    default: return store_reply(error);
  }
}

Opened refused(int status, std::string_view name, std::string detail) {
  return to_reply({status, name, std::move(detail), {}, {}});
}

/// What the piece promises, if it does.
base::Result<std::optional<uploads::Checksum>> checksum_of(const Request& request) {
  const std::string header = request.header("upload-checksum");
  if (header.empty()) return std::nullopt;
  auto parsed = parse_checksum(header);
  if (!parsed) return tl::unexpected(parsed.error());
  return std::optional(std::move(*parsed));
}

/// Writes a piece as it comes.
class Piece final : public Receiver {
 public:
  Piece(std::shared_ptr<Receiving> receiving, int status) : receiving_(std::move(receiving)), status_(status) {}

  std::optional<Reply> take(std::span<const std::uint8_t> bytes) override {
    const std::lock_guard lock(receiving_->mutex);
    if (!receiving_->writer) return ending();
    const auto appended = receiving_->writer->append(bytes);
    if (appended) return std::nullopt;
    interrupt();
    Reply reply = upload_problem(appended.error());
    reply.connection = Connection::close;
    return reply;
  }
  Reply finish() override {
    const std::lock_guard lock(receiving_->mutex);
    if (!receiving_->writer) return ending();
    const auto writer = std::move(receiving_->writer);
    const auto finished = writer->finish();
    if (!finished) return upload_problem(finished.error());
    if (status_ == 201) return created_reply(*finished);
    Reply reply = empty_reply(status_);
    add_progress(reply, *finished);
    return reply;
  }
  void broken() override {
    const std::lock_guard lock(receiving_->mutex);
    interrupt();
  }

 private:
  static Reply ending() { return to_reply({503, "ending", "the central service ends: come back later", {}, {}}); }
  void interrupt() {
    const auto writer = std::move(receiving_->writer);
    if (writer) writer->interrupt();
  }
  std::shared_ptr<Receiving> receiving_;
  int status_;
};

}  // namespace

std::optional<Reply> wrong_tus_version(const Request& request) {
  if (request.header("tus-resumable") == kVersion) return std::nullopt;
  Reply reply = to_reply({412, "unsupported-version", "send Tus-Resumable: 1.0.0", {}, {}});
  reply.headers.emplace_back("Tus-Version", kVersion);
  return reply;
}

void name_tus_version(Reply& reply) { reply.headers.emplace_back("Tus-Resumable", kVersion); }

Reply TusEndpoint::options() const {
  Reply reply = empty_reply(204);
  reply.headers.emplace_back("Tus-Version", kVersion);
  reply.headers.emplace_back("Tus-Max-Size", std::to_string(services_.uploads.limits().largest_bytes));
  reply.headers.emplace_back("Tus-Extension", "creation,creation-with-upload,checksum,expiration,termination");
  reply.headers.emplace_back("Tus-Checksum-Algorithm", "sha1,sha256");
  return reply;
}

Opened TusEndpoint::create(const Call& call) {
  const Request& request = *call.request;
  const enrolment::Kiosk& kiosk = call.kiosk;
  const auto length = parse_number(request.header("upload-length"));
  if (!length) return refused(400, "malformed", "send Upload-Length with the file's size; it cannot be deferred");
  if (*length > services_.uploads.limits().largest_bytes) {
    return to_reply({413,
                     "too-large",
                     "a file may have at most " + std::to_string(services_.uploads.limits().largest_bytes) + " bytes",
                     {},
                     {}});
  }
  const std::string metadata = request.header("upload-metadata");
  const auto sha256 = sha256_in_metadata(metadata);
  if (metadata.size() > kLongestMetadata) return refused(400, "malformed", "Upload-Metadata is too long");
  if (!sha256) return upload_problem(sha256.error());
  const std::uint64_t size = request.content_length.value_or(0);
  const bool bytes_follow = size > 0;
  if (bytes_follow && request.header("content-type") != kBytesFollow) {
    return refused(415, "unsupported-media-type", "bytes are taken as " + std::string(kBytesFollow));
  }
  if (size > *length) return refused(400, "malformed", "more bytes than Upload-Length");
  auto checksum = checksum_of(request);
  if (!checksum) return refused(400, "malformed", checksum.error().detail);
  const auto arrival = bytes_follow && size == *length ? uploads::Arrival::at_once : uploads::Arrival::in_pieces;
  const auto status = services_.uploads.create(kiosk.id, *length, *sha256, metadata, arrival);
  if (!status && status.error().code == ErrorCode::busy)
    return to_reply({429, "too-many-requests", status.error().detail, {}, {}});
  if (!status) return upload_problem(status.error());
  // What was begun before goes on where it stands, not with these bytes.
  if (!bytes_follow || status->offset > 0) return created_reply(*status);
  auto writer = services_.uploads.write(kiosk.id, status->id, 0, size, std::move(*checksum));
  if (!writer) return upload_problem(writer.error());
  return receive(std::move(*writer), 201);
}

Opened TusEndpoint::append(const Call& call) {
  const Request& request = *call.request;
  if (request.header("content-type") != kBytesFollow) {
    return refused(415, "unsupported-media-type", "bytes are taken as " + std::string(kBytesFollow));
  }
  const auto offset = parse_number(request.header("upload-offset"));
  if (!offset) return refused(400, "malformed", "send Upload-Offset");
  auto checksum = checksum_of(request);
  if (!checksum) return refused(400, "malformed", checksum.error().detail);
  auto writer = services_.uploads.write(call.kiosk.id, call.parameter, *offset, request.content_length.value_or(0),
                                        std::move(*checksum));
  if (!writer) return upload_problem(writer.error());
  return receive(std::move(*writer), 204);
}

std::unique_ptr<Receiver> TusEndpoint::receive(uploads::Writer writer, int status) {
  auto receiving = std::make_shared<Receiving>();
  receiving->writer = std::make_unique<uploads::Writer>(std::move(writer));
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(receiving_, [](const auto& other) { return other.expired(); });
    receiving_.push_back(receiving);
  }
  return std::make_unique<Piece>(std::move(receiving), status);
}

Reply TusEndpoint::status_of(const Call& call) {
  const auto status = services_.uploads.find(call.kiosk.id, call.parameter, kPatience);
  if (!status) return upload_problem(status.error());
  Reply reply = empty_reply(200);
  add_progress(reply, *status);
  reply.headers.emplace_back("Upload-Length", std::to_string(status->length));
  if (!status->metadata.empty()) reply.headers.emplace_back("Upload-Metadata", status->metadata);
  return reply;
}

Reply TusEndpoint::remove(const Call& call) {
  const auto removed = services_.uploads.remove(call.kiosk.id, call.parameter);
  return removed ? empty_reply(204) : upload_problem(removed.error());
}

void TusEndpoint::interrupt_all() {
  std::vector<std::shared_ptr<Receiving>> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& weak : receiving_) {
      if (auto receiving = weak.lock()) all.push_back(std::move(receiving));
    }
  }
  for (const auto& receiving : all) {
    const std::lock_guard lock(receiving->mutex);
    const auto writer = std::move(receiving->writer);
    if (writer) writer->interrupt();
  }
}

}  // namespace bangwu::http
