#pragma once
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "http/address.h"

namespace bangwu::http {

/// How long and how many. A connection that overstays is shut down; nobody is told but it.
struct ConnectionLimits {
  std::uint32_t most = 8192, most_per_address = 256;  ///< an IPv6 address counts with its /64
  std::chrono::milliseconds head{
      10'000};  ///< from accept, or from a head's first byte, to the head's end; TLS included
  std::chrono::milliseconds idle{60'000};    ///< between requests, and for what is left of a body already refused
  std::chrono::milliseconds window{15'000};  ///< in each of these a body brings at least...
  std::uint64_t least_in_window = 15'000;    ///< ...so many bytes, or ends
  std::vector<Address> proxies;              ///< they speak for many: no cap per address
};

/// One connection's place in time. Thread-safe: told by the connection's thread and by who answers.
class Visit {
 public:
  explicit Visit(base::SteadyTime now) : since_(now), mark_(now) {}
  /// A head that ended named so many hops in X-Forwarded-For: all of its lines, joined. Its request comes later, in its
  /// turn, and asks once.
  void forwarded_came(std::string forwarded);
  [[nodiscard]] std::string take_forwarded();
  void head_began(base::SteadyTime now);
  void head_ended(base::SteadyTime now);  ///< a request is under way; its body follows
  void body_came(std::size_t bytes);
  void body_ended();
  void answered(base::SteadyTime now);
  /// True when its time is over. Moves the window on: asked at any pace, by one thread.
  [[nodiscard]] bool is_overdue(base::SteadyTime now, const ConnectionLimits& limits);

 private:
  enum class Phase { head, body, answering, idle, leaving };
  void enter(Phase phase, base::SteadyTime now);
  std::mutex mutex_;  // guards all below
  Phase phase_ = Phase::head;
  base::SteadyTime since_;
  bool is_next_head_begun_ = false;  ///< of a request sent before the last was answered
  unsigned unanswered_ = 0;
  std::uint64_t came_ = 0, came_at_mark_ = 0;
  base::SteadyTime mark_;
  std::deque<std::string> forwarded_;  ///< of the heads whose requests have not asked yet
};

/// Who is connected: caps when they come, deadlines while they stay. Knows sockets, no HTTP library. Thread-safe; the
/// lock is held for a look-up, never for a disk.
///
/// A connection is called by its thread, the same for all calls about it, and told apart by its peer's address and port
/// there. A peer that resets and comes again from the same port is there twice until its first connection's end was
/// noticed: they end in the order they came, as the first was dead before the second was accepted. One that was dead
/// already when it was accepted has no name; its end is noticed before that of any that its thread accepted later.
class Connections {
 public:
  Connections(const base::Clock& clock, ConnectionLimits limits) : clock_(clock), limits_(std::move(limits)) {}

  /// A socket was accepted. One beyond the caps is shut down at once; its owner closes it as if the peer had gone, and
  /// then calls closed(). Returns whether it may stay.
  bool accepted(int socket);
  /// Before its descriptor is closed.
  void closed(const sockaddr_in6& peer);
  /// Of the peer's newest connection; nothing for one that is not known (any more).
  [[nodiscard]] std::shared_ptr<Visit> find(const sockaddr_in6& peer);
  /// Shuts down what is overdue. Returns how many.
  std::size_t sweep();
  [[nodiscard]] std::size_t count();

 private:
  struct Peer {
    std::thread::id thread;
    std::string name;  ///< address and port
    auto operator<=>(const Peer&) const = default;
  };
  struct Entry {
    std::uint64_t order = 0;
    int socket = -1;  ///< open as long as the entry is there
    std::string address;
    std::shared_ptr<Visit> visit;
    bool is_shut = false;
  };
  const base::Clock& clock_;
  const ConnectionLimits limits_;
  std::mutex mutex_;
  std::uint64_t accepted_ = 0;                                     ///< ever; guarded by mutex_, as are all below
  std::map<Peer, std::deque<Entry>> entries_;                      ///< the oldest first
  std::size_t count_ = 0;                                          ///< of entries
  std::map<std::thread::id, std::deque<std::uint64_t>> nameless_;  ///< the order of each that was dead
  std::unordered_map<std::string, std::uint32_t> addresses_;       ///< connections of each
};

}  // namespace bangwu::http
