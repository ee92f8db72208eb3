#include <nlohmann/json.hpp>

#include "hall.h"

namespace bangwu::courier {
namespace {

using outbox::Reason;
using support::Fault;
using support::HttpReply;
using support::is_request;
using support::problem;
using Kind = Fault::Kind;

constexpr const char* kEnvelopes = "/v1/envelopes";
constexpr const char* kUploads = "/v1/uploads";
constexpr const char* kPortalPage = "<html><body>Please log in</body></html>";

using Delivery = Hall;

TEST_F(Delivery, TrustsAndShowsWhatTheEnrolmentGave) {
  const identity::KioskIdentity enrolled{"k-1", "", "https://central",           "/ca.pem", "secret",
                                         {},    {}, envelope::SigningKey::make()};
  const auto settings = settings_for(enrolled);
  EXPECT_EQ(settings.http.ca_file, "/ca.pem");
  EXPECT_EQ(settings.http.bearer, "secret");
}

TEST_F(Delivery, NothingDueIsNothingSent) {
  EXPECT_FALSE(attempt());
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Delivery, AnEnvelopeWithoutAttachmentsIsOneRequest) {
  accept();
  const auto made = attempt();
  ASSERT_TRUE(made && made->receipt);
  EXPECT_EQ(server.requests().size(), 1U);
  expect_everything_arrived_once();
}

TEST_F(Delivery, SmallAndLargeAttachmentsArriveBeforeTheEnvelope) {
  accept({100, 5'000, 300'000, 2'000'000});
  ASSERT_TRUE(attempt()->receipt);
  EXPECT_EQ(count("PATCH"), 2) << "only what is too large for its creation request";
  EXPECT_TRUE(server.requests().back().starts_with("PUT"));
  expect_everything_arrived_once();
}

TEST_F(Delivery, ConnectionsAreKept) {
  server.set_connections(support::FaultServer::Connections::keep);
  for (int i = 0; i < 10; ++i) accept({100, 100, 100});
  EXPECT_EQ(deliver_all(), 10);
  EXPECT_LE(server.connections(), 6);
  EXPECT_EQ(count("OPTIONS"), 1);
  expect_everything_arrived_once();
}

TEST_F(Delivery, CreationCarriesNoBytesWhereTheServerDoesNotAnnounceIt) {
  central.announce_creation_with_upload(false);
  accept({100, 5'000});
  ASSERT_TRUE(attempt()->receipt);
  EXPECT_EQ(count("PATCH"), 2);
  expect_everything_arrived_once();
}

TEST_F(Delivery, WhatCentralHasAlreadyIsNotSentAgain) {
  const base::Bytes page(400'000, 7);
  accept_bytes({page});
  deliver_all();
  EXPECT_EQ(count("PATCH"), 1);
  accept_bytes({page});
  deliver_all();
  EXPECT_EQ(count("PATCH"), 1) << "its creation was answered with the whole length";
  expect_everything_arrived_once();
}

TEST_F(Delivery, WhatDependsOnAnotherGoesAfterIt) {
  const auto first = accept({2'000'000});
  accept({}, first);
  deliver_all();
  expect_everything_arrived_once();
}

struct Answered {
  HttpReply reply;
  Reason reason;
  bool is_dead = false;
};

TEST_F(Delivery, EachAnswerToAnEnvelopeHasItsConsequence) {
  const std::vector<Answered> table{
      {{200, {{"Content-Type", "text/html"}}, kPortalPage}, Reason::not_our_central},
      {{200, {}, "{}"}, Reason::not_our_central},
      {{200, {}, ""}, Reason::not_our_central},
      {{204, {}, ""}, Reason::not_our_central},
      {{200, {}, std::string(2'000'000, ' ')}, Reason::not_our_central},
      {{301, {{"Location", "http://127.0.0.2/"}}, ""}, Reason::not_our_central},
      {{302, {{"Location", "http://127.0.0.2/login"}}, ""}, Reason::not_our_central},
      {{403, {{"Content-Type", "text/html"}}, kPortalPage}, Reason::not_our_central},
      {{404, {}, ""}, Reason::not_our_central},
      {{423, {}, ""}, Reason::server_busy},
      {problem(429, "too-many-requests"), Reason::server_busy},
      {problem(500, "internal"), Reason::server_failed},
      {{502, {}, kPortalPage}, Reason::server_failed},
      {problem(503, "unavailable"), Reason::server_busy},
      {problem(507, "disk-full"), Reason::server_full},
      {problem(409, "dependency-missing"), Reason::dependency_missing},
      {problem(400, "malformed"), Reason::malformed, true},
      {problem(401, "unknown-kiosk"), Reason::unknown_kiosk},
      {problem(403, "kiosk-revoked"), Reason::kiosk_revoked},
      {problem(403, "bad-signature"), Reason::refused, true},
      {problem(409, "different-content"), Reason::different_content, true},
      {problem(409, "duplicate-identity"), Reason::duplicate_identity, true},
      {{413, {{"Content-Type", "text/html"}}, "<h1>413 Request Entity Too Large</h1>"}, Reason::not_our_central},
      {problem(413, "too-large"), Reason::too_large, true},
      {problem(422, "cannot-open"), Reason::cannot_open, true},
  };
  for (const auto& row : table) {
    const auto id = accept();
    server.fault_next(is_request("PUT", kEnvelopes), {.kind = Kind::answer, .reply = row.reply});
    const auto made = attempt();
    EXPECT_EQ(reason_of(made), row.reason) << row.reply.status << " " << row.reply.body.substr(0, 80);
    EXPECT_EQ(std::holds_alternative<outbox::Dead>(state_of(id)), row.is_dead) << row.reply.status;
    if (row.is_dead) {
      EXPECT_TRUE(box->retry(id));
    }
    deliver_all();
    EXPECT_TRUE(is_delivered(id)) << row.reply.status;
  }
  expect_everything_arrived_once();
}

/// Not each attempt of each envelope, but each time it becomes so; with the words central's staff chose.
TEST_F(Delivery, WhatNeedsAPersonIsLoggedForStaffOnceAnEnvelope) {
  const std::string why = ",\"detail\":\"stolen \\u001b[2J\"";
  accept();
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) {
    server.fault_next(is_request("PUT", kEnvelopes),
                      {.kind = Kind::answer, .reply = problem(403, "kiosk-revoked", why)});
    wait_until_due();
    EXPECT_EQ(reason_of(attempt()), Reason::kiosk_revoked);
  }
  server.fault_next(is_request("PUT", kEnvelopes), {.kind = Kind::answer, .reply = problem(503, "unavailable")});
  wait_until_due();
  EXPECT_EQ(reason_of(attempt()), Reason::server_busy);
  const std::string log = testing::internal::GetCapturedStderr();
  const auto times = [&](const std::string& part) {
    std::size_t found = 0;
    for (auto at = log.find(part); at != std::string::npos; at = log.find(part, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(times(" error courier.attempt"), 1U) << log;
  EXPECT_EQ(times(" warning courier.attempt"), 2U) << log;
  EXPECT_EQ(times(" info courier.attempt"), 1U) << log;
  EXPECT_EQ(times(R"(detail="stolen \u001b[2J")"), 3U) << log;
}

TEST_F(Delivery, RetryAfterIsObeyed) {
  accept();
  auto reply = problem(429, "too-many-requests");
  reply.headers.emplace_back("Retry-After", "1800");
  server.fault_next(is_request("PUT", kEnvelopes), {.kind = Kind::answer, .reply = reply});
  const auto began = clock.now();
  const auto made = attempt();
  EXPECT_EQ(std::get<outbox::Waiting>(made->state).until, began + std::chrono::seconds{1800});
  clock.advance(std::chrono::seconds{1799});
  EXPECT_FALSE(attempt());
  clock.advance(std::chrono::seconds{1});
  EXPECT_TRUE(attempt()->receipt);
}

TEST_F(Delivery, RetryAfterOfAnUploadIsObeyedToo) {
  accept({100});
  HttpReply reply{
      503, {{"Retry-After", "Mon, 23 Nov 2026 00:10:00 GMT"}, {"Date", "Mon, 23 Nov 2026 00:00:00 GMT"}}, ""};
  server.fault_next(is_request("POST", kUploads), {.kind = Kind::answer, .reply = reply});
  const auto began = clock.now();
  EXPECT_EQ(std::get<outbox::Waiting>(attempt()->state).until, began + std::chrono::seconds{600});
}

TEST_F(Delivery, AReceiptThatProvesNothingCountsForNothing) {
  const auto id = accept();
  envelope::Envelope other;
  other.id = base::make_uuid_v7(clock.now(), random);
  const auto parcel_manifest = [&] {
    auto parcel = box->lease_next(clock.now(), std::chrono::seconds{1});
    auto sent = (*parcel)->envelope;
    EXPECT_TRUE(box->release((*parcel)->lease));
    return sent;
  }();
  auto wrong_key = central.receipt_for(parcel_manifest);
  envelope::sign(wrong_key, envelope::SigningKey::make());
  auto wrong_manifest = central.receipt_for(parcel_manifest);
  wrong_manifest.manifest_hash = std::string(64, '0');
  envelope::sign(wrong_manifest, central.key());
  auto wrong_envelope = central.receipt_for(other);
  auto unsigned_one = central.receipt_for(parcel_manifest);
  unsigned_one.case_number = "changed after signing";
  for (const auto& receipt : {wrong_key, wrong_manifest, wrong_envelope, unsigned_one}) {
    const HttpReply reply{201, {{"Content-Type", "application/json"}}, envelope::to_json(receipt)};
    server.fault_next(is_request("GET", kEnvelopes), {.kind = Kind::answer, .reply = reply});
    server.fault_next(is_request("PUT", kEnvelopes), {.kind = Kind::answer, .reply = reply});
    wait_until_due();
    EXPECT_EQ(reason_of(attempt()), Reason::not_our_central);
    EXPECT_FALSE(is_delivered(id));
  }
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Delivery, AfterA504TheReceiptIsAskedForAndNothingIsSentAgain) {
  accept();
  server.fault_next(is_request("PUT", kEnvelopes),
                    {.kind = Kind::answer_after, .reply = {504, {}, "gateway time-out"}});
  EXPECT_EQ(reason_of(attempt()), Reason::server_failed);
  wait_until_due();
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_EQ(count("PUT"), 1);
  EXPECT_EQ(count("GET"), 1);
  expect_everything_arrived_once();
}

TEST_F(Delivery, AfterABreakTheReceiptIsAskedForFirst) {
  for (const Kind kind :
       {Kind::cut_before_answer, Kind::cut_in_answer, Kind::hang, Kind::cut_before_body, Kind::cut_in_body}) {
    const auto id = accept();
    server.fault_next(is_request("PUT", kEnvelopes), {.kind = kind, .bytes = 30});
    EXPECT_EQ(reason_of(attempt()), Reason::outcome_unknown) << static_cast<int>(kind);
    const int questions = count("GET");
    deliver_all();
    EXPECT_EQ(count("GET"), questions + 1);
    EXPECT_TRUE(is_delivered(id));
  }
  expect_everything_arrived_once();
}

TEST_F(Delivery, AnUnansweredQuestionStaysAQuestion) {
  accept();
  server.fault_next(is_request("PUT", kEnvelopes), {.kind = Kind::cut_before_answer});
  EXPECT_EQ(reason_of(attempt()), Reason::outcome_unknown);
  for (const Kind kind : {Kind::cut_before_answer, Kind::hang}) {
    server.fault_next(is_request("GET", kEnvelopes), {.kind = kind});
    wait_until_due();
    EXPECT_EQ(reason_of(attempt()), Reason::outcome_unknown);
  }
  server.fault_next(is_request("GET", kEnvelopes), {.kind = Kind::answer, .reply = {503, {}, ""}});
  wait_until_due();
  EXPECT_EQ(reason_of(attempt()), Reason::outcome_unknown);
  wait_until_due();
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_EQ(count("PUT"), 1);
}

TEST_F(Delivery, CentralDownMeansWaitingLongerAndLonger) {
  const auto id = accept({100});
  courier.reset();
  courier.emplace(Courier::open(quick_settings(), "http://127.0.0.1:" + std::to_string(support::closed_port()), *box,
                                *store, clock, random)
                      .value());
  std::chrono::milliseconds longest{0};
  for (int i = 0; i < 14; ++i) {
    wait_until_due();
    const auto made = attempt();
    ASSERT_EQ(reason_of(made), Reason::network);
    longest = std::max<std::chrono::milliseconds>(longest, std::get<outbox::Waiting>(made->state).until - clock.now());
  }
  EXPECT_GT(longest, std::chrono::minutes{1});
  EXPECT_LE(longest, std::chrono::minutes{15});
  restart(quick_settings());
  deliver_all();
  EXPECT_TRUE(is_delivered(id));
}

TEST_F(Delivery, NothingWaitsBehindAnothersFailure) {
  const auto bad = accept();
  for (int i = 0; i < 3; ++i) accept();
  server.fault_next(is_request("PUT", std::string(kEnvelopes) + "/" + base::to_string(bad)),
                    {.kind = Kind::answer, .reply = problem(422, "cannot-open")});
  EXPECT_EQ(deliver_all(), 4);
  EXPECT_EQ(central.stored().size(), 3U);
  EXPECT_TRUE(std::holds_alternative<outbox::Dead>(state_of(bad)));
}

TEST_F(Delivery, AStopGivesTheItemBackUncounted) {
  const auto id = accept({2'000'000});
  std::stop_source source;
  source.request_stop();
  const auto made = courier->deliver_one(source.get_token());
  ASSERT_TRUE(made && *made);
  EXPECT_TRUE(std::holds_alternative<outbox::Ready>((*made)->state));
  EXPECT_EQ(box->show(id)->entry.attempts, 0);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Delivery, OneThatHangsStepsAsideForAnother) {
  const auto hanging = accept();
  server.fault_next(is_request("PUT", kEnvelopes), {.kind = Kind::hang});
  const auto made = courier->deliver_one({}, [] { return false; });
  ASSERT_TRUE(made && *made);
  EXPECT_EQ((*made)->id, hanging);
  EXPECT_EQ(reason_of(*made), Reason::outcome_unknown);
  const auto fresh = accept();
  EXPECT_EQ(attempt()->id, fresh);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Delivery, AnotherCertificateIsNotOurCentral) {
  accept();
  auto settings = quick_settings();
  courier.emplace(
      Courier::open(settings, "https://127.0.0.1:" + std::to_string(server.port()), *box, *store, clock, random)
          .value());
  EXPECT_EQ(central.stored().size(), 0U);
  EXPECT_EQ(reason_of(attempt()), Reason::network) << "no TLS at all on that port";
}

}  // namespace
}  // namespace bangwu::courier
