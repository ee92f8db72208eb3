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

/// Writes a piece as it comes; a worker waits for the disk at its end.
class PieceSink final : public BodySink {
 public:
  PieceSink(Workers& workers, std::shared_ptr<Receiving> receiving, int status, Responder respond)
      : workers_(workers), receiving_(std::move(receiving)), status_(status), respond_(std::move(respond)) {}

  void data(std::span<const std::uint8_t> bytes) override {
    if (has_failed_) return;
    const std::lock_guard lock(receiving_->mutex);
    const auto appended =
        receiving_->writer ? receiving_->writer->append(bytes) : base::fail(ErrorCode::cancelled, "the service ends");
    if (appended) return;
    has_failed_ = true;
    workers_.post([receiving = receiving_, respond = respond_, error = appended.error()] {
      end(*receiving);
      Reply reply = upload_problem(error);
      reply.connection = Connection::close;
      respond(std::move(reply));
    });
  }
  void finished() override {
    if (has_failed_) return;
    workers_.post([receiving = receiving_, status = status_, respond = respond_] {
      const std::lock_guard lock(receiving->mutex);
      if (!receiving->writer)
        return respond(to_reply({503, "ending", "the central service ends: come back later", {}, {}}));
      const auto writer = std::move(receiving->writer);
      const auto finished = writer->finish();
      if (!finished) return respond(upload_problem(finished.error()));
      if (status == 201) return respond(created_reply(*finished));
      Reply reply = empty_reply(status);
      add_progress(reply, *finished);
      respond(std::move(reply));
    });
  }
  void broken() override {
    workers_.post([receiving = receiving_] { end(*receiving); });
  }

 private:
  static void end(Receiving& receiving) {
    const std::lock_guard lock(receiving.mutex);
    const auto writer = std::move(receiving.writer);
    if (writer) writer->interrupt();
  }
  Workers& workers_;
  std::shared_ptr<Receiving> receiving_;
  int status_;
  Responder respond_;
  bool has_failed_ = false;
};

Reply options_reply(const uploads::Limits& limits) {
  Reply reply = empty_reply(204);
  reply.headers.emplace_back("Tus-Version", kVersion);
  reply.headers.emplace_back("Tus-Max-Size", std::to_string(limits.largest_bytes));
  reply.headers.emplace_back("Tus-Extension", "creation,creation-with-upload,checksum,expiration,termination");
  reply.headers.emplace_back("Tus-Checksum-Algorithm", "sha1,sha256");
  return reply;
}

Method method_of(const Request& request) {
  const std::string named = request.header("x-http-method-override");
  if (request.method != Method::post || named.empty()) return request.method;
  for (const Method method : {Method::patch, Method::head, Method::del, Method::post}) {
    if (named == name_of(method)) return method;
  }
  return Method::other;
}

/// Every answer of tus names the version that was spoken.
Outcome with_version(Outcome outcome) {
  if (auto* reply = std::get_if<Reply>(&outcome)) reply->headers.emplace_back("Tus-Resumable", kVersion);
  return outcome;
}

Responder with_version(Responder respond) {
  return [respond = std::move(respond)](Reply reply) {
    reply.headers.emplace_back("Tus-Resumable", kVersion);
    respond(std::move(reply));
  };
}

}  // namespace

Outcome TusEndpoint::handle(const Request& request, std::string_view id, Responder respond) {
  const Method method = method_of(request);
  if (method == Method::options) return with_version(options_reply(services_.uploads.limits()));
  if (request.header("tus-resumable") != kVersion) {
    Reply reply = to_reply({412, "unsupported-version", "send Tus-Resumable: 1.0.0", {}, {}});
    reply.headers.emplace_back("Tus-Version", kVersion);
    return with_version(std::move(reply));
  }
  auto kiosk = admit(services_, request);
  if (!kiosk) return with_version(std::move(kiosk.error()));
  if (request.is_chunked) {
    Reply reply = to_reply({411, "length-required", "send the bytes with Content-Length", {}, {}});
    reply.connection = Connection::close;
    return with_version(std::move(reply));
  }
  if (services_.workers.is_crowded())
    return with_version(to_reply({503, "busy", "the central service has too much to do: come back later", {}, {}}));
  respond = with_version(std::move(respond));
  if (id.empty()) {
    if (method != Method::post) return with_version(method_not_allowed("OPTIONS, POST"));
    return with_version(create(request, *kiosk, std::move(respond)));
  }
  switch (method) {
    case Method::head: return with_version(status_of(request, *kiosk, std::string(id), std::move(respond)));
    case Method::patch: return with_version(append(request, *kiosk, id, std::move(respond)));
    case Method::del: return with_version(remove(request, *kiosk, std::string(id), std::move(respond)));
    default: return with_version(method_not_allowed("DELETE, HEAD, OPTIONS, PATCH"));
  }
}

