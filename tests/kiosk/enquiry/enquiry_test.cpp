#include "enquiry/enquiry.h"

#include <gmock/gmock.h>

#include "envelope/standing_json.h"
#include "kiosk/enquiry/told.h"
#include "support/child_process.h"
#include "support/fault_server.h"

namespace bangwu::enquiry {
namespace {

using support::Fault;
using support::FaultServer;
using support::HttpReply;
using support::HttpRequest;

domain::cases::Standing standing() {
  domain::cases::Standing made;
  made.number = "WJ20261123000001";
  made.procedure = "A";
  made.procedure_name = "某某备案";
  made.received_on = std::chrono::year{2026} / 11 / 23;
  made.steps = {{domain::cases::Step::received, std::chrono::sys_days{made.received_on}}};
  made.due = std::chrono::year{2026} / 11 / 24;
  made.limit_days = {{*made.due, domain::DayKind::worked}};
  made.progress = {domain::Pace::due_soon, 1};
  made.as_of = std::chrono::sys_days{made.received_on};
  return made;
}

HttpReply problem(int status, const std::string& name) {
  return {status,
          {{"Content-Type", "application/problem+json"}},
          R"({"type":"urn:bangwu:problem:)" + name + R"(","title":"x","status":)" + std::to_string(status) + "}"};
}

/// Asks a server of ours that answers as it is told.
class AnEnquiry : public testing::Test {
 protected:
  HttpReply answer(const HttpRequest& request) {
    const std::scoped_lock lock{mutex_};
    seen_.push_back(request);
    return reply_;
  }
  void will_answer(HttpReply reply) {
    const std::scoped_lock lock{mutex_};
    reply_ = std::move(reply);
  }
  void start(std::chrono::milliseconds deadline, const std::string& url = {}) {
    EnquirySettings settings;
    settings.http.bearer = "token";
    settings.plain = http_client::PlainHttp::on_loopback;
    settings.deadline = deadline;
    auto started = Enquiry::start(std::move(settings), url.empty() ? server_.url() : url, told_.publish());
    ASSERT_TRUE(started) << started.error().detail;
    enquiry_ = std::move(*started);
  }
  void ask(Ticket ticket = 1) { enquiry_->ask({ticket, "临7K3Q9-X2M4T-RD8WH", "K7Q4X2"}); }

