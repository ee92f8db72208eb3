#include "http/head_gate.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace bangwu::http {
namespace {

constexpr std::size_t kLargestHead = 32U << 10;
constexpr unsigned kMostFields = 100;
constexpr std::size_t kMostDigits = 18;  // of a Content-Length: no sum of two overflows

std::optional<HeadFault> malformed(std::string_view detail) { return HeadFault{400, "malformed", detail}; }

bool is_token_character(char c) {
  const bool is_letter_or_digit = base::is_letter(c) || base::is_digit(c);
  return is_letter_or_digit || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::optional<std::uint64_t> length_in(std::string_view value) {
  std::uint64_t length = 0;
  const bool is_number = !value.empty() && value.size() <= kMostDigits &&
                         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number) return std::nullopt;
  std::from_chars(value.data(), value.data() + value.size(), length);
  return length;
}

}  // namespace

std::optional<HeadFault> HeadGate::take(std::string_view bytes) {
  unread_ = 0;
  while (!bytes.empty()) {
    if (place_ == Place::nowhere) {
      unread_ = bytes.size();
      return std::nullopt;
    }
    if (place_ == Place::body) {
      const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, bytes.size()));
      bytes.remove_prefix(part);
      body_left_ -= part;
      if (body_left_ > 0) return std::nullopt;
      place_ = Place::between;
      ++bodies_;
      continue;
    }
    place_ = Place::head;
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    head_size_ += part.size() + (end == std::string_view::npos ? 0 : 1);
    if (head_size_ > kLargestHead) return HeadFault{431, "head-too-large", "a request's head has at most 32 KiB"};
    line_ += part;
    if (end == std::string_view::npos) return std::nullopt;
    bytes.remove_prefix(end + 1);
    if (auto fault = take_line()) return fault;
  }
  return std::nullopt;
}

std::optional<std::string> HeadGate::next_forwarded() {
  if (of_heads_.empty()) return std::nullopt;
  std::string forwarded = std::move(of_heads_.front());
  of_heads_.pop_front();
  return forwarded;
}

std::optional<HeadFault> HeadGate::take_line() {
  if (!line_.ends_with('\r')) return malformed("lines of a head end with CR LF");
  line_.pop_back();
  if (std::any_of(line_.begin(), line_.end(), [](char c) { return is_control(c) && c != '\t'; }))
    return malformed("a head has no control characters");
  const bool is_first = head_size_ == line_.size() + 2;
  auto fault = is_first ? begin_head() : line_.empty() ? end_head() : take_field();
  line_.clear();
  return fault;
}

std::optional<HeadFault> HeadGate::begin_head() {
  fields_ = 0;
  has_host_ = has_authorization_ = is_chunked_ = false;
  content_length_.reset();
  forwarded_.clear();
  const std::string_view line = line_;
  const std::size_t first = line.find(' '), second = line.find(' ', first + 1);
  const bool has_three_parts = first != std::string_view::npos && second != std::string_view::npos &&
                               second > first + 1 && line.find(' ', second + 1) == std::string_view::npos;
  if (!has_three_parts || !is_token(line.substr(0, first))) return malformed("the first line is no request");
  // Of another form some find another path in it than the proxy before did.
  if (line[first + 1] != '/') return malformed("the target of a request is a path");
  const std::string path =
      base::lower(std::string(line.substr(first + 1, line.find_first_of(" ?", first + 1) - first - 1)));
  if (path.find("%2f") != std::string::npos) return malformed("a path has no slash but those between its parts");
  // The library answers OPTIONS for "/*" itself, and keeps whatever body comes with it: in memory, then in files.
  if (path.find('*') != std::string::npos || path.find("%2a") != std::string::npos)
    return malformed("a path here has no asterisk");
  const std::string_view version = line.substr(second + 1);
  is_http_1_0_ = version == "HTTP/1.0";
  if (!is_http_1_0_ && version != "HTTP/1.1") return malformed("HTTP/1.1 is spoken here");
  return std::nullopt;
}

std::optional<HeadFault> HeadGate::take_field() {
  if (++fields_ > kMostFields) return HeadFault{431, "head-too-large", "a request's head has at most 100 fields"};
  const std::size_t colon = line_.find(':');
  const std::string_view name = std::string_view(line_).substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name)) return malformed("a line of the head is no field");
  return note_field(base::lower(std::string(name)), base::trimmed(std::string_view(line_).substr(colon + 1), " \t"));
}

std::optional<HeadFault> HeadGate::note_field(std::string_view name, std::string_view value) {
  if (name == "content-length") {
    if (content_length_) return malformed("Content-Length is given twice");
    content_length_ = length_in(value);
    if (!content_length_) return malformed("Content-Length is a number of digits");
  } else if (name == "transfer-encoding") {
    if (is_chunked_) return malformed("Transfer-Encoding is given twice");
    if (!base::equal_ignoring_case(value, "chunked") || is_http_1_0_)
      return malformed("Transfer-Encoding can only be chunked");
    is_chunked_ = true;
  } else if (name == "host") {
    if (std::exchange(has_host_, true)) return malformed("Host is given twice");
  } else if (name == "authorization") {
    if (std::exchange(has_authorization_, true)) return malformed("Authorization is given twice");
  } else if (name == "x-forwarded-for") {
    if (!forwarded_.empty()) forwarded_ += ',';
    forwarded_ += value;
  } else if (name == "upgrade" && base::equal_ignoring_case(value, "websocket")) {
    return malformed("only HTTP is spoken here");
  }
  return std::nullopt;
}

std::optional<HeadFault> HeadGate::end_head() {
  if (is_chunked_ && content_length_) return malformed("Content-Length and Transfer-Encoding exclude each other");
  if (!has_host_ && !is_http_1_0_) return malformed("Host is missing");
  ++heads_;
  of_heads_.push_back(std::move(forwarded_));
  head_size_ = 0;
  body_left_ = content_length_.value_or(0);
  place_ = is_chunked_ ? Place::nowhere : body_left_ > 0 ? Place::body : Place::between;
  if (place_ == Place::between) ++bodies_;
  return std::nullopt;
}

}  // namespace bangwu::http
