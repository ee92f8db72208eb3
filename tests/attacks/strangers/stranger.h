#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/file.h"

namespace bangwu::attacks {

/// A connection to the service from any address of loopback, whatever is sent on it.
class Stranger {
 public:
  explicit Stranger(std::uint16_t port, const char* from = "127.0.0.2")
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in own{}, service{};
    own.sin_family = service.sin_family = AF_INET;
    inet_pton(AF_INET, from, &own.sin_addr);
    inet_pton(AF_INET, "127.0.0.1", &service.sin_addr);
    service.sin_port = htons(port);
    if (::bind(socket_.get(), reinterpret_cast<sockaddr*>(&own), sizeof own) != 0 ||
        ::connect(socket_.get(), reinterpret_cast<sockaddr*>(&service), sizeof service) != 0) {
      throw std::runtime_error("the service does not listen");
    }
  }
  /// False when the service has closed.
  bool send(std::string_view bytes) const {
    return ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  /// All that the service says until it closes, or until then.
  [[nodiscard]] std::string read_to_the_end(std::chrono::milliseconds patience = std::chrono::seconds(10)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    std::string said;
    while (!is_closed_ && std::chrono::steady_clock::now() < end) {
      pollfd ready{socket_.get(), POLLIN, 0};
      if (::poll(&ready, 1, 50) <= 0) continue;
      char buffer[4096];
      const ssize_t got = ::recv(socket_.get(), buffer, sizeof buffer, 0);
      if (got > 0) said.append(buffer, static_cast<std::size_t>(got));
      else is_closed_ = true;
    }
    return said;
  }
  [[nodiscard]] bool is_closed_within(std::chrono::milliseconds patience) {
    (void)read_to_the_end(patience);
    return is_closed_;
  }

 private:
  base::FileHandle socket_;
  bool is_closed_ = false;
};

}  // namespace bangwu::attacks
