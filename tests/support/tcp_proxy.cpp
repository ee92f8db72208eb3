#include "support/tcp_proxy.h"

#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include "support/socket.h"

namespace bangwu::support {
namespace {

/// A close that the other side sees as a reset, not as an orderly end.
void reset(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::shutdown(socket, SHUT_RDWR);
}

bool send_all(int socket, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

struct TcpProxy::Engine {
  struct Pair {
    base::FileHandle client, server;
    std::jthread up, down;
  };

  explicit Engine(std::uint16_t port) : upstream(port) {}

  Listener listener = listen_on_loopback();
  std::mutex mutex;  // guards what follows, up to the counters
  std::uint16_t upstream;
  std::deque<Interference> next;
  Interference always;
  std::list<Pair> pairs;
  bool is_ending = false;
  std::condition_variable ending;
  std::atomic<int> accepted{0};
  std::atomic<std::uint64_t> sent{0};
  std::jthread acceptor;

  void accept_all() {
    while (true) {
      auto client = accept_from(listener);
      const std::scoped_lock lock{mutex};
      if (!client.is_open() || is_ending) return;
      ++accepted;
      Interference plan = always;
      if (!next.empty()) {
        plan = next.front();
        next.pop_front();
      }
      auto server = plan.refuse ? base::FileHandle{} : connect_to_loopback(upstream);
      if (!server.is_open()) {
        reset(client.get());
        continue;
      }
      Pair& pair = pairs.emplace_back();
      pair.client = std::move(client);
      pair.server = std::move(server);
      const int from = pair.client.get();
      const int to = pair.server.get();
      pair.up = std::jthread(
          [this, from, to, plan] { pass(from, to, plan.cut_after_sent, plan.corrupt_sent, plan.delay, &sent); });
      pair.down = std::jthread([this, from, to, plan] {
        pass(to, from, plan.cut_after_received, plan.corrupt_received, plan.delay, nullptr);
      });
    }
  }

  void pass(int from, int to, std::optional<std::uint64_t> cut, std::optional<std::uint64_t> corrupt,
            std::chrono::milliseconds delay, std::atomic<std::uint64_t>* counter) {
    char buffer[65536];
    std::uint64_t position = 0;
    while (true) {
      const ssize_t got = ::recv(from, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      auto size = static_cast<std::uint64_t>(got);
      if (corrupt && *corrupt >= position && *corrupt < position + size) buffer[*corrupt - position] ^= 0x20;
      const bool is_cut = cut && position + size >= *cut;
      if (is_cut) size = *cut - position;
      if (!wait(delay) || !send_all(to, buffer, size)) break;
      position += size;
      if (counter != nullptr) *counter += size;
      if (is_cut) {
        reset(from);
        reset(to);
        return;
      }
    }
    ::shutdown(to, SHUT_WR);
    ::shutdown(from, SHUT_RD);
  }

  bool wait(std::chrono::milliseconds delay) {
    if (delay.count() == 0) return true;
    std::unique_lock lock{mutex};
    return !ending.wait_for(lock, delay, [this] { return is_ending; });
  }
};

TcpProxy::TcpProxy(std::uint16_t upstream) : engine_(std::make_unique<Engine>(upstream)) {
  engine_->acceptor = std::jthread([engine = engine_.get()] { engine->accept_all(); });
}

TcpProxy::~TcpProxy() {
  {
    const std::scoped_lock lock{engine_->mutex};
    engine_->is_ending = true;
  }
  cut_all();
  engine_->ending.notify_all();
  ::shutdown(engine_->listener.socket.get(), SHUT_RDWR);
  engine_->acceptor.join();
  cut_all();
  for (auto& pair : engine_->pairs) {
    pair.up.join();
    pair.down.join();
  }
}

void TcpProxy::interfere_next(Interference interference) {
  const std::scoped_lock lock{engine_->mutex};
  engine_->next.push_back(interference);
}

void TcpProxy::interfere_always(Interference interference) {
  const std::scoped_lock lock{engine_->mutex};
  engine_->always = interference;
}

void TcpProxy::set_upstream(std::uint16_t port) {
  const std::scoped_lock lock{engine_->mutex};
  engine_->upstream = port;
}

void TcpProxy::cut_all() {
  const std::scoped_lock lock{engine_->mutex};
  for (auto& pair : engine_->pairs) {
    reset(pair.client.get());
    reset(pair.server.get());
  }
}

std::uint16_t TcpProxy::port() const { return engine_->listener.port; }
int TcpProxy::connections() const { return engine_->accepted; }
std::uint64_t TcpProxy::bytes_sent() const { return engine_->sent; }

}  // namespace bangwu::support
