#include "support/tcp_proxy.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>
#include <thread>

#include "support/socket.h"

namespace bangwu::support {
namespace {

/// Sends back what it is sent, for one connection after another.
class Echo {
 public:
  ~Echo() { ::shutdown(listener.socket.get(), SHUT_RDWR); }
  Listener listener = listen_on_loopback();

 private:
  std::jthread thread_{[this] {
    while (true) {
      const auto connection = accept_from(listener);
      if (!connection.is_open()) return;
      char buffer[4096];
      for (ssize_t got = 0; (got = ::recv(connection.get(), buffer, sizeof buffer, 0)) > 0;) {
        if (::send(connection.get(), buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) break;
      }
    }
  }};
};

/// Everything that comes back of `text`, sent through the proxy and closed for writing.
std::string through(const TcpProxy& proxy, const std::string& text) {
  const auto socket = connect_to_loopback(proxy.port());
  if (::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) < 0) return "refused";
  ::shutdown(socket.get(), SHUT_WR);
  std::string all;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::recv(socket.get(), buffer, sizeof buffer, 0)) > 0;)
    all.append(buffer, static_cast<std::size_t>(got));
  return all;
}

TEST(TcpProxy, PassesEverythingOnWhenItIsToldNothing) {
  const Echo echo;
  const TcpProxy proxy{echo.listener.port};
  EXPECT_EQ(through(proxy, "hello"), "hello");
  EXPECT_EQ(through(proxy, std::string(100'000, 'x')).size(), 100'000U);
  EXPECT_EQ(proxy.connections(), 2);
}

TEST(TcpProxy, CutsAfterSoManyBytes) {
  const Echo echo;
  TcpProxy proxy{echo.listener.port};
  proxy.interfere_next({.cut_after_received = 3});
  EXPECT_LE(through(proxy, "hello").size(), 3U);
  proxy.interfere_next({.cut_after_sent = 2});
  EXPECT_LE(through(proxy, "hello").size(), 2U);
  EXPECT_EQ(through(proxy, "hello"), "hello") << "the plan was for one connection";
  EXPECT_EQ(proxy.bytes_sent(), 12U);
}

TEST(TcpProxy, ChangesOneByte) {
  const Echo echo;
  TcpProxy proxy{echo.listener.port};
  proxy.interfere_next({.corrupt_sent = 1});
  EXPECT_EQ(through(proxy, "hello"), "hEllo");
  proxy.interfere_next({.corrupt_received = 4});
  EXPECT_EQ(through(proxy, "hello"), "hellO");
}

TEST(TcpProxy, Refuses) {
  const Echo echo;
  TcpProxy proxy{echo.listener.port};
  proxy.interfere_always({.refuse = true});
  EXPECT_NE(through(proxy, "hello"), "hello");
}

TEST(TcpProxy, ToleratesAServerThatIsAwayAndOneThatMoves) {
  const Echo echo;
  TcpProxy proxy{listen_on_loopback().port};
  EXPECT_NE(through(proxy, "hello"), "hello");
  proxy.set_upstream(echo.listener.port);
  EXPECT_EQ(through(proxy, "hello"), "hello");
}

TEST(TcpProxy, Delays) {
  const Echo echo;
  TcpProxy proxy{echo.listener.port};
  proxy.interfere_next({.delay = std::chrono::milliseconds{50}});
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(through(proxy, "hello"), "hello");
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds{100}) << "50 each way";
}

}  // namespace
}  // namespace bangwu::support
