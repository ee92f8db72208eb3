#pragma once
#include <functional>
#include <string>
#include <vector>

namespace bangwu::attacks {

/// What there is to reach outside: files, sockets that are listened to, and the process that started the attacker.
struct Outside {
  std::string folder;  ///< writable by all; holds "token" and "victim", a socket "sock", a folder "mnt"
  int tcp_port = 0, udp_port = 0;
  std::string abstract_socket;
  int parent = 0;
  std::string program;  ///< bytes of one that can be run
};

/// One way out: 0 when it is open, the errno of the refusal else.
struct WayOut {
  const char* name;
  std::function<int()> go;
};

[[nodiscard]] std::vector<WayOut> ways_out(const Outside& outside);

}  // namespace bangwu::attacks
