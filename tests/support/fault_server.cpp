#include "support/fault_server.h"

#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include "support/socket.h"
#include "support/stream.h"

namespace bangwu::support {

bool is_same_field(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

namespace {

template <class Headers>
std::string find_header(const Headers& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return is_same_field(header.first, name); });
  return found == headers.end() ? std::string{} : found->second;
}

std::size_t length_of(const HttpRequest& request) {
  const std::string text = request.header("Content-Length");
  std::size_t length = 0;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length;
}

std::string to_wire(const HttpReply& reply, bool has_body) {
  std::string wire = "HTTP/1.1 " + std::to_string(reply.status) + " Scripted\r\n";
  for (const auto& [name, value] : reply.headers) wire += name + ": " + value + "\r\n";
  if (reply.status != 204) wire += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
  return wire + "\r\n" + (has_body ? reply.body : "");
}

HttpRequest parse_head(const std::string& head) {
  HttpRequest request;
  const auto first_end = head.find("\r\n");
  const std::string first = head.substr(0, first_end);
  request.method = first.substr(0, first.find(' '));
  request.target = first.substr(first.find(' ') + 1, first.rfind(' ') - first.find(' ') - 1);
  for (std::size_t at = first_end + 2; at < head.size();) {
    const auto end = std::min(head.find("\r\n", at), head.size());
    const std::string line = head.substr(at, end - at);
    if (const auto colon = line.find(':'); colon != std::string::npos) {
      const auto value = line.find_first_not_of(' ', colon + 1);
      request.headers.emplace_back(line.substr(0, colon), value == std::string::npos ? "" : line.substr(value));
    }
    at = end + 2;
  }
  return request;
}

}  // namespace

std::string HttpRequest::header(std::string_view name) const { return find_header(headers, name); }
std::string HttpReply::header(std::string_view name) const { return find_header(headers, name); }

struct FaultServer::Engine {
  struct Planned {
    Matcher matcher;
    Fault fault;
  };
  struct Connection {
    base::FileHandle socket;
    std::jthread thread;
  };

  Engine(Handler handle, const std::optional<TlsFiles>& files)
      : handler(std::move(handle)), maker(files), is_tls(files.has_value()) {}

  Handler handler;
  StreamMaker maker;
  bool is_tls;
  Listener listener = listen_on_loopback();
  mutable std::mutex mutex;  // guards all below, and the handler
  std::deque<Planned> planned;
  std::vector<std::string> log;
  std::list<Connection> connections;
  int accepted = 0;
  bool is_ending = false;
  Connections style = Connections::keep;
  std::condition_variable ending;
  std::jthread acceptor;

  void accept_all() {
    while (true) {
      auto socket = accept_from(listener);
      const std::scoped_lock lock{mutex};
      if (!socket.is_open() || is_ending) return;
      ++accepted;
      Connection& connection = connections.emplace_back();
      connection.socket = std::move(socket);
      connection.thread = std::jthread([this, descriptor = connection.socket.get()] { serve(descriptor); });
    }
  }

  void serve(int socket) {
    if (const auto stream = maker.serve(socket)) {
      std::string buffer;
      while (serve_one(*stream, buffer)) {
      }
    }
    ::shutdown(socket, SHUT_RDWR);
  }

  /// False when the connection is over.
  bool serve_one(Stream& stream, std::string& buffer) {
    std::size_t head_end = 0;
    while ((head_end = buffer.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more(stream, buffer)) return false;
    }
    HttpRequest request = parse_head(buffer.substr(0, head_end));
    buffer.erase(0, head_end + 4);
    const auto fault = take_fault(request);
    if (fault && fault->kind == Fault::Kind::cut_before_body) return false;
    std::size_t length = length_of(request);
    const bool is_cut = fault && fault->kind == Fault::Kind::cut_in_body && fault->bytes < length;
    if (is_cut) length = fault->bytes;
    request.is_whole = !is_cut;
    while (buffer.size() < length && request.is_whole) request.is_whole = read_more(stream, buffer);
    while (buffer.size() < length && is_cut && read_more(stream, buffer)) {
    }
    request.body = buffer.substr(0, length);
    buffer.erase(0, std::min(length, buffer.size()));
    if (!request.is_whole) {
      const std::scoped_lock lock{mutex};
      static_cast<void>(handler(request));
      return false;
    }
    return answer(stream, request, fault);
  }

  static bool read_more(Stream& stream, std::string& buffer) {
    char part[65536];
    const std::size_t got = stream.read(part, sizeof part);
    buffer.append(part, got);
    return got > 0;
  }

