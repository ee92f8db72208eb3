#include "http/server.h"

#include <arpa/inet.h>
#include <drogon/HttpAppFramework.h>
#include <drogon/RequestStream.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "base/file.h"
#include "base/log.h"
#include "http/tus_headers.h"

namespace bangwu::http {
namespace {

using drogon::HttpRequestPtr;
using drogon::HttpResponsePtr;
using Callback = std::function<void(const HttpResponsePtr&)>;

constexpr const char* kCloseAttribute = "bangwu.close";
/// Bodies that came together with their head, before a sink could be set; larger ones drogon would put into files.
constexpr std::size_t kMostInMemory = 16U << 20;
constexpr double kSecondsToReadRefusal = 1.0;

/// Shared by the server's threads; outlives requests that end after serve().
struct Progress {
  std::atomic<bool> is_ending = false;
  std::atomic<int> under_way = 0;
};

Method method_of(const drogon::HttpRequest& request) {
  if (request.isHead()) return Method::head;
  switch (request.method()) {
    case drogon::Get: return Method::get;
    case drogon::Post: return Method::post;
    case drogon::Put: return Method::put;
    case drogon::Patch: return Method::patch;
    case drogon::Delete: return Method::del;
    case drogon::Options: return Method::options;
    default: return Method::other;
  }
}

HttpResponsePtr to_response(const Reply& reply) {
  auto response = drogon::HttpResponse::newHttpResponse();
  // RFC 9110 knows no 460; tus does.
  if (reply.status == 460) response->setCustomStatusCode(460, "Checksum Mismatch");
  else response->setStatusCode(static_cast<drogon::HttpStatusCode>(reply.status));
  if (reply.content_type.empty()) response->setContentTypeCode(drogon::CT_NONE);
  else response->setContentTypeString(reply.content_type);
  for (const auto& [name, value] : reply.headers) response->addHeader(name, value);
  response->addHeader("Cache-Control", "no-store");
  response->addHeader("X-Content-Type-Options", "nosniff");
  response->setBody(reply.body);
  return response;
}

/// One request from its head to its answer.
class Exchange {
 public:
  Exchange(HttpRequestPtr request, Callback callback, std::shared_ptr<Trace> trace, std::shared_ptr<Progress> progress)
      : request_(std::move(request)),
        callback_(std::move(callback)),
        trace_(std::move(trace)),
        progress_(std::move(progress)),
        method_(name_of(method_of(*request_))) {
    ++progress_->under_way;
  }
  ~Exchange() { --progress_->under_way; }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  void send(const Reply& reply) {
    if (was_sent_.exchange(true)) return;
    log(reply.status);
    if (reply.connection == Connection::close || progress_->is_ending)
      request_->attributes()->insert(kCloseAttribute, true);
    callback_(to_response(reply));
  }

 private:
  void log(int status) const {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
    base::log(base::LogLevel::info, "request",
              {{"method", method_},
               {"route", trace_->route},
               {"status", std::to_string(status)},
               {"ms", std::to_string(took.count())},
               {"kiosk", trace_->kiosk}});
  }
  HttpRequestPtr request_;
  Callback callback_;
  std::shared_ptr<Trace> trace_;
  std::shared_ptr<Progress> progress_;
  const char* method_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::atomic<bool> was_sent_ = false;
};

/// Hands drogon's stream to a sink.
class StreamReader final : public drogon::RequestStreamReader {
 public:
  explicit StreamReader(std::shared_ptr<BodySink> sink) : sink_(std::move(sink)) {}
  void onStreamData(const char* data, std::size_t size) override {
    sink_->data({reinterpret_cast<const std::uint8_t*>(data), size});
  }
  void onStreamFinish(std::exception_ptr error) override {
    const auto sink = std::move(sink_);  // what it holds is let go with the request still alive
    if (error) sink->broken();
    else sink->finished();
  }

