#include "support/lying_front.h"

#include <mutex>
#include <utility>

#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "support/client.h"

namespace bangwu::support {
namespace {

/// Of this connection only (RFC 9110, section 7.6.1), or written anew.
bool is_for_one_connection(std::string_view name) {
  for (const char* other : {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}) {
    if (is_same_field(name, other)) return true;
  }
  return false;
}

HttpReply pass_on(std::uint16_t port, const HttpRequest& request) {
  Headers headers;
  for (const auto& [name, value] : request.headers) {
    if (!is_for_one_connection(name)) headers.emplace_back(name, value);
  }
  const auto answer = Client(port).send(request.method, request.target, headers, request.body);
  if (answer.status == 0) return {502, {}, ""};
  HttpReply reply{answer.status, {}, answer.body};
  for (const auto& [name, value] : answer.headers) {
    if (!is_for_one_connection(name)) reply.headers.emplace_back(name, value);
  }
  return reply;
}

}  // namespace

struct LyingFront::Engine {
  Engine(std::uint16_t central, const TlsFiles& tls)
      : port(central), server([this](const HttpRequest& request) { return answer(request); }, tls) {}

  std::uint16_t port;
  std::mutex mutex;
  Liar liar;  // guarded by mutex
  FaultServer server;

  HttpReply answer(const HttpRequest& request) {
    if (!request.is_whole) return {};  // nobody is there any more
    const std::scoped_lock lock{mutex};
    const auto lie = liar ? liar(request) : std::nullopt;
    if (!lie) return pass_on(port, request);
    return lie->words(lie->when == Lie::When::after ? pass_on(port, request) : HttpReply{});
  }
};

LyingFront::LyingFront(std::uint16_t central, const TlsFiles& tls) : engine_(std::make_unique<Engine>(central, tls)) {}
LyingFront::~LyingFront() = default;

void LyingFront::let_lie(Liar liar) {
  const std::scoped_lock lock{engine_->mutex};
  engine_->liar = std::move(liar);
}

void LyingFront::be_honest() { let_lie({}); }

std::uint16_t LyingFront::port() const { return engine_->server.port(); }

HttpReply web_page() {
  return {
      200, {{"Content-Type", "text/html; charset=utf-8"}}, "<!doctype html><title>网络认证</title><p>请登录后上网</p>"};
}

HttpReply forged_receipt(const HttpReply& truth) {
  auto receipt = envelope::receipt_from_json(truth.body);
  if (!receipt || !envelope::initialise_cryptography()) return truth;
  envelope::sign(*receipt, envelope::SigningKey::make());
  HttpReply forged = truth;
  forged.body = envelope::to_json(*receipt);
  return forged;
}

}  // namespace bangwu::support
