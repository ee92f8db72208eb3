#include "store/postgres_errors.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace bangwu::store {

using base::ErrorCode;

base::ErrorCode code_of_state(std::string_view state) {
  if (state == "23505") return ErrorCode::already_exists;
  if (state == "BW002") return ErrorCode::conflict;  // an event that does not follow the last (postgres-2.sql)
  if (state == "53100") return ErrorCode::disk_full;
  if (state == "22021") return ErrorCode::invalid_input;             // text that is no UTF-8, or has a zero
  if (state == "55P03" || state == "57014") return ErrorCode::busy;  // waited too long
  if (asks_for_another_try(state)) return ErrorCode::busy;
  if (state.starts_with("53")) return ErrorCode::busy;  // too many connections, no memory
  if (state == "XX001" || state == "XX002") return ErrorCode::corrupt;
  if (state.starts_with("58")) return ErrorCode::io_failed;
  if (ends_connection(state)) return ErrorCode::unavailable;
  return ErrorCode::internal;
}

bool ends_connection(std::string_view state) {
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" || state == "57P05" ||
         state == "25P03";
}

bool asks_for_another_try(std::string_view state) {
  return state == "40001" || state == "40P01" || state == kBlockOutOfDate;
}

base::Result<void> check_connection_string(const std::string& database) {
  struct Free {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
  };
  char* complaint = nullptr;
  const std::unique_ptr<PQconninfoOption, Free> options(PQconninfoParse(database.c_str(), &complaint));
  PQfreemem(complaint);  // it quotes the string
  if (options != nullptr) return {};
  return base::fail(ErrorCode::invalid_input,
                    "[store] database does not read: write postgresql://user:password@host/name, with % and two hex "
                    "digits for signs other than letters and digits in the password");
}

base::Error connection_error(std::string_view message) {
  std::string line(message);
  std::replace(line.begin(), line.end(), '\n', ' ');
  while (line.ends_with(' ')) line.pop_back();
  // With its SQLSTATE behind the severity (libpq, PQERRORS_VERBOSE); the words are in the server's language.
  if (line.find(" 3D000:") != std::string::npos)
    return {ErrorCode::not_found,
            "PostgreSQL: there is no such database: check [store] database, or make it (CREATE "
            "DATABASE), empty, for a new service"};
  if (line.find(" 53300:") != std::string::npos)
    return {ErrorCode::busy, "PostgreSQL: too many connections are open: raise max_connections"};
  return {ErrorCode::unavailable, "PostgreSQL cannot be reached: " + line + ": check [store] database and the server"};
}

}  // namespace bangwu::store
