#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "blobs/blob_store.h"
#include "http_client/origin.h"

namespace bangwu::http_client {

/// What an HTTP client of the courier is held to.
struct Settings {
  std::filesystem::path ca_file;  ///< PEM; the only authorities trusted. Empty: those of the system
  std::string bearer;             ///< sent with every request; empty: none
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::seconds stall{30};  ///< fewer than 64 bytes/s for so long ends a transfer, answers waited for included
  /// An exchange as a whole may take connect_timeout, twice the stall, and what its bytes take at these speeds: whoever
  /// trickles holds nobody longer than that. A file is cheap to cut off, it goes on where it was; a text is not.
  std::uint64_t slowest_file_per_second = 4U << 10;
  std::uint64_t slowest_text_per_second = 1U << 10;
  std::uint64_t slowest_answer_per_second = 8U << 10;
  std::size_t answer_limit = 1U << 20;
  std::string user_agent = "bangwu-kiosk";
};

enum class Method { options, head, get, post, put, patch, remove };

struct Header {
  std::string name, value;
};

/// The rest of a blob from `offset` on. See VerifiedFile: a damaged file never arrives whole.
struct FileBody {
  std::filesystem::path path;
  blobs::BlobRef blob;
  std::uint64_t offset = 0;
};

struct Request {
  Method method = Method::get;
  std::string path;  ///< on the client's origin, e.g. "/v1/health"
  std::vector<Header> headers;
  std::variant<std::monostate, std::string, FileBody> body;
};

/// Nothing of the request left, or (`corrupt`, `not_found`, `io_failed`) its file could not be sent to the end.
/// `unauthorised`: the server's certificate is not one we trust.
struct NotSent {
  base::Error error;
};
/// The request left, in part at least, and no whole answer came: it may or may not have been done.
struct OutcomeUnknown {
  base::Error error;
};
struct Answer {
  int status = 0;
  std::vector<Header> headers;
  std::string body;                                                    ///< empty if it was larger than the limit
  bool is_whole = true;                                                ///< false: larger than the limit
  [[nodiscard]] std::string_view header(std::string_view name) const;  ///< any case; empty if there is none
  /// "attachments-missing" of an RFC 9457 document with the type "urn:bangwu:problem:attachments-missing"; or empty.
  [[nodiscard]] std::string problem() const;
  /// The document's words for people; empty unless it is a problem of ours. A stranger's words until then: for a log.
  [[nodiscard]] std::string detail() const;
};
using Outcome = std::variant<NotSent, OutcomeUnknown, Answer>;

/// Requests that follow one another, each decided by what came of the last.
class Conversation {
 public:
  virtual ~Conversation() = default;
  [[nodiscard]] virtual std::optional<Request> begin() = 0;
  [[nodiscard]] virtual std::optional<Request> next(const Outcome& outcome) = 0;
};

/// HTTP/1.1 to one origin by libcurl: connections are kept and reused, redirects are never followed, no proxy of the
/// environment is used, no "Expect: 100-continue". One thread at a time; a stop may come from any.
class Client {
 public:
  [[nodiscard]] static base::Result<Client> open(Origin origin, Settings settings);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  /// Asked about five times a second while transfers run; false cancels them all.
  using MayGoOn = std::function<bool()>;

  /// Blocks until the outcome is there. A stop ends it at once with `cancelled`.
  [[nodiscard]] Outcome send(const Request& request, const std::stop_token& stop, const MayGoOn& may_go_on = {});
  /// Blocks until all conversations have ended, at most `at_once` under way together. After a stop none begins, and
  /// each one under way is told its outcome, `cancelled`, and not asked again.
  void converse(std::span<Conversation* const> conversations, std::size_t at_once, const std::stop_token& stop,
                const MayGoOn& may_go_on = {});

  [[nodiscard]] const Origin& origin() const;

 private:
  struct Engine;
  explicit Client(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace bangwu::http_client
