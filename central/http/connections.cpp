#include "http/connections.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace bangwu::http {
namespace {

/// As the library keeps it: an IPv4 address in the first bytes of the larger structure.
std::string name_of(const sockaddr_storage& peer) {
  std::string name;
  if (peer.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
    name.assign(reinterpret_cast<const char*>(&v4.sin_addr), sizeof v4.sin_addr);
    name.append(reinterpret_cast<const char*>(&v4.sin_port), sizeof v4.sin_port);
  } else {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(peer);
    name.assign(reinterpret_cast<const char*>(&v6.sin6_addr), sizeof v6.sin6_addr);
    name.append(reinterpret_cast<const char*>(&v6.sin6_port), sizeof v6.sin6_port);
  }
  return name;
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

void Visit::forwarded_came(std::string forwarded) {
  const std::lock_guard lock(mutex_);
  forwarded_.push_back(std::move(forwarded));
}

std::string Visit::take_forwarded() {
  const std::lock_guard lock(mutex_);
  if (forwarded_.empty()) return {};
  std::string forwarded = std::move(forwarded_.front());
  forwarded_.pop_front();
  return forwarded;
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
  const bool has_name = ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
  const std::lock_guard lock(mutex_);
  const std::uint64_t order = ++accepted_;
  if (!has_name) {
    nameless_[std::this_thread::get_id()].push_back(order);
    return true;  // its owner finds out by itself
  }
  const Address address = address_of(peer);
  const bool is_proxy = std::ranges::find(limits_.proxies, address) != limits_.proxies.end();
  Entry entry{order, socket, limited(address), std::make_shared<Visit>(clock_.steady()), false};
  const std::uint32_t of_address = ++addresses_[entry.address];
  const bool may_stay = count_ < limits_.most && (is_proxy || of_address <= limits_.most_per_address);
  entry.is_shut = !may_stay;
  if (!may_stay) ::shutdown(socket, SHUT_RDWR);
  entries_[{std::this_thread::get_id(), name_of(peer)}].push_back(std::move(entry));
  ++count_;
  return may_stay;
}

void Connections::closed(const sockaddr_in6& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({std::this_thread::get_id(), name_of(stored(peer))});
  auto& nameless = nameless_[std::this_thread::get_id()];
  const bool is_nameless =
      !nameless.empty() && (found == entries_.end() || nameless.front() < found->second.front().order);
  if (is_nameless) return nameless.pop_front();
  if (found == entries_.end()) return;
  const auto address = addresses_.find(found->second.front().address);
  if (address != addresses_.end() && --address->second == 0) addresses_.erase(address);
  found->second.pop_front();
  --count_;
  if (found->second.empty()) entries_.erase(found);
}

std::shared_ptr<Visit> Connections::find(const sockaddr_in6& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({std::this_thread::get_id(), name_of(stored(peer))});
  return found == entries_.end() ? nullptr : found->second.back().visit;
}

std::size_t Connections::sweep() {
  const auto now = clock_.steady();
  std::size_t shut = 0;
  const std::lock_guard lock(mutex_);
  for (auto& [peer, entries] : entries_) {
    for (Entry& entry : entries) {
      if (entry.is_shut || !entry.visit->is_overdue(now, limits_)) continue;
      entry.is_shut = true;
      ::shutdown(entry.socket, SHUT_RDWR);
      ++shut;
    }
  }
  return shut;
}

std::size_t Connections::count() {
  const std::lock_guard lock(mutex_);
  return count_;
}

}  // namespace bangwu::http
