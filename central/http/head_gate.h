#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace bangwu::http {

/// Why a head is refused.
struct HeadFault {
  int status = 400;
  std::string_view name, detail;  ///< as of a problem document
  bool operator==(const HeadFault&) const = default;
};

/// Stands before the HTTP library's parser and sees every byte of one connection first: heads that could be read in two
/// ways never reach it. RFC 9112: lines end with CR LF (section 2.2), no white space before a colon, no folded lines
/// (5.1, 5.2), a target that is a path (3.2.1), one Host (3.2), a Content-Length of digits, once, and never beside
/// Transfer-Encoding (6.1 to 6.3; request smuggling, 11.2); no control characters (5.5). A head has at most 32 KiB and
/// 100 fields. Only what frames a body and who asks is judged: all else is the library's and the routes'.
///
/// No I/O, no clock; one thread. After a fault, and after a head that announces a chunked body (no route takes one),
/// nothing more is to be read of the connection.
class HeadGate {
 public:
  /// Where the next byte belongs.
  enum class Place { between, head, body, nowhere };

  /// Goes on with bytes that came. Everything before the fault was good.
  [[nodiscard]] std::optional<HeadFault> take(std::string_view bytes);
  [[nodiscard]] Place place() const { return place_; }
  /// Of the bytes last taken, those behind a head that announces a chunked body: for nobody.
  [[nodiscard]] std::size_t unread() const { return unread_; }
  /// What the oldest head not asked about yet says in X-Forwarded-For, all lines joined; nothing when none is left.
  [[nodiscard]] std::optional<std::string> next_forwarded();
  [[nodiscard]] std::uint64_t heads_ended() const { return heads_; }
  [[nodiscard]] std::uint64_t bodies_ended() const { return bodies_; }  ///< empty ones too

 private:
  std::optional<HeadFault> take_line();
  std::optional<HeadFault> begin_head();
  std::optional<HeadFault> take_field();
  std::optional<HeadFault> note_field(std::string_view name, std::string_view value);
  std::optional<HeadFault> end_head();

  Place place_ = Place::between;
  std::string line_;           ///< what came of the line, without its end
  std::size_t head_size_ = 0;  ///< bytes of this head
  std::size_t unread_ = 0;
  unsigned fields_ = 0;
  bool is_http_1_0_ = false, has_host_ = false, has_authorization_ = false, is_chunked_ = false;
  std::optional<std::uint64_t> content_length_;
  std::string forwarded_;             ///< of this head
  std::deque<std::string> of_heads_;  ///< of those that ended
  std::uint64_t body_left_ = 0, heads_ = 0, bodies_ = 0;
};

}  // namespace bangwu::http
