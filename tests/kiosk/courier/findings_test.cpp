#include <gmock/gmock.h>

#include "hall.h"

namespace bangwu::courier {
namespace {

using namespace std::chrono_literals;
using support::Fault;
using support::is_request;
using support::problem;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Kind = Fault::Kind;

constexpr const char* kSync = "POST /v1/kiosk/sync";

/// What a courier learns of the machine itself, and when it asks.
class Meeting : public Hall {
 protected:
  void meet() {
    const auto met = courier->meet_central({});
    EXPECT_TRUE(met) << met.error().detail;
  }
  void answer_meeting(support::HttpReply reply) {
    server.fault_next(is_request("POST", "/v1/kiosk/sync"), {.kind = Kind::answer, .reply = std::move(reply)});
  }
  void meet_later() {
    clock.advance(quick_settings().meet_each);
    meet();
  }
};

TEST_F(Meeting, IsDueAtOnceWhenTheLineIsBack) {
  server.set_connections(support::FaultServer::Connections::close);
  meet();
  ASSERT_EQ(count(kSync), 1);
  server.fault_next(is_request("PUT"), {.kind = Kind::cut_before_body});
  accept();
  ASSERT_TRUE(attempt());
  wait_until_due();
  const auto second = attempt();
  ASSERT_TRUE(second && second->receipt) << "the line is back";
  meet();
  EXPECT_EQ(count(kSync), 2) << "the service may be another one by now";
  meet();
  EXPECT_EQ(count(kSync), 2);
}

TEST_F(Meeting, WithoutAnAnswerIsAskedForAgainSoon) {
  server.set_connections(support::FaultServer::Connections::close);
  server.fault_next(is_request("POST"), {.kind = Kind::cut_before_body});
  meet();
  meet();
  const int asked = count(kSync);
  clock.advance(quick_settings().meet_again_each);
  meet();
  EXPECT_GT(count(kSync), asked);
  clock.advance(quick_settings().meet_again_each);
  const int answered = count(kSync);
  meet();
  EXPECT_EQ(count(kSync), answered) << "that one had an answer";
}

TEST_F(Meeting, TellsThatTheMachineIsRevokedOrUnknownUntilItIsNot) {
  answer_meeting(problem(403, "kiosk-revoked"));
  meet();
  EXPECT_THAT(courier->findings(), UnorderedElementsAre(Finding::revoked));
  meet_later();
  EXPECT_THAT(courier->findings(), IsEmpty());
  answer_meeting(problem(401, "unknown-kiosk"));
  meet_later();
  EXPECT_THAT(courier->findings(), UnorderedElementsAre(Finding::unknown));
}

TEST_F(Meeting, TellsWhileARestoredServiceIsGivenWhatItLost) {
  accept();
  ASSERT_TRUE(attempt());
  answer_meeting({200, {}, R"({"generation":"g","recovering":true,"settled":0,"highest":0,"wanted_from":1})"});
  meet();
  EXPECT_THAT(courier->findings(), UnorderedElementsAre(Finding::gives_again));
  meet_later();
  EXPECT_THAT(courier->findings(), IsEmpty());
}

TEST_F(Meeting, ASharedIdentityIsToldUntilSomethingArrives) {
  server.fault_next(is_request("PUT"), {.kind = Kind::answer, .reply = problem(409, "duplicate-identity")});
  accept();
  ASSERT_TRUE(attempt());
  EXPECT_THAT(courier->findings(), UnorderedElementsAre(Finding::shared));
  meet_later();
  EXPECT_THAT(courier->findings(), UnorderedElementsAre(Finding::shared)) << "a meeting does not see it";
  accept();
  ASSERT_TRUE(attempt());
  EXPECT_THAT(courier->findings(), IsEmpty());
}

}  // namespace
}  // namespace bangwu::courier
