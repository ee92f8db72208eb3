#include "capture/channel.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace bangwu::capture {
namespace {

constexpr std::chrono::milliseconds kCancelLatency{20};
constexpr std::size_t kHeaderBytes = 5;
constexpr std::size_t kMaxBody = 0xFFFFFFFF;

int poll_time(const Patience& patience) {
  std::chrono::milliseconds wait{-1};
  if (patience.deadline) {
    const auto left = *patience.deadline - std::chrono::steady_clock::now();
    wait = std::max(std::chrono::milliseconds{0}, std::chrono::ceil<std::chrono::milliseconds>(left));
  }
  if (patience.cancel != nullptr && (wait.count() < 0 || wait > kCancelLatency)) {
    wait = kCancelLatency;
  }
  return static_cast<int>(std::min<std::int64_t>(wait.count(), 1'000'000));
}

bool is_over(const Patience& patience) {
  return patience.deadline && std::chrono::steady_clock::now() >= *patience.deadline;
}

}  // namespace

Patience Patience::of(std::chrono::milliseconds limit, const CancelToken* cancel) {
  return {.deadline = std::chrono::steady_clock::now() + limit, .cancel = cancel};
}

Transfer Channel::move_bytes(short event, std::uint8_t* bytes, std::size_t count, const Patience& patience) const {
  std::size_t moved = 0;
  while (moved < count) {
    if (patience.cancel != nullptr && patience.cancel->is_cancelled()) {
      return Transfer::cancelled;
    }
    const ssize_t step = event == POLLIN
                             ? ::recv(socket_.get(), bytes + moved, count - moved, MSG_DONTWAIT)
                             : ::send(socket_.get(), bytes + moved, count - moved, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (step > 0) {
      moved += static_cast<std::size_t>(step);
      continue;
    }
    if (step == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
      return Transfer::ended;
    }
    if (is_over(patience)) {
      return Transfer::timed_out;
    }
    pollfd waiting{.fd = socket_.get(), .events = event, .revents = 0};
    ::poll(&waiting, 1, poll_time(patience));
  }
  return Transfer::done;
}

Transfer Channel::send(MessageKind kind, std::initializer_list<std::span<const std::uint8_t>> parts,
                       const Patience& patience) const {
  std::size_t total = 0;
  for (const auto part : parts) {
    total += part.size();
  }
  if (total > kMaxBody) {
    return Transfer::malformed;
  }
  std::array<std::uint8_t, kHeaderBytes> header{};
  const auto length = static_cast<std::uint32_t>(total);
  std::memcpy(header.data(), &length, sizeof length);
  header[4] = static_cast<std::uint8_t>(kind);
  Transfer transfer = move_bytes(POLLOUT, header.data(), header.size(), patience);
  for (const auto part : parts) {
    if (transfer != Transfer::done) {
      break;
    }
    // move_bytes only reads from the buffer when the event is POLLOUT.
    transfer = move_bytes(POLLOUT, const_cast<std::uint8_t*>(part.data()), part.size(), patience);
  }
  return transfer;
}

Transfer Channel::receive(Message& message, std::size_t limit, const Patience& patience) const {
  std::array<std::uint8_t, kHeaderBytes> header{};
  const Transfer transfer = move_bytes(POLLIN, header.data(), header.size(), patience);
  if (transfer != Transfer::done) {
    return transfer;
  }
  std::uint32_t length = 0;
  std::memcpy(&length, header.data(), sizeof length);
  if (length > limit) {
    return Transfer::malformed;
  }
  message.kind = static_cast<MessageKind>(header[4]);
  message.body.resize(length);
  return move_bytes(POLLIN, message.body.data(), length, patience);
}

void Channel::stop_receiving() const { ::shutdown(socket_.get(), SHUT_RD); }

}  // namespace bangwu::capture
