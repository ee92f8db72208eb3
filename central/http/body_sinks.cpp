#include "http/body_sinks.h"

namespace bangwu::http {
namespace {

/// For all requests together: beyond it new ones are asked to come back.
constexpr std::size_t kMostHeld = 256U << 20;

class Collector final : public BodySink, public std::enable_shared_from_this<Collector> {
 public:
  Collector(Responder respond, WholeBody parts, std::size_t reserve)
      : respond_(std::move(respond)), parts_(std::move(parts)), reserved_(reserve) {
    parts_.held += reserved_;
    body_.reserve(reserve);
  }
  ~Collector() override { parts_.held -= reserved_; }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  void data(std::span<const std::uint8_t> bytes) override {
    // No more than announced can come: the parser cuts bodies by Content-Length.
    body_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void finished() override {
    parts_.workers.post([self = shared_from_this()] { self->respond_(self->parts_.work(std::move(self->body_))); });
  }
  void broken() override {}

 private:
  Responder respond_;
  WholeBody parts_;
  std::size_t reserved_;
  std::string body_;
};

}  // namespace

Outcome collect(const Request& request, Responder respond, WholeBody parts) {
  if (request.is_chunked) return to_reply({411, "length-required", "send the body with Content-Length", {}, {}});
  const std::uint64_t size = request.content_length.value_or(0);
  if (size > parts.limit) {
    Reply reply =
        to_reply({413, "too-large", "at most " + std::to_string(parts.limit) + " bytes are taken here", {}, {}});
    reply.connection = Connection::close;
    return reply;
  }
  if (parts.workers.is_crowded() || parts.held + size > kMostHeld) {
    return to_reply({503, "busy", "the central service has too much to do: come back later", {}, {}});
  }
  return std::make_shared<Collector>(std::move(respond), std::move(parts), static_cast<std::size_t>(size));
}

}  // namespace bangwu::http
