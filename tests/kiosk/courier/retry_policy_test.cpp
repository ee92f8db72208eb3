#include "courier/retry_policy.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace bangwu::courier {
namespace {

using outbox::Reason;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t kHighest = std::numeric_limits<std::uint64_t>::max();

base::SystemTime at(int hour, int minute, int second) {
  return std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{hour} +
         std::chrono::minutes{minute} + seconds{second};
}

TEST(Backoff, CeilingDoublesFromTwoSecondsToFifteenMinutes) {
  const std::vector<std::pair<int, seconds>> table{{0, seconds{2}},    {1, seconds{2}},    {2, seconds{4}},
                                                   {3, seconds{8}},    {4, seconds{16}},   {9, seconds{512}},
                                                   {10, seconds{900}}, {11, seconds{900}}, {1'000'000, seconds{900}}};
  for (const auto& [attempts, ceiling] : table) {
    EXPECT_EQ(backoff(attempts, kHighest), milliseconds{ceiling}) << attempts;
    EXPECT_EQ(backoff(attempts, 0), milliseconds{0}) << attempts;
  }
}

TEST(Backoff, JitterIsFullAndEven) {
  EXPECT_EQ(backoff(2, kHighest / 2), milliseconds{2000});
  EXPECT_EQ(backoff(2, kHighest / 4), milliseconds{1000});
}

TEST(RetryAfter, TakesSecondsAndTheThreeDateForms) {
  const auto now = at(8, 0, 0);
  EXPECT_EQ(parse_retry_after("120", "", now), seconds{120});
  EXPECT_EQ(parse_retry_after(" 0 ", "", now), seconds{0});
  EXPECT_EQ(parse_retry_after("Mon, 23 Nov 2026 08:02:00 GMT", "", now), seconds{120});
  EXPECT_EQ(parse_retry_after("Monday, 23-Nov-26 08:02:00 GMT", "", now), seconds{120});
  EXPECT_EQ(parse_retry_after("Mon Nov 23 08:02:00 2026", "", now), seconds{120});
  EXPECT_EQ(parse_retry_after("Sun Nov  1 08:02:00 2026", "", now), seconds{0});
}

TEST(RetryAfter, IsMeasuredAgainstTheAnswersOwnClock) {
  const auto wrong_clock = at(23, 0, 0);
  EXPECT_EQ(parse_retry_after("Mon, 23 Nov 2026 08:02:00 GMT", "Mon, 23 Nov 2026 08:01:30 GMT", wrong_clock),
            seconds{30});
}

TEST(RetryAfter, IsNeverNegativeAndNeverMoreThanAnHour) {
  const auto now = at(8, 0, 0);
  EXPECT_EQ(parse_retry_after("Mon, 23 Nov 2026 07:00:00 GMT", "", now), seconds{0});
  EXPECT_EQ(parse_retry_after("Tue, 24 Nov 2026 08:00:00 GMT", "", now), seconds{3600});
  EXPECT_EQ(parse_retry_after("86400", "", now), seconds{3600});
  EXPECT_EQ(parse_retry_after("99999999999999999999", "", now), seconds{3600});
}

TEST(RetryAfter, NonsenseIsNothing) {
  for (const char* field : {"", "soon", "-5", "1.5", "Mon, 23 Xxx 2026 08:02:00 GMT", "Mon, 31 Feb 2026 08:02:00 GMT",
                            "Mon, 23 Nov 2026 25:02:00 GMT", "Mon, 23 Nov 2026 08:02:00 CST", "Mon, 23 Nov 2026"}) {
    EXPECT_EQ(parse_retry_after(field, "", at(8, 0, 0)), std::nullopt) << field;
  }
}

TEST(NextWait, IsNeverEarlierThanTheServerAsked) {
  EXPECT_EQ(next_wait(1, kHighest, seconds{60}), seconds{60});
  EXPECT_EQ(next_wait(10, kHighest, seconds{60}), seconds{900});
  EXPECT_EQ(next_wait(1, 0, seconds{90'000}), seconds{3600});
  EXPECT_EQ(next_wait(1, kHighest, std::nullopt), seconds{2});
}

struct Row {
  Exchange exchange;
  int status;
  std::string problem;
  Verdict verdict;
};

TEST(Judge, KnowsWhatEachAnswerMeans) {
  using enum Exchange;
  const std::vector<Row> table{
      {envelope, 200, "", {Step::accepted, Reason::not_our_central}},
      {envelope, 201, "", {Step::accepted, Reason::not_our_central}},
      {upload, 204, "", {Step::accepted, Reason::not_our_central}},
      {question, 404, "not-found", {Step::absent, Reason::not_our_central}},
      {question, 404, "", {Step::wait, Reason::not_our_central}},
      {question, 410, "", {Step::wait, Reason::not_our_central}},
      {upload, 404, "", {Step::create_anew, Reason::attachments_missing}},
      {upload, 410, "", {Step::create_anew, Reason::attachments_missing}},
      {envelope, 404, "", {Step::wait, Reason::not_our_central}},
      {envelope, 301, "", {Step::wait, Reason::not_our_central}},
      {envelope, 302, "", {Step::wait, Reason::not_our_central}},
      {upload, 307, "", {Step::wait, Reason::not_our_central}},
      {envelope, 400, "malformed", {Step::dead, Reason::malformed}},
      {envelope, 401, "unknown-kiosk", {Step::wait, Reason::unknown_kiosk}},
      {upload, 401, "unknown-kiosk", {Step::wait, Reason::unknown_kiosk}},
      {question, 401, "token-replaced", {Step::wait, Reason::unknown_kiosk}},
      {envelope, 403, "kiosk-revoked", {Step::wait, Reason::kiosk_revoked}},
      {upload, 403, "kiosk-revoked", {Step::wait, Reason::kiosk_revoked}},
      {envelope, 403, "bad-signature", {Step::dead, Reason::refused}},
      {envelope, 413, "", {Step::wait, Reason::not_our_central}},
      {upload, 413, "", {Step::wait, Reason::not_our_central}},
      {upload, 413, "too-large", {Step::dead, Reason::too_large}},
      {envelope, 422, "cannot-open", {Step::dead, Reason::cannot_open}},
      {envelope, 409, "different-content", {Step::dead, Reason::different_content}},
      {envelope, 409, "duplicate-identity", {Step::dead, Reason::duplicate_identity}},
      {envelope, 409, "dependency-missing", {Step::wait, Reason::dependency_missing}},
      {envelope, 409, "attachments-missing", {Step::upload_missing, Reason::attachments_missing}},
      {envelope, 409, "", {Step::wait, Reason::not_our_central}},
      {upload, 409, "", {Step::resume, Reason::network}},
      {upload, 423, "", {Step::wait, Reason::server_busy}},
      {envelope, 429, "", {Step::wait, Reason::server_busy}},
      {envelope, 503, "", {Step::wait, Reason::server_busy}},
      {envelope, 500, "", {Step::wait, Reason::server_failed}},
      {envelope, 504, "", {Step::wait, Reason::server_failed}},
      {upload, 507, "disk-full", {Step::wait, Reason::server_full}},
      {upload, 460, "", {Step::create_anew, Reason::network}},
      {upload, 412, "", {Step::wait, Reason::not_our_central}},
      {envelope, 418, "teapot", {Step::wait, Reason::not_our_central}},
  };
  for (const Row& row : table) {
    const Verdict verdict = judge(row.exchange, row.status, row.problem);
    EXPECT_EQ(verdict, row.verdict) << row.status << " " << row.problem << " on " << static_cast<int>(row.exchange)
                                    << ": " << static_cast<int>(verdict.step) << " " << outbox::name_of(verdict.reason);
  }
}

TEST(Judge, ARefusalThatIsNotOursIsNeverFinal) {
  for (const int status : {400, 401, 403, 413, 422}) {
    EXPECT_EQ(judge(Exchange::envelope, status, "").step, Step::wait) << status;
  }
}

TEST(MayHaveArrived, AfterWhateverMayHideACommit) {
  EXPECT_TRUE(may_have_arrived(Reason::outcome_unknown));
  EXPECT_TRUE(may_have_arrived(Reason::server_failed));
  EXPECT_TRUE(may_have_arrived(Reason::not_our_central));
  EXPECT_TRUE(may_have_arrived(Reason::blob_damaged));
  EXPECT_FALSE(may_have_arrived(Reason::network));
  EXPECT_FALSE(may_have_arrived(Reason::attachments_missing));
}

}  // namespace
}  // namespace bangwu::courier
