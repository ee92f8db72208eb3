#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace bangwu::support {

/// What happens to one connection through the proxy. Bytes are counted from its beginning, each direction apart.
struct Interference {
  std::optional<std::uint64_t> cut_after_sent{};      ///< bytes from the client, then both ends are reset
  std::optional<std::uint64_t> cut_after_received{};  ///< bytes from the server, then both ends are reset
  std::optional<std::uint64_t> corrupt_sent{};        ///< the byte at this position is changed
  std::optional<std::uint64_t> corrupt_received{};
  std::chrono::milliseconds delay{0};  ///< before each piece is passed on, either way
  bool refuse = false;                 ///< closed as soon as it was accepted
};

/// A TCP proxy on a loopback port of its own: the bad cable between a kiosk and its central service. The server behind
/// it may go away and come back. Thread-safe; the end of the object closes everything and joins.
class TcpProxy {
 public:
  explicit TcpProxy(std::uint16_t upstream);
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;
  ~TcpProxy();

  /// Connections to come meet these in order, one each; when they are used up, `always` (at first: nothing).
  void interfere_next(Interference interference);
  void interfere_always(Interference interference);
  void set_upstream(std::uint16_t port);
  /// Resets every connection that is open now.
  void cut_all();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] int connections() const;           ///< accepted so far
  [[nodiscard]] std::uint64_t bytes_sent() const;  ///< from clients, passed on so far

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace bangwu::support
