#pragma once
#include <trantor/net/TcpConnection.h>

#include <memory>

#include "http/connections.h"
#include "http/log_valve.h"

namespace bangwu::http {

/// Between the library's sockets and its parser: every connection is counted and timed, and every byte passes a
/// HeadGate before the parser sees it. Outlives the library's loops.
class Doorway {
 public:
  Doorway(const base::Clock& clock, const ConnectionLimits& limits) : clock_(clock), connections_(clock, limits) {}
  /// The library's hook right after accept: its socket.
  void accepted(int socket);
  /// The library's hook for a connection that opened (its handshake done) or closed (also one that never opened).
  void changed(const trantor::TcpConnectionPtr& connection);
  /// The visit a request belongs to; null if its connection is gone.
  [[nodiscard]] std::shared_ptr<Visit> visit_of(const trantor::InetAddress& peer);
  /// Called a few times a second.
  void sweep();
  [[nodiscard]] const base::Clock& clock() const { return clock_; }

 private:
  void stand_before_the_parser(const trantor::TcpConnectionPtr& connection);
  const base::Clock& clock_;
  Connections connections_;
  LogValve refused_{1, std::chrono::seconds(10)}, overdue_{1, std::chrono::seconds(10)};
};

[[nodiscard]] Address address_of(const trantor::InetAddress& peer);

}  // namespace bangwu::http
