#include "store/postgres_connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/postgres_errors.h"

namespace bangwu::store {
namespace {

using base::ErrorCode;
using base::Result;

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

/// Text as the server takes it without a terminating zero.
constexpr int kAsBytes = 1;
constexpr int kAsText = 0;

/// libpq takes arrays: what they point to lives here.
struct Parameters {
  explicit Parameters(Values values) {
    numbers.reserve(values.size());
    for (const Value& value : values) {
      if (const auto* text = std::get_if<std::string_view>(&value.held())) {
        add(text->data() == nullptr ? "" : text->data(), static_cast<int>(text->size()), kAsBytes);
      } else if (const auto* number = std::get_if<std::int64_t>(&value.held())) {
        numbers.push_back(std::to_string(*number));
        add(numbers.back().c_str(), 0, kAsText);
      } else {
        add(nullptr, 0, kAsText);
      }
    }
  }
  void add(const char* pointer, int length, int format) {
    pointers.push_back(pointer);
    lengths.push_back(length);
    formats.push_back(format);
  }
  std::vector<std::string> numbers;
  std::vector<const char*> pointers;
  std::vector<int> lengths, formats;
};

class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
  std::string text(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  std::optional<std::string> optional_text(int column) const override {
    return is_null(column) ? std::nullopt : std::optional(text(column));
  }
  std::int64_t number(int column) const override {
    return std::strtoll(PQgetvalue(result_, row_, column), nullptr, 10);
  }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }

 private:
  const PGresult* result_;
  int row_;
};

Result<void> visit_rows(const PGresult* result, const Sql::Visit& visit) {
  for (int row = 0; row < PQntuples(result); ++row) {
    if (auto visited = visit(PostgresRow(result, row)); !visited) return visited;
  }
  return {};
}

struct Prepared {
  std::string name;
  bool is_known = false;  ///< the server has it
};

}  // namespace

struct PostgresConnection::State {
  /// What an answer is awaited for.
  struct Awaited {
    Prepared* prepares = nullptr;  ///< null: it runs a statement
  };

  std::unique_ptr<PGconn, Finish> connection;
  std::unordered_map<const char*, Prepared> statements;
  std::vector<Awaited> awaited;
  PostgresFailure failure;
  bool is_lost = false;

  base::Error lose(std::string why) {
    is_lost = true;
    failure = {};
    return {ErrorCode::unavailable, "the connection to PostgreSQL was lost: " + std::move(why)};
  }

  base::Error error_of(const PGresult* result) {
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == nullptr) return lose("it was closed");
    if (ends_connection(state)) return lose(message_of(result));
    const char* constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    failure = {.state = state, .constraint = constraint == nullptr ? "" : constraint};
    return {code_of_state(state), "PostgreSQL: " + message_of(result) + " (" + state + ")"};
  }

  /// The primary message names tables and constraints; the details, which are left out, would name values.
  static std::string message_of(const PGresult* result) {
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return message == nullptr ? "no message" : message;
  }

  /// Until the next answer can be read without waiting, while what is queued goes out.
  Result<void> wait() {
    PGconn* const handle = connection.get();
    while (true) {
      const int unsent = PQflush(handle);
      if (unsent < 0) return tl::unexpected(lose("sending failed"));
      if (PQisBusy(handle) == 0) return {};
      pollfd ready{
          .fd = PQsocket(handle), .events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), .revents = 0};
      const auto patience = std::chrono::milliseconds(kPatience);
      const int polled = ::poll(&ready, 1, static_cast<int>(patience.count()));
      if (polled == 0) return tl::unexpected(lose("the server does not answer"));
      if (polled < 0 && errno != EINTR) return tl::unexpected(lose("poll failed"));
      if (PQconsumeInput(handle) == 0) return tl::unexpected(lose("receiving failed"));
    }
  }

  /// The next answer, or null behind the last of a statement.
  Result<Answer> next() {
    if (auto waited = wait(); !waited) return tl::unexpected(waited.error());
    return Answer(PQgetResult(connection.get()));
  }

  Result<void> take_answer(const Awaited& what, const Sql::Visit& visit) {
    const auto answer = next();
    if (!answer) return tl::unexpected(answer.error());
    const ExecStatusType status = PQresultStatus(answer->get());
    Result<void> taken;
    if (status == PGRES_TUPLES_OK && visit) taken = visit_rows(answer->get(), visit);
    else if (status == PGRES_PIPELINE_ABORTED) taken = base::fail(ErrorCode::cancelled, "an earlier statement failed");
    else if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) taken = tl::unexpected(error_of(answer->get()));
    else if (what.prepares != nullptr) what.prepares->is_known = true;
    if (is_lost) return taken;
    const auto end = next();
    if (!end) return tl::unexpected(end.error());
    return taken;
  }
};

