#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "support/fault_server.h"

namespace bangwu::support {

/// What a front says to one request in place of the truth.
struct Lie {
  enum class When {
    instead,  ///< the service behind it is not asked
    after,    ///< the service has done its work and nobody hears of it
  };
  When when = When::instead;
  /// Makes the answer of the true one (of an empty one when it was not asked).
  std::function<HttpReply(const HttpReply& truth)> words;
};

/// A front that ends TLS before a central service that speaks plain HTTP on loopback, as proxies and portals do: it
/// passes requests on, one at a time, and may lie. Thread-safe.
class LyingFront {
 public:
  LyingFront(std::uint16_t central, const TlsFiles& tls);
  ~LyingFront();

  /// Asked for every request from now on, under a lock; nothing: the truth.
  using Liar = std::function<std::optional<Lie>(const HttpRequest&)>;
  void let_lie(Liar liar);
  void be_honest();
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

/// Answers as they were met in halls.
[[nodiscard]] HttpReply web_page();  ///< 200, a portal's page
/// A receipt like the true one, signed by somebody else; the truth itself if it is no receipt.
[[nodiscard]] HttpReply forged_receipt(const HttpReply& truth);

}  // namespace bangwu::support
