#include "http/server.h"

#include <arpa/inet.h>
#include <drogon/HttpAppFramework.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "base/file.h"
#include "base/log.h"
#include "http/doorway.h"
#include "http/exchange.h"
#include "http/log_valve.h"

namespace bangwu::http {
namespace {

using drogon::HttpRequestPtr;
using drogon::HttpResponsePtr;

/// Bodies that came together with their head, before a sink could be set;
/// larger ones drogon would put into files.
constexpr std::size_t kMostInMemory = 16U << 20;
constexpr double kSecondsBetweenSweeps = 0.25;
/// Requests sent before the first of them is answered.
constexpr std::size_t kMostPipelined = 32;
/// Ours refuses first: the library counts on each thread for itself and logs
/// each one.
constexpr std::size_t kBeyondOurs = 1024;

/// Binds without listening: keeps the port for the listeners of all threads,
/// and tells early when it is taken.
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

/// Announces the port, waits for a signal, lets what is under way end, ends
/// drogon.
void attend(const ServerOptions& options, std::uint16_t port, Api& api, Exchanges& exchanges) {
  using namespace std::chrono_literals;
  bool is_signalled = false;
  while (!is_signalled && !accepts(options.address, port)) is_signalled = signal_within(20ms);
  if (!is_signalled && options.on_listening) options.on_listening(port);
  while (!is_signalled) is_signalled = signal_within(1h);
  exchanges.is_ending = true;
  const auto deadline = std::chrono::steady_clock::now() + options.drain;
  while (exchanges.under_way > 0 && std::chrono::steady_clock::now() < deadline) {
    if (signal_within(20ms)) break;  // asked twice: at once
  }
  base::log(base::LogLevel::info, "http.server_ends", {{"unanswered", std::to_string(exchanges.under_way)}});
  // The last answers go out while there are connections to send them on.
  api.finish();
  drogon::app().quit();
}

/// The library's own errors; a stranger may cause any number of them.
void take_over_library_log(const base::Clock& clock) {
  static LogValve valve(10, std::chrono::seconds(10));
  trantor::Logger::setOutputFunction(
      [&clock](const char* text, std::uint64_t size) {
        const std::string_view line(text, size);
        // A client that closes first is no event.
        if (line.find("shutdownWrite") != std::string_view::npos) return;
        const auto held_back = valve.let_through(clock.steady());
        if (!held_back) return;
        base::log(base::LogLevel::warning, "http.library", {{"message", line}, {"more", std::to_string(*held_back)}});
      },
      [] {});
}

void configure(const ServerOptions& options, std::uint16_t port, const std::shared_ptr<Doorway>& doorway) {
  auto& app = drogon::app();
  app.setLogLevel(trantor::Logger::kError)
      .disableSigtermHandling()
      .enableRequestStream(true)
      .enableServerHeader(false)
      .setThreadNum(options.io_threads)
      .setUploadPath(std::filesystem::absolute(options.library_folder).string())
      .setAfterAcceptSockOptCallback([doorway](int socket) { doorway->accepted(socket); })
      .setConnectionCallback([doorway](const trantor::TcpConnectionPtr& connection) { doorway->changed(connection); })
      .setPipeliningRequestsNumber(kMostPipelined)
      .setIdleConnectionTimeout(0)  // the doorway's
      .setMaxConnectionNum(options.connections.most + kBeyondOurs)
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
  // Every request that was parsed passes here, in its turn; not all come as far as the routing.
  app.registerSyncAdvice([doorway](const HttpRequestPtr& request) -> HttpResponsePtr {
    const auto visit = doorway->visit_of(request->getPeerAddr());
    if (visit) request->attributes()->insert(kForwardedAttribute, visit->take_forwarded());
    return nullptr;
  });
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
  static const base::RealClock clock;
  take_over_library_log(clock);
  // Shared with the library's callbacks: it never ends quite, and may close a connection after this returned.
  const auto doorway = std::make_shared<Doorway>(clock, options.connections);
  const auto exchanges = std::make_shared<Exchanges>(*doorway);
  configure(options, port, doorway);
  // All routing is the Api's: drogon's own matches paths with regular expressions, recursing for each character.
  drogon::app().registerPreRoutingAdvice(
      [&api, exchanges](const HttpRequestPtr& request, drogon::AdviceCallback&& callback,
                        drogon::AdviceChainCallback&&) { exchanges->handle(api, request, std::move(callback)); });
  drogon::app().getLoop()->runEvery(kSecondsBetweenSweeps, [doorway] { doorway->sweep(); });
  std::jthread attendant([&] { attend(options, port, api, *exchanges); });
  drogon::app().run();
  attendant.join();
  return {};
}

}  // namespace bangwu::http