PostgresConnection::PostgresConnection(std::unique_ptr<State> state) : state_(std::move(state)) {}
PostgresConnection::~PostgresConnection() = default;
const PostgresFailure& PostgresConnection::failure() const { return state_->failure; }
bool PostgresConnection::is_lost() const { return state_->is_lost; }

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& database) {
  // The string's own words come later and win over these.
  const std::array keywords{"client_encoding",  "application_name", "connect_timeout",
                            "tcp_user_timeout", "dbname",           static_cast<const char*>(nullptr)};
  const std::array values{"UTF8", "bangwu-central", "10", "30000", database.c_str(), static_cast<const char*>(nullptr)};
  if (auto readable = check_connection_string(database); !readable) return tl::unexpected(readable.error());
  auto state = std::make_unique<State>();
  state->connection.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  PGconn* const handle = state->connection.get();
  if (PQstatus(handle) != CONNECTION_OK) {
    // Only a connection that is there already can be asked to tell codes: a second try tells what the first could not.
    PQsetErrorVerbosity(handle, PQERRORS_VERBOSE);
    PQreset(handle);
    if (PQstatus(handle) != CONNECTION_OK) return tl::unexpected(connection_error(PQerrorMessage(handle)));
    PQsetErrorVerbosity(handle, PQERRORS_DEFAULT);
  }
  // By itself libpq writes the server's notices to standard error.
  PQsetNoticeProcessor(
      handle, [](void*, const char*) {}, nullptr);
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(std::move(state)));
  auto set = connection->script("SET synchronous_commit = on; SET statement_timeout = '50s'; SET lock_timeout = '10s'");
  if (!set) return tl::unexpected(set.error());
  if (PQsetnonblocking(handle, 1) != 0 || PQenterPipelineMode(handle) != 1)
    return base::fail(ErrorCode::internal, "PostgreSQL: no pipeline");
  return connection;
}

void PostgresConnection::queue(const char* sql, Values values) {
  State& state = *state_;
  if (state.is_lost) return;
  PGconn* const handle = state.connection.get();
  auto [found, is_new] = state.statements.try_emplace(sql);
  Prepared& prepared = found->second;
  if (is_new) prepared.name = "s" + std::to_string(state.statements.size());
  bool is_prepared = prepared.is_known;
  for (const auto& awaited : state.awaited) is_prepared = is_prepared || awaited.prepares == &prepared;
  bool sent = true;
  if (!is_prepared) {
    sent = PQsendPrepare(handle, prepared.name.c_str(), sql, 0, nullptr) == 1;
    if (sent) state.awaited.push_back({.prepares = &prepared});
  }
  const Parameters parameters(values);
  sent = sent &&
         PQsendQueryPrepared(handle, prepared.name.c_str(), static_cast<int>(values.size()), parameters.pointers.data(),
                             parameters.lengths.data(), parameters.formats.data(), kAsText) == 1;
  if (sent) state.awaited.push_back({});
  else state.is_lost = true;
}

Result<void> PostgresConnection::settle(const Sql::Visit& visit) {
  State& state = *state_;
  const auto awaited = std::exchange(state.awaited, {});
  state.failure = {};
  if (state.is_lost || PQpipelineSync(state.connection.get()) != 1) return tl::unexpected(state.lose("sending failed"));
  Result<void> settled;
  for (std::size_t i = 0; i < awaited.size(); ++i) {
    auto taken = state.take_answer(awaited[i], i + 1 == awaited.size() ? visit : Sql::Visit{});
    if (!taken && settled) settled = std::move(taken);
    if (state.is_lost) return settled;
  }
  const auto synced = state.next();
  if (!synced) return tl::unexpected(synced.error());
  return settled;
}

bool PostgresConnection::is_alive() {
  State& state = *state_;
  pollfd ready{.fd = PQsocket(state.connection.get()), .events = POLLIN, .revents = 0};
  // Nothing is awaited: what can be read is a notice, or a farewell and the end behind it.
  while (!state.is_lost && ::poll(&ready, 1, 0) > 0) {
    if (PQconsumeInput(state.connection.get()) == 0) state.is_lost = true;
  }
  return !state.is_lost;
}

Result<void> PostgresConnection::script(const char* sql) {
  State& state = *state_;
  PGconn* const handle = state.connection.get();
  const bool was_in_pipeline = PQpipelineStatus(handle) != PQ_PIPELINE_OFF;
  if (was_in_pipeline && PQexitPipelineMode(handle) != 1) return tl::unexpected(state.lose("no end of the pipeline"));
  const Answer answer(PQexec(handle, sql));
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return tl::unexpected(state.error_of(answer.get()));
  if (was_in_pipeline && PQenterPipelineMode(handle) != 1) return tl::unexpected(state.lose("no pipeline"));
  return {};
}

}  // namespace bangwu::store