 private:
  std::shared_ptr<BodySink> sink_;
};

Request to_request(const HttpRequestPtr& request, std::shared_ptr<Trace> trace) {
  Request result;
  result.method = method_of(*request);
  result.path = request->path();
  result.header = [weak = request.get()](std::string_view name) { return weak->getHeader(std::string(name)); };
  result.content_length = parse_number(request->getHeader("content-length"));
  result.is_chunked = !request->getHeader("transfer-encoding").empty();
  result.trace = std::move(trace);
  return result;
}

/// A chunk is only handed on when it is whole, so one chunk could fill the memory: such senders are shown out.
void close_soon(const HttpRequestPtr& request) {
  const auto connection = request->getConnectionPtr().lock();
  if (!connection) return;
  connection->getLoop()->runAfter(kSecondsToReadRefusal, [weak = std::weak_ptr(connection)] {
    if (const auto open = weak.lock()) open->forceClose();
  });
}

void handle(Api& api, const std::shared_ptr<Progress>& progress, const HttpRequestPtr& request, Callback callback) {
  auto trace = std::make_shared<Trace>();
  auto exchange = std::make_shared<Exchange>(request, std::move(callback), trace, progress);
  const auto stream = drogon::internal::createRequestStream(request);
  const Request given = to_request(request, std::move(trace));
  if (given.is_chunked) close_soon(request);
  try {
    Outcome outcome = progress->is_ending
                          ? to_reply({503, "ending", "the central service ends: come back later", {}, {}})
                          : api.handle(given, [exchange](const Reply& reply) { exchange->send(reply); });
    if (auto* sink = std::get_if<std::shared_ptr<BodySink>>(&outcome)) {
      if (stream) return stream->setStreamReader(std::make_shared<StreamReader>(std::move(*sink)));
      return (*sink)->finished();
    }
    if (stream) stream->setStreamReader(drogon::RequestStreamReader::newNullReader());
    exchange->send(std::get<Reply>(outcome));
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "request_failed", {{"why", error.what()}});
    exchange->send(to_reply({500, "internal", "the central service made a mistake: tell its operator", {}, {}}));
  }
}

/// Binds without listening: keeps the port for the listeners of all threads, and tells early when it is taken.
base::Result<std::pair<base::FileHandle, std::uint16_t>> reserve_port(const std::string& address, std::uint16_t port) {
  sockaddr_storage storage{};
  socklen_t size = 0;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
  if (inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    size = sizeof(sockaddr_in);
  } else if (inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    size = sizeof(sockaddr_in6);
  } else {
    return base::fail(base::ErrorCode::invalid_input, address + " is no IP address");
  }
  base::FileHandle socket{::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (!socket.is_open() || ::bind(socket.get(), reinterpret_cast<sockaddr*>(&storage), size) != 0 ||
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) {
    const auto code = errno == EADDRINUSE ? base::ErrorCode::already_exists : base::ErrorCode::io_failed;
    return base::fail(code,
                      "cannot listen on " + address + " port " + std::to_string(port) + ": " + std::strerror(errno));
  }
  const std::uint16_t bound = ntohs(storage.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
  return std::pair(std::move(socket), bound);
}

bool accepts(const std::string& address, std::uint16_t port) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  const bool is_v4 = inet_pton(AF_INET, address == "0.0.0.0" ? "127.0.0.1" : address.c_str(), &v4.sin_addr) == 1;
  if (!is_v4 && inet_pton(AF_INET6, address == "::" ? "::1" : address.c_str(), &v6.sin6_addr) != 1) return false;
  v4.sin_family = AF_INET;
  v6.sin6_family = AF_INET6;
  v4.sin_port = v6.sin6_port = htons(port);
  const base::FileHandle socket{::socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const auto* target = is_v4 ? reinterpret_cast<const sockaddr*>(&v4) : reinterpret_cast<const sockaddr*>(&v6);
  return ::connect(socket.get(), target, is_v4 ? sizeof v4 : sizeof v6) == 0;
}

bool signal_within(std::chrono::milliseconds time) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  const timespec wait{time.count() / 1000, (time.count() % 1000) * 1'000'000};
  return sigtimedwait(&signals, nullptr, &wait) > 0;
}

/// Announces the port, waits for a signal, lets what is under way end, ends drogon.
void attend(const ServerOptions& options, std::uint16_t port, Progress& progress) {
  using namespace std::chrono_literals;
  bool is_signalled = false;
  while (!is_signalled && !accepts(options.address, port)) is_signalled = signal_within(20ms);
  if (!is_signalled && options.on_listening) options.on_listening(port);
  while (!is_signalled) is_signalled = signal_within(1h);
  progress.is_ending = true;
  const auto deadline = std::chrono::steady_clock::now() + options.drain;
  while (progress.under_way > 0 && std::chrono::steady_clock::now() < deadline) {
    if (signal_within(20ms)) break;  // asked twice: at once
  }
  base::log(base::LogLevel::info, "server_ends", {{"unanswered", std::to_string(progress.under_way)}});
  drogon::app().quit();
}

/// As it comes a connection reads ten kilobytes at a time; a large file arrives faster by an eighth with these.
void read_more_at_once(const trantor::TcpConnectionPtr& connection) {
  constexpr std::size_t kReadAtOnce = 64U << 10;
  trantor::MsgBuffer& buffer = *connection->getRecvBuffer();
  if (!connection->connected() || buffer.readableBytes() > 0) return;
  trantor::MsgBuffer larger(kReadAtOnce);
  buffer.swap(larger);
}

void configure(const ServerOptions& options, std::uint16_t port) {
  trantor::Logger::setOutputFunction(
      [](const char* text, std::uint64_t size) {
        const std::string_view line(text, size);
        // A client that closes first is no event.
        if (line.find("shutdownWrite") != std::string_view::npos) return;
        base::log(base::LogLevel::warning, "http_library", {{"message", line}});
      },
      [] {});
  auto& app = drogon::app();
  app.setLogLevel(trantor::Logger::kError)
      .disableSigtermHandling()
      .enableRequestStream(true)
      .enableServerHeader(false)
      .setThreadNum(options.io_threads)
      .setUploadPath(std::filesystem::absolute(options.library_folder).string())
      .setConnectionCallback(read_more_at_once)
      .setIdleConnectionTimeout(static_cast<std::size_t>(options.idle_timeout.count()))
      .setMaxConnectionNum(options.most_connections)
      .setClientMaxBodySize(std::max<std::size_t>(options.largest_body, kMostInMemory))
      .setClientMaxMemoryBodySize(kMostInMemory)
      .enableGzip(false)
      .enableBrotli(false);
  if (options.tls) {
    app.addListener(options.address, port, true, options.tls->certificate.string(), options.tls->key.string(), false,
                    {{"MinProtocol", "TLSv1.2"}, {"Options", "ServerPreference,NoRenegotiation"}});
  } else {
    app.addListener(options.address, port);
  }
  app.registerPreSendingAdvice([](const HttpRequestPtr& request, const HttpResponsePtr& response) {
    if (request->attributes()->find(kCloseAttribute)) response->setCloseConnection(true);
  });
}

}  // namespace

void block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

base::Result<void> serve(const ServerOptions& options, Api& api) {
  auto reserved = reserve_port(options.address, options.port);
  if (!reserved) return tl::unexpected(reserved.error());
  const std::uint16_t port = reserved->second;
  const auto progress = std::make_shared<Progress>();
  configure(options, port);
  // All routing is the Api's: drogon's own matches paths with regular expressions, recursing for each character.
  drogon::app().registerPreRoutingAdvice(
      [&api, progress](const HttpRequestPtr& request, drogon::AdviceCallback&& callback,
                       drogon::AdviceChainCallback&&) { handle(api, progress, request, std::move(callback)); });
  std::jthread attendant([&] { attend(options, port, *progress); });
  drogon::app().run();
  attendant.join();
  api.interrupt_uploads();
  return {};
}

}  // namespace bangwu::http