  std::mutex mutex_;
  HttpReply reply_{200, {{"Content-Type", "application/json"}}, envelope::to_json(standing())};  // guarded by mutex_
  std::vector<HttpRequest> seen_;                                                                // guarded by mutex_
  FaultServer server_{[this](const HttpRequest& request) { return answer(request); }};
  Told told_;
  std::unique_ptr<Enquiry> enquiry_;
};

constexpr std::chrono::seconds kPatient{20};  // no deadline of a test's machine

TEST_F(AnEnquiry, BringsWhereTheCaseStands) {
  start(kPatient);
  ask(7);
  const auto answer = told_.next();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->ticket, 7U);
  ASSERT_TRUE(std::holds_alternative<domain::cases::Standing>(answer->found));
  EXPECT_EQ(std::get<domain::cases::Standing>(answer->found), standing());
  const std::scoped_lock lock{mutex_};
  ASSERT_EQ(seen_.size(), 1U);
  EXPECT_EQ(seen_[0].target, "/v1/cases/%E4%B8%B47K3Q9-X2M4T-RD8WH");
  EXPECT_EQ(seen_[0].header("Bangwu-Proof"), "K7Q4X2");
  EXPECT_EQ(seen_[0].header("Authorization"), "Bearer token");
}

TEST_F(AnEnquiry, SaysWhyThereIsNoAnswer) {
  start(kPatient);
  const std::pair<HttpReply, Failure> table[] = {
      {problem(404, "no-such-case"), Failure::wrong},
      {problem(404, "not-found"), Failure::unreachable},
      {problem(429, "too-many-requests"), Failure::too_many},
      {problem(503, "recovering"), Failure::recovering},
      {problem(503, "unavailable"), Failure::unreachable},
      {problem(401, "unknown-kiosk"), Failure::unreachable},
      {{404, {{"Content-Type", "text/html"}}, "<html>no-such-case</html>"}, Failure::unreachable},
      {{200, {{"Content-Type", "text/html"}}, "<html>请先登录</html>"}, Failure::unreachable},
      {{200, {{"Content-Type", "application/json"}}, R"({"state":"in_review"})"}, Failure::unreachable},
      {{302, {{"Location", "http://127.0.0.1:1/"}}, ""}, Failure::unreachable},
  };
  Ticket ticket = 0;
  for (const auto& [reply, failure] : table) {
    will_answer(reply);
    ask(++ticket);
    EXPECT_EQ(told_.next_failure(), failure) << ticket << ": " << reply.status << reply.body;
  }
}

TEST_F(AnEnquiry, NobodyListensIsUnreachable) {
  start(kPatient, "http://127.0.0.1:" + std::to_string(support::closed_port()));
  ask();
  EXPECT_EQ(told_.next_failure(), Failure::unreachable);
}

TEST_F(AnEnquiry, ABrokenConnectionIsUnreachable) {
  start(kPatient);
  for (const auto kind : {Fault::Kind::cut_before_answer, Fault::Kind::cut_in_answer}) {
    server_.set_connections(FaultServer::Connections::close);
    server_.fault_next(support::is_request("GET"), {.kind = kind, .bytes = 40});
    ask(static_cast<Ticket>(kind));
    EXPECT_EQ(told_.next_failure(), Failure::unreachable);
  }
}

// However it is kept waiting: silence, or an answer a byte at a time.
TEST_F(AnEnquiry, IsNotWaitedForLongerThanTheDeadline) {
  start(std::chrono::milliseconds{300});
  for (const auto kind : {Fault::Kind::hang, Fault::Kind::trickle}) {
    server_.fault_next(support::is_request("GET"), {.kind = kind, .bytes = 20});
    const auto began = std::chrono::steady_clock::now();
    ask(static_cast<Ticket>(kind));
    EXPECT_EQ(told_.next_failure(), Failure::slow);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{10}) << "the machine's load included";
  }
}

TEST_F(AnEnquiry, ACancelledQuestionIsNotAnswered) {
  start(kPatient);
  server_.fault_next(support::is_request("GET"), {.kind = Fault::Kind::hang});
  ask(1);
  ASSERT_TRUE(support::eventually([&] { return !server_.requests().empty(); }));
  enquiry_->cancel(2);
  EXPECT_FALSE(enquiry_->idle()) << "another's ticket cancels nothing";
  enquiry_->cancel(1);
  ASSERT_TRUE(support::eventually([&] { return enquiry_->idle(); }));
  ask(3);
  EXPECT_EQ(told_.next()->ticket, 3U);
}

TEST_F(AnEnquiry, ANewerQuestionTakesTheLastOnesPlace) {
  start(kPatient);
  server_.fault_next(support::is_request("GET"), {.kind = Fault::Kind::hang});
  ask(1);
  ASSERT_TRUE(support::eventually([&] { return !server_.requests().empty(); }));
  ask(2);
  EXPECT_EQ(told_.next()->ticket, 2U);
  EXPECT_FALSE(told_.next(std::chrono::milliseconds{50}));
}

TEST_F(AnEnquiry, EndsSoonWhateverIsUnderWay) {
  start(std::chrono::hours{1});
  server_.fault_next(support::is_request("GET"), {.kind = Fault::Kind::hang});
  ask();
  ASSERT_TRUE(support::eventually([&] { return !server_.requests().empty(); }));
  enquiry_.reset();
  EXPECT_FALSE(told_.next(std::chrono::milliseconds{0}));
}

TEST_F(AnEnquiry, AProofCannotAddAHeader) {
  start(kPatient);
  enquiry_->ask({1, "WJ1/../x?y#\r\n", "K7Q4X2\r\nX-More: 1"});
  ASSERT_TRUE(told_.next());
  const std::scoped_lock lock{mutex_};
  ASSERT_EQ(seen_.size(), 1U);
  EXPECT_EQ(seen_[0].target, "/v1/cases/WJ1%2F%2E%2E%2Fx%3Fy%23%0D%0A");
  EXPECT_EQ(seen_[0].header("X-More"), "");
}

}  // namespace
}  // namespace bangwu::enquiry
