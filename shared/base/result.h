#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace bangwu::base {

/// Why something expected to fail now and then did fail. Screens map a code to words; `detail` is for the log and for
/// technicians: it says what, where and what to do, and never carries an applicant's data.
enum class ErrorCode {
  invalid_input,  ///< what was given is malformed or breaks a rule
  not_found,
  already_exists,
  conflict,  ///< the same key with other content
  unauthorised,
  unsupported,
  corrupt,  ///< stored or received bytes do not verify
  disk_full,
  io_failed,
  busy,
  unavailable,  ///< a device or a service cannot be reached
  timed_out,    ///< the outcome is unknown
  cancelled,
  internal,
};

/// The code's name as written to logs and to the wire, e.g. "disk_full".
[[nodiscard]] constexpr const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return "invalid_input";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::already_exists: return "already_exists";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::unauthorised: return "unauthorised";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::disk_full: return "disk_full";
    case ErrorCode::io_failed: return "io_failed";
    case ErrorCode::busy: return "busy";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::timed_out: return "timed_out";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string detail;
  bool operator==(const Error&) const = default;
};

/// A value or an Error. Every function that returns one is [[nodiscard]].
template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail) {
  return tl::unexpected<Error>(Error{code, std::move(detail)});
}

}  // namespace bangwu::base