  std::optional<Fault> take_fault(const HttpRequest& request) {
    const std::scoped_lock lock{mutex};
    log.push_back(request.method + " " + request.target);
    const auto found =
        std::find_if(planned.begin(), planned.end(), [&](const Planned& p) { return p.matcher(request); });
    if (found == planned.end()) return std::nullopt;
    Fault fault = std::move(found->fault);
    planned.erase(found);
    return fault;
  }

  bool answer(Stream& stream, const HttpRequest& request, const std::optional<Fault>& fault) {
    using Kind = Fault::Kind;
    if (fault && fault->kind == Kind::hang) {
      std::unique_lock lock{mutex};
      ending.wait(lock, [this] { return is_ending; });
      return false;
    }
    HttpReply reply;
    if (fault && fault->kind == Kind::answer) {
      reply = fault->reply;
    } else {
      const std::scoped_lock lock{mutex};
      reply = handler(request);
    }
    if (fault && fault->kind == Kind::answer_after) reply = fault->reply;
    if (fault && fault->kind == Kind::cut_before_answer) return false;
    if (fault && fault->kind == Kind::delay) {
      std::unique_lock lock{mutex};
      if (ending.wait_for(lock, fault->delay, [this] { return is_ending; })) return false;
    }
    const bool is_kept = keeps_connections();
    if (!is_kept) reply.headers.emplace_back("Connection", "close");
    std::string wire = to_wire(reply, request.method != "HEAD");
    if (fault && fault->kind == Kind::cut_in_answer) {
      wire.resize(std::min(fault->bytes, wire.size()));
      static_cast<void>(stream.write(wire));
      return false;
    }
    if (fault && fault->kind == Kind::trickle) return trickle(stream, wire, fault->bytes);
    return stream.write(wire) && is_kept;
  }

  /// Ten times a second a little: never silent, never done.
  bool trickle(Stream& stream, std::string wire, std::size_t bytes_per_second) {
    const auto length = wire.find("Content-Length: ");
    wire.replace(length, wire.find("\r\n", length) - length, "Content-Length: 900000");
    std::unique_lock lock{mutex};
    while (!ending.wait_for(lock, std::chrono::milliseconds{100}, [this] { return is_ending; })) {
      if (wire.size() < bytes_per_second) wire.append(bytes_per_second, ' ');
      lock.unlock();
      if (!stream.write(wire.substr(0, bytes_per_second / 10))) return false;
      wire.erase(0, bytes_per_second / 10);
      lock.lock();
    }
    return false;
  }

  bool keeps_connections() const {
    const std::scoped_lock lock{mutex};
    return style == Connections::keep;
  }
};

FaultServer::FaultServer(Handler handler, std::optional<TlsFiles> tls)
    : engine_(std::make_unique<Engine>(std::move(handler), tls)) {
  engine_->acceptor = std::jthread([engine = engine_.get()] { engine->accept_all(); });
}

FaultServer::~FaultServer() {
  {
    const std::scoped_lock lock{engine_->mutex};
    engine_->is_ending = true;
    for (auto& connection : engine_->connections) ::shutdown(connection.socket.get(), SHUT_RDWR);
  }
  engine_->ending.notify_all();
  ::shutdown(engine_->listener.socket.get(), SHUT_RDWR);
  engine_->acceptor.join();
  for (auto& connection : engine_->connections) connection.thread.join();
}

void FaultServer::fault_next(Matcher matcher, Fault fault) {
  const std::scoped_lock lock{engine_->mutex};
  engine_->planned.push_back({std::move(matcher), std::move(fault)});
}

std::size_t FaultServer::faults_left() const {
  const std::scoped_lock lock{engine_->mutex};
  return engine_->planned.size();
}

void FaultServer::set_connections(Connections connections) {
  const std::scoped_lock lock{engine_->mutex};
  engine_->style = connections;
}

std::uint16_t FaultServer::port() const { return engine_->listener.port; }

std::string FaultServer::url() const {
  return std::string(engine_->is_tls ? "https" : "http") + "://127.0.0.1:" + std::to_string(port());
}

int FaultServer::connections() const {
  const std::scoped_lock lock{engine_->mutex};
  return engine_->accepted;
}

std::vector<std::string> FaultServer::requests() const {
  const std::scoped_lock lock{engine_->mutex};
  return engine_->log;
}

FaultServer::Matcher is_request(std::string method, std::string target_prefix) {
  return [method = std::move(method), prefix = std::move(target_prefix)](const HttpRequest& request) {
    return request.method == method && request.target.starts_with(prefix);
  };
}

std::uint16_t closed_port() { return listen_on_loopback().port; }

}  // namespace bangwu::support
