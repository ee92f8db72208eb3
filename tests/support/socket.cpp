#include "support/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace bangwu::support {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

void send_at_once(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

Listener listen_on_loopback(std::uint16_t port) {
  Listener listener{base::FileHandle{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}, 0};
  const int on = 1;
  ::setsockopt(listener.socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = loopback(port);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener.socket.get(), plain, size) != 0 || ::listen(listener.socket.get(), 128) != 0 ||
      ::getsockname(listener.socket.get(), plain, &size) != 0) {
    throw std::runtime_error("cannot listen on loopback");
  }
  listener.port = ntohs(address.sin_port);
  return listener;
}

base::FileHandle accept_from(const Listener& listener) {
  while (true) {
    base::FileHandle connection{::accept4(listener.socket.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (connection.is_open()) send_at_once(connection.get());
    if (connection.is_open() || (errno != EINTR && errno != ECONNABORTED)) return connection;
  }
}

base::FileHandle connect_to_loopback(std::uint16_t port) {
  base::FileHandle socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const sockaddr_in address = loopback(port);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
  send_at_once(socket.get());
  return socket;
}

}  // namespace bangwu::support
