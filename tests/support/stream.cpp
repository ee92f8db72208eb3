#include "support/stream.h"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <csignal>
#include <stdexcept>

namespace bangwu::support {
namespace {

class PlainStream final : public Stream {
 public:
  explicit PlainStream(int socket) : socket_(socket) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const ssize_t got = ::recv(socket_, buffer, size, 0);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  bool write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

 private:
  int socket_;
};

class TlsStream final : public Stream {
 public:
  explicit TlsStream(SSL* ssl) : ssl_(ssl, &SSL_free) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const int got = SSL_read(ssl_.get(), buffer, static_cast<int>(size));
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  bool write(std::string_view bytes) override {
    return bytes.empty() || SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }

 private:
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
};

}  // namespace

struct StreamMaker::Context {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls{nullptr, &SSL_CTX_free};
};

StreamMaker::StreamMaker(const std::optional<TlsFiles>& tls) : context_(std::make_unique<Context>()) {
  if (!tls) return;
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  context_->tls.reset(SSL_CTX_new(TLS_server_method()));
  if (SSL_CTX_use_certificate_chain_file(context_->tls.get(), tls->certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context_->tls.get(), tls->key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw std::runtime_error("the test's certificate cannot be used");
  }
}

StreamMaker::~StreamMaker() = default;

std::unique_ptr<Stream> StreamMaker::serve(int socket) const {
  if (!context_->tls) return std::make_unique<PlainStream>(socket);
  SSL* ssl = SSL_new(context_->tls.get());
  SSL_set_fd(ssl, socket);
  auto stream = std::make_unique<TlsStream>(ssl);
  if (SSL_accept(ssl) != 1) return nullptr;
  return stream;
}

}  // namespace bangwu::support
