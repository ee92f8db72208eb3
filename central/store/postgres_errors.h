#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace bangwu::store {

/// What a SQLSTATE means to the house (postgresql.org/docs/15/errcodes-appendix.html).
[[nodiscard]] base::ErrorCode code_of_state(std::string_view state);
/// The server closes the connection after these.
[[nodiscard]] bool ends_connection(std::string_view state);
/// Another transaction came between: run the whole transaction again.
[[nodiscard]] bool asks_for_another_try(std::string_view state);

/// A block of numbers lies below a floor that was raised meanwhile (postgres-2.sql).
inline constexpr std::string_view kBlockOutOfDate = "BW001";

/// `invalid_input` unless libpq can read the string. The string holds a password: nothing of it is told.
[[nodiscard]] base::Result<void> check_connection_string(const std::string& database);
/// `unavailable`; `not_found` when the server has no such database, `busy` when it has no place for one more
/// connection. `message` as libpq tells it with PQERRORS_VERBOSE.
[[nodiscard]] base::Error connection_error(std::string_view message);

}  // namespace bangwu::store
