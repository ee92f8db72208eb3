#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace bangwu::http_client {

/// Whether http without TLS is allowed to this machine itself. To any other it never is.
enum class PlainHttp { refused, on_loopback };

/// The one place a kiosk sends to: scheme, host and port, and the path in front of /v1 if there is one. The bearer
/// token goes to no other.
class Origin {
 public:
  /// "https://central.example:8443", with or without a path. `invalid_input` for anything but https (or http to
  /// 127.0.0.0/8, ::1 or localhost where allowed), for user information, a query or a fragment.
  [[nodiscard]] static base::Result<Origin> parse(std::string_view url, PlainHttp plain);

  /// The full URL of an absolute path, e.g. of "/v1/health".
  [[nodiscard]] std::string url_of(std::string_view path) const;
  /// A Location field (RFC 9110, section 10.2.2), resolved against `path`, as a path of this origin. `unauthorised` if
  /// it leads to another host or port; another scheme alone is forgiven, because a front that ends TLS makes its
  /// servers say http, and only the path is used.
  [[nodiscard]] base::Result<std::string> path_of_location(std::string_view location, std::string_view path) const;

  [[nodiscard]] bool is_plain() const { return scheme_ == "http"; }

 private:
  std::string scheme_, host_, port_, base_;  // base_ has no slash at its end
};

}  // namespace bangwu::http_client
