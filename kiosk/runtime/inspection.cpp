#include "runtime/inspection.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "json/text.h"

namespace bangwu::runtime {
namespace {

using json::Value;

Value rect_of(const widgets::Rect& rect) { return Value::array({rect.x, rect.y, rect.w, rect.h}); }

Value items_of(const Inspected& now) {
  Value items = Value::array();
  for (const auto& item : *now.items) {
    items.push_back({{"id", item.id},
                     {"role", name_of(item.role)},
                     {"label", item.label},
                     {"value", item.value},
                     {"rect", rect_of(item.rect)},
                     {"visible", rect_of(item.visible)},
                     {"enabled", item.enabled},
                     {"selected", item.selected},
                     {"focused", item.focused},
                     {"touchable", item.touchable},
                     {"covered", item.covered}});
  }
  return {{"screen", now.screen}, {"items", std::move(items)}};
}

// Nothing: not yet.
std::optional<Value> answer_to(const std::string& line, const Inspected& now) {
  const auto request = json::parse(line).value_or(Value());
  const std::string* op = request.text_of("op");
  if (op == nullptr) return Value{{"error", "not an object with op"}};
  if (*op == "items") return items_of(now);
  if (*op == "settled") {
    if (!now.settled) return std::nullopt;
    return Value{{"settled", true}, {"screen", now.screen}};
  }
  const std::string* path = request.text_of("path");
  if (*op == "screenshot" && path != nullptr) {
    const auto saved = now.save_png(*path);
    if (!saved) return Value{{"error", saved.error().detail}};
    return Value{{"saved", true}};
  }
  return Value{{"error", "unknown op; known are items, settled, screenshot (with path)"}};
}

bool wait_readable(int descriptor, const std::stop_token& stop) {
  pollfd poll_for{descriptor, POLLIN, 0};
  while (!stop.stop_requested()) {
    if (::poll(&poll_for, 1, 200) > 0) return true;
  }
  return false;
}

bool send_line(int client, std::string line) {
  line += '\n';
  std::size_t sent = 0;
  while (sent < line.size()) {
    const ssize_t n = ::send(client, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

base::Result<std::unique_ptr<Inspection>> Inspection::open(const std::filesystem::path& socket,
                                                           std::function<void()> wake) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.native().size() >= sizeof address.sun_path) {
    return base::fail(base::ErrorCode::invalid_input, socket.string() + " is too long for a socket's name");
  }
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  base::FileHandle listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (!listener.is_open()) return tl::unexpected(base::error_from_errno(errno, "socket", socket));
  ::unlink(socket.c_str());
  const mode_t before = ::umask(0177);
  const int bound = ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int number = errno;
  ::umask(before);
  if (bound != 0) return tl::unexpected(base::error_from_errno(number, "bind", socket));
  if (::listen(listener.get(), 1) != 0) return tl::unexpected(base::error_from_errno(errno, "listen", socket));
  return std::unique_ptr<Inspection>(new Inspection(socket, std::move(listener), std::move(wake)));
}

Inspection::Inspection(std::filesystem::path path, base::FileHandle listener, std::function<void()> wake)
    : path_(std::move(path)),
      listener_(std::move(listener)),
      wake_(std::move(wake)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Inspection::~Inspection() {
  thread_.request_stop();
  thread_.join();
  ::unlink(path_.c_str());
}

void Inspection::run(const std::stop_token& stop) {
  while (wait_readable(listener_.get(), stop)) {
    const base::FileHandle client{::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (client.is_open()) talk_to(client.get(), stop);
  }
}

void Inspection::talk_to(int client, const std::stop_token& stop) {
  std::string pending;
  char chunk[4096];
  while (wait_readable(client, stop)) {
    const ssize_t got = ::recv(client, chunk, sizeof chunk, 0);
    if (got <= 0) return;
    pending.append(chunk, static_cast<std::size_t>(got));
    for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
      auto answer = ask(pending.substr(0, end), stop);
      pending.erase(0, end + 1);
      if (!answer || !send_line(client, std::move(*answer))) return;
    }
    if (pending.size() > 65536) return;
  }
}

std::optional<std::string> Inspection::ask(std::string request, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  request_ = std::move(request);
  answer_.reset();
  lock.unlock();
  wake_();
  lock.lock();
  const bool there = answered_.wait(lock, stop, [&] { return answer_.has_value(); });
  request_.reset();
  return there ? std::exchange(answer_, std::nullopt) : std::nullopt;
}

bool Inspection::has_request() const {
  const std::lock_guard lock(mutex_);
  return request_.has_value() && !answer_.has_value();
}

void Inspection::serve(const Inspected& now) {
  const std::lock_guard lock(mutex_);
  if (!request_ || answer_) return;
  if (auto answer = answer_to(*request_, now)) {
    answer_ = json::write(*answer);
    answered_.notify_one();
  }
}

}  // namespace bangwu::runtime
