#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

namespace bangwu::support {

struct HttpAnswer {
  int status = 0;                              ///< 0: the connection ended before an answer
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  [[nodiscard]] std::string header(const std::string& name) const;
  /// "different-content" of a problem document's type; empty if it is none.
  [[nodiscard]] std::string problem() const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One plain HTTP/1.1 connection to loopback, kept open between requests. For one thread.
class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port) {}
  HttpAnswer send(std::string_view method, std::string_view path, const Headers& headers = {},
                  std::string_view body = {});

  /// The parts of a request, for tests that break off: the head (with this Content-Length), then bytes, then either
  /// the answer or the end.
  void send_head(std::string_view method, std::string_view path, const Headers& headers,
                 std::optional<std::size_t> content_length);
  bool send_bytes(std::string_view bytes);
  HttpAnswer read_answer(bool is_head = false);
  void break_off();  ///< closes with a reset, as a pulled cable looks in the end

 private:
  bool connect();
  std::uint16_t port_;
  base::FileHandle socket_;
  std::string received_;
};

/// As a part of a path (RFC 3986, section 2.1), all but ASCII.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace bangwu::support
