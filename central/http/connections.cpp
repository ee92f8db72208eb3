#include "http/connections.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace bangwu::http {
namespace {

constexpr std::size_t kNetwork = 8;  // bytes of an IPv6 address that tell whose it is

/// As the library keeps it: an IPv4 address in the first bytes of the larger structure.
std::string key_of(const sockaddr_storage& peer) {
  std::string key;
  if (peer.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
    key.assign(reinterpret_cast<const char*>(&v4.sin_addr), sizeof v4.sin_addr);
    key.append(reinterpret_cast<const char*>(&v4.sin_port), sizeof v4.sin_port);
  } else {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(peer);
    key.assign(reinterpret_cast<const char*>(&v6.sin6_addr), sizeof v6.sin6_addr);
    key.append(reinterpret_cast<const char*>(&v6.sin6_port), sizeof v6.sin6_port);
  }
  return key;
}

sockaddr_storage stored(const sockaddr_in6& peer) {
  sockaddr_storage storage{};
  std::memcpy(&storage, &peer, sizeof peer);
  return storage;
}

}  // namespace

void Visit::enter(Phase phase, base::SteadyTime now) {
  phase_ = phase;
  since_ = mark_ = now;
  came_at_mark_ = came_;
}

void Visit::head_began(base::SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (phase_ == Phase::idle) enter(Phase::head, now);
  else if (phase_ != Phase::head) is_next_head_begun_ = true;
}

void Visit::head_ended(base::SteadyTime now) {
  const std::lock_guard lock(mutex_);
  is_next_head_begun_ = false;
  ++unanswered_;
  enter(Phase::body, now);
}

void Visit::body_came(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  came_ += bytes;
}

void Visit::body_ended() {
  const std::lock_guard lock(mutex_);
  phase_ = unanswered_ > 0 ? Phase::answering : Phase::idle;
}

void Visit::answered(base::SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (unanswered_ > 0) --unanswered_;
  if (unanswered_ > 0) return;
  if (phase_ == Phase::body) enter(Phase::leaving, now);
  if (phase_ == Phase::answering) enter(is_next_head_begun_ ? Phase::head : Phase::idle, now);
}

bool Visit::is_overdue(base::SteadyTime now, const ConnectionLimits& limits) {
  const std::lock_guard lock(mutex_);
  switch (phase_) {
    case Phase::head: return now - since_ > limits.head;
    case Phase::idle:
    case Phase::leaving: return now - since_ > limits.idle;
    case Phase::answering: return false;
    case Phase::body: break;
  }
  if (now - mark_ < limits.window) return false;
  const bool is_too_slow = came_ - came_at_mark_ < limits.least_in_window;
  mark_ = now;
  came_at_mark_ = came_;
  return is_too_slow;
}

bool Connections::accepted(int socket) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  // A peer that is gone already has no name; its owner finds out by itself.
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return true;
  const std::string address = limited_address(peer);
  const bool is_proxy = std::find(limits_.proxies.begin(), limits_.proxies.end(), address) != limits_.proxies.end();
  const std::lock_guard lock(mutex_);
  const std::uint32_t of_address = ++addresses_[address];
  const bool may_stay = entries_.size() < limits_.most && (is_proxy || of_address <= limits_.most_per_address);
  entries_[key_of(peer)] = {socket, address, std::make_shared<Visit>(clock_.steady()), !may_stay};
  if (!may_stay) ::shutdown(socket, SHUT_RDWR);
  return may_stay;
}

void Connections::closed(const sockaddr_in6& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key_of(stored(peer)));
  if (found == entries_.end()) return;
  const auto address = addresses_.find(found->second.address);
  if (address != addresses_.end() && --address->second == 0) addresses_.erase(address);
  entries_.erase(found);
}

std::shared_ptr<Visit> Connections::find(const sockaddr_in6& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key_of(stored(peer)));
  return found == entries_.end() ? nullptr : found->second.visit;
}

std::size_t Connections::sweep() {
  const auto now = clock_.steady();
  std::size_t shut = 0;
  const std::lock_guard lock(mutex_);
  for (auto& [key, entry] : entries_) {
    if (entry.is_shut || !entry.visit->is_overdue(now, limits_)) continue;
    entry.is_shut = true;
    ::shutdown(entry.socket, SHUT_RDWR);
    ++shut;
  }
  return shut;
}

std::size_t Connections::count() {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::string limited_address(const sockaddr_storage& peer) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (peer.ss_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text.data(), text.size());
    return text.data();
  }
  in6_addr address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    ::inet_ntop(AF_INET, &address.s6_addr[12], text.data(), text.size());
    return text.data();
  }
  if (!IN6_IS_ADDR_LOOPBACK(&address)) std::fill(address.s6_addr + kNetwork, address.s6_addr + 16, 0);
  ::inet_ntop(AF_INET6, &address, text.data(), text.size());
  return text.data();
}

}  // namespace bangwu::http
