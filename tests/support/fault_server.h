#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bangwu::support {

/// Names of header fields have no case (RFC 9110, section 5.1).
[[nodiscard]] bool is_same_field(std::string_view a, std::string_view b);

struct HttpRequest {
  std::string method, target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool is_whole = true;                                           ///< false: the connection broke inside the body
  [[nodiscard]] std::string header(std::string_view name) const;  ///< any case; empty if there is none
};

struct HttpReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// What goes wrong with one request. Exactly one kind each.
struct Fault {
  enum class Kind {
    cut_before_body,    ///< the connection breaks after the request's head
    cut_in_body,        ///< after `bytes` of the body; the handler gets the part with is_whole = false
    cut_before_answer,  ///< the handler has done its work, nobody hears of it
    cut_in_answer,      ///< after `bytes` of the answer
    hang,               ///< the request is read, never handled, never answered
    delay,              ///< the answer comes `delay` later
    answer,             ///< `reply` in place of the handler's, which is not asked
    answer_after,       ///< `reply` in place of the handler's, which has done its work
    trickle,            ///< an answer with a body comes at `bytes` a second, and is 900,000 bytes long
  };
  Kind kind = Kind::cut_before_answer;
  std::size_t bytes = 0;
  std::chrono::milliseconds delay{0};
  HttpReply reply{};
};

/// PEM files of a server's certificate chain and key.
struct TlsFiles {
  std::filesystem::path certificate, key;
};

/// A small HTTP/1.1 server on a loopback port of its own choosing, with keep-alive and, if wanted, TLS; each request
/// may be given a fault beforehand. Threads: one a connection; the handler is called under one lock. The end of the
/// object closes every connection and joins every thread.
class FaultServer {
 public:
  using Handler = std::function<HttpReply(const HttpRequest&)>;
  /// Which requests a fault waits for, e.g. those whose method is PUT.
  using Matcher = std::function<bool(const HttpRequest&)>;

  explicit FaultServer(Handler handler, std::optional<TlsFiles> tls = std::nullopt);
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;
  ~FaultServer();

  /// The next request that matches meets this fault; faults are used up in the order they were given.
  void fault_next(Matcher matcher, Fault fault);
  [[nodiscard]] std::size_t faults_left() const;
  /// A client may send a request again by itself when a kept connection breaks before any answer. With `close` each
  /// request has a connection of its own, so that its break is always seen.
  enum class Connections { keep, close };
  void set_connections(Connections connections);

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string url() const;  ///< "http://127.0.0.1:port" or with https
  [[nodiscard]] int connections() const;  ///< accepted so far
  /// "PUT /v1/envelopes/…" of every request whose head was read, in order.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

/// Matches a method and the beginning of the target.
[[nodiscard]] FaultServer::Matcher is_request(std::string method, std::string target_prefix = "");

/// A loopback port nobody listens on any more.
[[nodiscard]] std::uint16_t closed_port();

}  // namespace bangwu::support