Outcome TusEndpoint::create(const Request& request, const enrolment::Kiosk& kiosk, Responder respond) {
  const auto length = parse_number(request.header("upload-length"));
  if (!length)
    return to_reply({400, "malformed", "send Upload-Length with the file's size; it cannot be deferred", {}, {}});
  if (*length > services_.uploads.limits().largest_bytes) {
    return to_reply({413,
                     "too-large",
                     "a file may have at most " + std::to_string(services_.uploads.limits().largest_bytes) + " bytes",
                     {},
                     {}});
  }
  const std::string metadata = request.header("upload-metadata");
  const auto sha256 = sha256_in_metadata(metadata);
  if (metadata.size() > kLongestMetadata) return to_reply({400, "malformed", "Upload-Metadata is too long", {}, {}});
  if (!sha256) return upload_problem(sha256.error());
  const std::uint64_t size = request.content_length.value_or(0);
  const bool bytes_follow = size > 0;
  if (bytes_follow && request.header("content-type") != kBytesFollow) {
    return to_reply({415, "unsupported-media-type", "bytes are taken as " + std::string(kBytesFollow), {}, {}});
  }
  if (size > *length) return to_reply({400, "malformed", "more bytes than Upload-Length", {}, {}});
  const auto arrival = bytes_follow && size == *length ? uploads::Arrival::at_once : uploads::Arrival::in_pieces;
  const auto status = services_.uploads.create(kiosk.id, *length, *sha256, metadata, arrival);
  if (!status && status.error().code == ErrorCode::busy)
    return to_reply({429, "too-many-requests", status.error().detail, {}, {}});
  if (!status) return upload_problem(status.error());
  if (!bytes_follow || status->offset == *length) return created_reply(*status);
  std::optional<uploads::Checksum> checksum;
  if (const std::string header = request.header("upload-checksum"); !header.empty()) {
    const auto parsed = parse_checksum(header);
    if (!parsed) return to_reply({400, "malformed", parsed.error().detail, {}, {}});
    checksum = *parsed;
  }
  auto writer = services_.uploads.write(kiosk.id, status->id, 0, size, std::move(checksum));
  if (!writer) return upload_problem(writer.error());
  return receive(std::move(*writer), 201, std::move(respond));
}

Outcome TusEndpoint::append(const Request& request, const enrolment::Kiosk& kiosk, std::string_view id,
                            Responder respond) {
  if (request.header("content-type") != kBytesFollow) {
    return to_reply({415, "unsupported-media-type", "bytes are taken as " + std::string(kBytesFollow), {}, {}});
  }
  const auto offset = parse_number(request.header("upload-offset"));
  if (!offset) return to_reply({400, "malformed", "send Upload-Offset", {}, {}});
  std::optional<uploads::Checksum> checksum;
  if (const std::string header = request.header("upload-checksum"); !header.empty()) {
    const auto parsed = parse_checksum(header);
    if (!parsed) return to_reply({400, "malformed", parsed.error().detail, {}, {}});
    checksum = *parsed;
  }
  auto writer = services_.uploads.write(kiosk.id, id, *offset, request.content_length.value_or(0), std::move(checksum));
  if (!writer) return upload_problem(writer.error());
  return receive(std::move(*writer), 204, std::move(respond));
}

Outcome TusEndpoint::receive(uploads::Writer writer, int status, Responder respond) {
  auto receiving = std::make_shared<Receiving>();
  receiving->writer = std::make_unique<uploads::Writer>(std::move(writer));
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(receiving_, [](const auto& other) { return other.expired(); });
    receiving_.push_back(receiving);
  }
  return std::make_shared<PieceSink>(services_.workers, std::move(receiving), status, std::move(respond));
}

Outcome TusEndpoint::status_of(const Request& request, const enrolment::Kiosk& kiosk, std::string id,
                               Responder respond) {
  return collect(request, std::move(respond),
                 {services_.workers, held_, 0, [this, kiosk = kiosk.id, id = std::move(id)](const std::string&) {
                    const auto status = services_.uploads.find(kiosk, id, kPatience);
                    if (!status) return upload_problem(status.error());
                    Reply reply = empty_reply(200);
                    add_progress(reply, *status);
                    reply.headers.emplace_back("Upload-Length", std::to_string(status->length));
                    if (!status->metadata.empty()) reply.headers.emplace_back("Upload-Metadata", status->metadata);
                    return reply;
                  }});
}

Outcome TusEndpoint::remove(const Request& request, const enrolment::Kiosk& kiosk, std::string id, Responder respond) {
  return collect(request, std::move(respond),
                 {services_.workers, held_, 0, [this, kiosk = kiosk.id, id = std::move(id)](const std::string&) {
                    const auto removed = services_.uploads.remove(kiosk, id);
                    return removed ? empty_reply(204) : upload_problem(removed.error());
                  }});
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
