#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "http/address.h"

namespace bangwu::http {

enum class Method { get, head, post, put, patch, del, options, other };

/// What the log may know of a request: the route's pattern, never the path, and the kiosk's id.
struct Trace {
  std::string_view route = "none";
  std::string kiosk;
};

/// A request's head, while its body is still on the way. Any thread may read it.
struct Request {
  Method method = Method::other;
  std::string path;  ///< percent-decoded, without the query
  std::function<std::string(std::string_view lower_case_name)> header;
  std::optional<std::uint64_t> content_length;
  bool is_chunked = false;
  Address peer;           ///< who connected
  std::string forwarded;  ///< all X-Forwarded-For lines, joined; believed of proxies only, see client_behind()
  std::shared_ptr<Trace> trace;
};

enum class Connection { keep, close };

struct Reply {
  int status = 500;
  std::string content_type, body;
  std::vector<std::pair<std::string, std::string>> headers;
  Connection connection = Connection::keep;
};

/// Sends the answer; called once, from any thread.
using Responder = std::function<void(Reply)>;

/// Takes a body as it comes, on the connection's thread. Exactly one of finished() and broken() ends it.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual void data(std::span<const std::uint8_t> bytes) = 0;
  virtual void finished() = 0;
  virtual void broken() = 0;  ///< the client is gone; nobody reads an answer
};

/// An answer at once, whatever body follows is dropped; or a sink that answers through the Responder.
using Outcome = std::variant<Reply, std::shared_ptr<BodySink>>;

/// An RFC 9457 problem document: type urn:bangwu:problem:<name>. `detail` says what, where, what to do. 429, 501, 503
/// and 507 carry Retry-After.
struct Problem {
  int status = 500;
  std::string_view name;
  std::string detail;
  std::vector<std::string> missing;                 ///< member "missing", if not empty
  std::optional<std::chrono::seconds> retry_after;  ///< instead of the status's usual one
};
[[nodiscard]] Reply to_reply(const Problem& problem);
[[nodiscard]] Reply json_reply(int status, std::string body);

/// "Mon, 23 Nov 2026 02:28:03 GMT" (RFC 9110, section 5.6.7).
[[nodiscard]] std::string http_date(base::SystemTime time);

[[nodiscard]] const char* name_of(Method method);

}  // namespace bangwu::http
