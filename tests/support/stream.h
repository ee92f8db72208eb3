#pragma once
#include <memory>
#include <string>

#include "support/fault_server.h"

namespace bangwu::support {

/// One side of a connection that bytes are read from and written to, with or without TLS.
class Stream {
 public:
  virtual ~Stream() = default;
  /// How many bytes came; 0 at the end or after an error.
  [[nodiscard]] virtual std::size_t read(char* buffer, std::size_t size) = 0;
  [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
};

/// Makes streams of accepted sockets; holds the certificate.
class StreamMaker {
 public:
  explicit StreamMaker(const std::optional<TlsFiles>& tls);
  ~StreamMaker();
  /// Nothing if the TLS handshake fails. The socket is borrowed.
  [[nodiscard]] std::unique_ptr<Stream> serve(int socket) const;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace bangwu::support
