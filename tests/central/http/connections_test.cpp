#include "http/connections.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

#include "base/file.h"
#include "http/log_valve.h"
#include "support/manual_clock.h"

namespace bangwu::http {
namespace {

using namespace std::chrono_literals;

const ConnectionLimits kLimits{.head = 10s, .idle = 60s, .window = 15s, .least_in_window = 15'000, .proxies = {}};

class AVisit : public testing::Test {
 protected:
  void after(std::chrono::milliseconds time) { now_ += time; }
  bool is_overdue() { return visit_.is_overdue(now_, kLimits); }
  base::SteadyTime now_{1h};
  Visit visit_{now_};
};

TEST_F(AVisit, NeedsAHeadWithinTheDeadlineHoweverOftenAByteComes) {
  for (int i = 0; i < 3; ++i) {
    after(3s);
    visit_.head_began(now_);
    EXPECT_FALSE(is_overdue());
  }
  after(2s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, ThatSendsItsBodyByteByByteIsOverdue) {
  visit_.head_ended(now_);
  for (int i = 0; i < 4; ++i) {
    after(3s);
    visit_.body_came(1);
    EXPECT_FALSE(is_overdue());
  }
  after(3s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, MayBeAsSlowAsTheLeastRateForEver) {
  visit_.head_ended(now_);
  for (int i = 0; i < 1000; ++i) {
    after(3s);
    visit_.body_came(3000);
    EXPECT_FALSE(is_overdue());
  }
}

TEST_F(AVisit, MayWaitForItsAnswerAsLongAsItTakes) {
  visit_.head_ended(now_);
  visit_.body_ended();
  after(10min);
  EXPECT_FALSE(is_overdue());
  visit_.answered(now_);
  after(59s);
  EXPECT_FALSE(is_overdue());
  after(2s);
  EXPECT_TRUE(is_overdue()) << "idle";
}

TEST_F(AVisit, HasTheHeadsTimeAgainFromTheNextOnesFirstByte) {
  visit_.head_ended(now_);
  visit_.body_ended();
  visit_.answered(now_);
  after(50s);
  visit_.head_began(now_);
  after(9s);
  EXPECT_FALSE(is_overdue());
  after(2s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, ThatBeganItsNextHeadBeforeTheAnswerHasTheHeadsTimeFromThere) {
  visit_.head_ended(now_);
  visit_.body_ended();
  visit_.head_began(now_);
  after(60s);
  visit_.answered(now_);
  after(9s);
  EXPECT_FALSE(is_overdue());
  after(2s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, RefusedBeforeItsBodyEndedMayNotStay) {
  visit_.head_ended(now_);
  visit_.answered(now_);
  after(61s);
  visit_.body_came(1'000'000);
  EXPECT_TRUE(is_overdue());
}

/// A listener of loopback, and a peer that comes again and again from one port of its own.
class OnePeer : public testing::Test {
 protected:
  OnePeer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    service_ = at_loopback();
    socklen_t size = sizeof service_;
    EXPECT_EQ(::bind(listener_.get(), as_any(service_), size), 0);
    EXPECT_EQ(::listen(listener_.get(), 8), 0);
    ::getsockname(listener_.get(), as_any(service_), &size);
  }
  static sockaddr_in at_loopback() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }
  static sockaddr* as_any(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }
  base::FileHandle connect() {
    base::FileHandle socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int yes = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (own_.sin_port == 0) own_ = at_loopback();
    EXPECT_EQ(::bind(socket.get(), as_any(own_), sizeof own_), 0) << std::strerror(errno);
    socklen_t size = sizeof own_;
    ::getsockname(socket.get(), as_any(own_), &size);
    EXPECT_EQ(::connect(socket.get(), as_any(service_), sizeof service_), 0) << std::strerror(errno);
    return socket;
  }
  /// What a pulled cable and an attacker do alike.
  static void reset(base::FileHandle socket) {
    const linger at_once{1, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  base::FileHandle accept() { return base::FileHandle(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)); }
  sockaddr_in6 peer() {
    sockaddr_in6 as_kept{};
    std::memcpy(&as_kept, &own_, sizeof own_);
    return as_kept;
  }
  static bool is_shut(const base::FileHandle& client) {
    char byte = 0;
    return ::recv(client.get(), &byte, 1, MSG_DONTWAIT) == 0;
  }
  base::FileHandle listener_;
  sockaddr_in service_{}, own_{};
  support::ManualClock clock_;
  Connections connections_{clock_, kLimits};
};

TEST_F(OnePeer, ThatResetsAndComesAgainKeepsItsNewConnection) {
  auto first = connect();
  const auto first_accepted = accept();
  EXPECT_TRUE(connections_.accepted(first_accepted.get()));
  reset(std::move(first));
  const auto second = connect();
  const auto second_accepted = accept();
  EXPECT_TRUE(connections_.accepted(second_accepted.get()));
  connections_.closed(peer());  // of the first: only now its end is noticed
  EXPECT_EQ(connections_.count(), 1U);
  EXPECT_NE(connections_.find(peer()), nullptr);
  clock_.advance(11s);
  EXPECT_EQ(connections_.sweep(), 1U);
  EXPECT_TRUE(is_shut(second)) << "it is the second whose time is over";
  connections_.closed(peer());
  EXPECT_EQ(connections_.count(), 0U);
}

TEST_F(OnePeer, ThatWasGoneBeforeItWasAcceptedTakesNobodysPlace) {
  reset(connect());
  const auto dead = accept();
  EXPECT_TRUE(connections_.accepted(dead.get()));
  const auto second = connect();
  const auto second_accepted = accept();
  EXPECT_TRUE(connections_.accepted(second_accepted.get()));
  connections_.closed(peer());  // of the dead one
  EXPECT_EQ(connections_.count(), 1U);
  EXPECT_NE(connections_.find(peer()), nullptr);
  connections_.closed(peer());
  EXPECT_EQ(connections_.count(), 0U);
}

TEST(LogValve, LetsSomeThroughAndCountsTheRest) {
  LogValve valve(2, 10s);
  const base::SteadyTime now{1h};
  EXPECT_EQ(valve.let_through(now), 0U);
  EXPECT_EQ(valve.let_through(now), 0U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(valve.let_through(now + 9s), std::nullopt);
  EXPECT_EQ(valve.let_through(now + 10s), 1000U);
  EXPECT_EQ(valve.let_through(now + 10s), 0U);
}

}  // namespace
}  // namespace bangwu::http
