#include "hall.h"

namespace bangwu::courier {
namespace {

using outbox::Reason;
using support::Fault;
using support::HttpReply;
using support::is_request;
using support::problem;
using Kind = Fault::Kind;
using Connections = support::FaultServer::Connections;

constexpr const char* kUploads = "/v1/uploads";

using Uploads = Hall;

TEST_F(Uploads, ABreakInsideGoesOnAtTheSameUrlWithTheBytesThatArrived) {
  accept({1'000'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::cut_in_body, .bytes = 400'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::cut_in_body, .bytes = 300'000});
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_EQ(central.uploads_created(), 1U);
  EXPECT_EQ(count("HEAD"), 2);
  expect_everything_arrived_once();
}

TEST_F(Uploads, AfterAStartOfTheProgramTheSameUrlIsUsed) {
  accept({1'000'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::cut_in_body, .bytes = 400'000});
  server.fault_next(is_request("HEAD"), {.kind = Kind::cut_before_answer});
  EXPECT_EQ(reason_of(attempt()), Reason::network);
  restart(quick_settings());
  deliver_all();
  EXPECT_EQ(central.uploads_created(), 1U);
  expect_everything_arrived_once();
}

TEST_F(Uploads, BrokenTwiceAtTheSamePlaceIsLeftForLater) {
  accept({1'000'000});
  for (int i = 0; i < 3; ++i) server.fault_next(is_request("PATCH"), {.kind = Kind::cut_before_body});
  EXPECT_EQ(reason_of(attempt()), Reason::network);
  EXPECT_EQ(count("PATCH"), 1);
  deliver_all();
  EXPECT_EQ(central.uploads_created(), 1U);
  expect_everything_arrived_once();
}

TEST_F(Uploads, EveryStageMayBreak) {
  struct Stage {
    std::string method;
    Fault fault;
  };
  std::vector<Stage> stages;
  for (const char* method : {"OPTIONS", "POST", "PATCH", "PUT"}) {
    for (const Kind kind : {Kind::cut_before_body, Kind::cut_in_body, Kind::cut_before_answer, Kind::cut_in_answer}) {
      for (const std::size_t bytes : {1U, 20U, 60U}) stages.push_back({method, {.kind = kind, .bytes = bytes}});
    }
  }
  for (const Connections connections : {Connections::close, Connections::keep}) {
    server.set_connections(connections);
    for (const auto& stage : stages) {
      restart(quick_settings());
      const auto id = accept({5'000, 50'000});
      server.fault_next(is_request(stage.method), stage.fault);
      deliver_all();
      EXPECT_EQ(server.faults_left(), 0U) << stage.method;
      EXPECT_TRUE(is_delivered(id)) << stage.method << " " << static_cast<int>(stage.fault.kind);
    }
  }
  expect_everything_arrived_once();
}

TEST_F(Uploads, AfterABreakTheUrlIsKnownBeforeTheFirstByte) {
  accept({5'000});
  server.fault_next(is_request("POST"), {.kind = Kind::cut_in_body, .bytes = 100});
  EXPECT_EQ(reason_of(attempt()), Reason::network);
  deliver_all();
  EXPECT_EQ(count("PATCH"), 1) << "in two steps this time";
  expect_everything_arrived_once();
}

TEST_F(Uploads, LockedMeansTheSameUrlLater) {
  accept({1'000'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::cut_in_body, .bytes = 400'000});
  server.fault_next(is_request("HEAD"), {.kind = Kind::answer, .reply = {423, {}, ""}});
  EXPECT_EQ(reason_of(attempt()), Reason::server_busy);
  deliver_all();
  EXPECT_EQ(central.uploads_created(), 1U);
  expect_everything_arrived_once();
}

TEST_F(Uploads, AnExpiredUploadIsCreatedAnew) {
  accept({1'000'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::cut_in_body, .bytes = 400'000});
  server.fault_next(is_request("HEAD"), {.kind = Kind::cut_before_answer});
  EXPECT_EQ(reason_of(attempt()), Reason::network);
  central.expire_uploads();
  wait_until_due();
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_EQ(central.uploads_created(), 2U);
  expect_everything_arrived_once();
}

TEST_F(Uploads, GoneInTheMiddleIsCreatedAnewAtOnceButNotForEver) {
  accept({1'000'000});
  for (int i = 0; i < 3; ++i) server.fault_next(is_request("PATCH"), {.kind = Kind::answer, .reply = {404, {}, ""}});
  EXPECT_EQ(reason_of(attempt()), Reason::attachments_missing);
  EXPECT_EQ(central.uploads_created(), 3U);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Uploads, WhatCentralMissesIsUploadedAgain) {
  const auto id = accept({5'000, 50'000});
  server.fault_next(is_request("PUT"), {.kind = Kind::cut_before_body});
  EXPECT_EQ(reason_of(attempt()), Reason::outcome_unknown);
  central.lose_blob(sha_of(id, 1));
  central.expire_uploads();
  wait_until_due();
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_EQ(count("POST"), 3);
  EXPECT_EQ(count("PUT"), 3);
  expect_everything_arrived_once();
}

TEST_F(Uploads, WhatIsMissingAgainAndAgainWaits) {
  accept({5'000});
  const auto sha = accepted.back().hashes[0];
  const auto reply = problem(409, "attachments-missing", ",\"missing\":[\"" + sha + "\"]");
  for (int i = 0; i < 2; ++i) server.fault_next(is_request("PUT"), {.kind = Kind::answer, .reply = reply});
  EXPECT_EQ(reason_of(attempt()), Reason::attachments_missing);
  EXPECT_EQ(count("PUT"), 2);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Uploads, MissingBlobsThatAreNotOursAreNotOurCentral) {
  accept({5'000});
  for (const char* members : {"", ",\"missing\":7", ",\"missing\":[]", ",\"missing\":[\"ffff\",3]"}) {
    server.fault_next(is_request("PUT"), {.kind = Kind::answer, .reply = problem(409, "attachments-missing", members)});
    wait_until_due();
    EXPECT_EQ(reason_of(attempt()), Reason::not_our_central) << members;
  }
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Uploads, AByteChangedOnTheWayIsSentAgain) {
  accept({50'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::answer, .reply = {460, {}, ""}});
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_EQ(central.uploads_created(), 2U);
}

TEST_F(Uploads, ADamagedFileIsForStaffAndNeverArrives) {
  for (const std::size_t size : {5'000U, 300'000U}) {
    const auto id = accept({size});
    const auto sha = sha_of(id, 0);
    damage(sha, size / 2);
    EXPECT_EQ(reason_of(attempt()), Reason::blob_damaged);
    EXPECT_TRUE(std::holds_alternative<outbox::Dead>(state_of(id)));
    EXPECT_FALSE(central.blobs().contains(sha));
  }
  EXPECT_TRUE(central.stored().empty());
}

/// Its receipt was lost, then the page: handed in again it would be there twice.
TEST_F(Uploads, AMissingFileOfWhatCentralHasIsNoLoss) {
  const auto id = accept({5'000});
  server.fault_next(is_request("PUT"), {.kind = Kind::answer_after, .reply = problem(409, "attachments-missing")});
  EXPECT_EQ(reason_of(attempt()), Reason::not_our_central);
  for (const Kind kind : {Kind::cut_before_answer, Kind::hang}) {
    server.fault_next(is_request("GET"), {.kind = kind});
    wait_until_due();
    EXPECT_FALSE(std::holds_alternative<outbox::Dead>(attempt()->state));
  }
  std::filesystem::remove(store->path_of(sha_of(id, 0)));
  wait_until_due();
  EXPECT_TRUE(attempt()->receipt);
  expect_everything_arrived_once();
}

/// The last failure gives no hint that it arrived: it is asked all the same before anybody is told of a loss.
TEST_F(Uploads, BeforeAMissingFileIsALossCentralIsAsked) {
  const auto id = accept({50'000});
  const auto sha = sha_of(id, 0);
  server.fault_next(is_request("PUT"), {.kind = Kind::answer_after, .reply = problem(503, "unavailable")});
  EXPECT_EQ(reason_of(attempt()), Reason::server_busy) << "it is there, and this reason does not say so";
  ASSERT_EQ(central.stored().size(), 1U);
  auto parcel = box->lease_next(clock.now() + std::chrono::hours{1}, std::chrono::seconds{1});
  ASSERT_TRUE(parcel && *parcel);
  ASSERT_TRUE(box->forget_upload((*parcel)->lease, sha)) << "as after central has lost the upload";
  ASSERT_TRUE(box->release((*parcel)->lease));
  std::filesystem::remove(store->path_of(sha));
  central.lose_blob(sha);
  server.fault_next(is_request("GET"), {.kind = Kind::cut_before_answer});
  wait_until_due();
  EXPECT_EQ(reason_of(attempt()), Reason::blob_damaged);
  EXPECT_FALSE(std::holds_alternative<outbox::Dead>(state_of(id))) << "nobody answered: not lost yet";
  wait_until_due();
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_TRUE(is_delivered(id));
}

TEST_F(Uploads, AMissingFileIsForStaff) {
  const auto id = accept({5'000});
  std::filesystem::remove(store->path_of(sha_of(id, 0)));
  EXPECT_EQ(reason_of(attempt()), Reason::blob_damaged);
  EXPECT_TRUE(std::holds_alternative<outbox::Dead>(state_of(id)));
}

// "Hand it in again" would double what arrived before the page was lost.
TEST_F(Uploads, AMissingFileIsNoLossWhereCentralHasTheEnvelope) {
  for (const bool is_gone : {true, false}) {
    const auto id = accept({5'000});
    server.fault_next(is_request("PUT"), {.kind = Kind::cut_before_answer});
    EXPECT_EQ(reason_of(attempt()), Reason::outcome_unknown);
    wait_until_due();
    // The attempt after that broke, too, and its reason is what is known now.
    const auto parcel = box->lease_next(clock.now(), std::chrono::minutes{1}).value();
    ASSERT_TRUE(parcel);
    ASSERT_TRUE(box->forget_upload(parcel->lease, sha_of(id, 0)));
    ASSERT_TRUE(box->postpone(parcel->lease, clock.now(), clock.now(), Reason::network));
    if (is_gone) std::filesystem::remove(store->path_of(sha_of(id, 0)));
    else damage(sha_of(id, 0), 100);
    const auto ended = attempt();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->receipt) << outbox::name_of(ended->state);
    EXPECT_TRUE(is_delivered(id));
  }
}

TEST_F(Uploads, AMissingFileIsNotJudgedWhileCentralCannotBeAsked) {
  const auto id = accept({5'000});
  std::filesystem::remove(store->path_of(sha_of(id, 0)));
  server.fault_next(is_request("GET", "/v1/envelopes"), {.kind = Kind::cut_before_body});
  EXPECT_EQ(reason_of(attempt()), Reason::blob_damaged);
  EXPECT_TRUE(std::holds_alternative<outbox::Waiting>(state_of(id)));
}

// A front that has lost its way to central says so too.
TEST_F(Uploads, ABare404IsNoWordOfCentralsAboutAMissingFile) {
  const auto id = accept({5'000});
  std::filesystem::remove(store->path_of(sha_of(id, 0)));
  server.fault_next(is_request("GET", "/v1/envelopes"), {.kind = Kind::answer, .reply = {404, {}, "not here"}});
  EXPECT_EQ(reason_of(attempt()), Reason::blob_damaged);
  EXPECT_TRUE(std::holds_alternative<outbox::Waiting>(state_of(id)));
}

TEST_F(Uploads, AnotherHostsUrlIsNotFollowed) {
  support::FaultServer elsewhere{[](const support::HttpRequest&) {
    return HttpReply{204, {{"Upload-Offset", "50000"}}, ""};
  }};
  accept({50'000});
  for (const std::string& location : {"http://localhost:" + std::to_string(elsewhere.port()) + "/v1/uploads/x",
                                      elsewhere.url() + "/v1/uploads/x", std::string{}}) {
    server.fault_next(is_request("POST"), {.kind = Kind::answer, .reply = {201, {{"Location", location}}, ""}});
    wait_until_due();
    EXPECT_EQ(reason_of(attempt()), Reason::not_our_central) << location;
  }
  EXPECT_EQ(elsewhere.connections(), 0);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(Uploads, AnswersThatNoTusServerWouldGiveAreNotBelieved) {
  const std::vector<std::pair<std::string, HttpReply>> lies{
      {"POST", {200, {{"Location", "/v1/uploads/x"}}, ""}},     {"POST", {204, {}, ""}},
      {"POST", {302, {{"Location", "http://127.0.0.2/"}}, ""}}, {"PATCH", {204, {}, ""}},
      {"PATCH", {204, {{"Upload-Offset", "0"}}, ""}},           {"PATCH", {200, {{"Upload-Offset", "99999999"}}, ""}},
      {"PATCH", {204, {{"Upload-Offset", "-1"}}, ""}},          {"PATCH", {200, {}, "<html>"}},
  };
  for (const auto& [method, reply] : lies) {
    const auto id = accept({50'000});
    server.fault_next(is_request(method, kUploads), {.kind = Kind::answer, .reply = reply});
    EXPECT_EQ(reason_of(attempt()), Reason::not_our_central) << method << " " << reply.status;
    deliver_all();
    EXPECT_TRUE(is_delivered(id));
  }
  expect_everything_arrived_once();
}

TEST_F(Uploads, AnEarlyClaimOfCompletenessIsFoundOutByTheEnvelope) {
  accept({50'000});
  server.fault_next(is_request("PATCH"), {.kind = Kind::answer, .reply = {204, {{"Upload-Offset", "50000"}}, ""}});
  EXPECT_TRUE(attempt()->receipt) << "409 attachments-missing, then sent for true";
  expect_everything_arrived_once();
}

TEST_F(Uploads, TooLargeForCentralIsForStaff) {
  const auto id = accept({50'000});
  server.fault_next(is_request("POST"), {.kind = Kind::answer, .reply = problem(413, "too-large")});
  EXPECT_EQ(reason_of(attempt()), Reason::too_large);
  EXPECT_TRUE(std::holds_alternative<outbox::Dead>(state_of(id)));
}

TEST_F(Uploads, OneTroubleEndsTheBatchAndWhatIsThereIsKept) {
  accept(std::vector<std::size_t>(30, 5'000));
  server.fault_next(is_request("POST"), {.kind = Kind::answer, .reply = {503, {}, ""}});
  EXPECT_EQ(reason_of(attempt()), Reason::server_busy);
  EXPECT_LT(count("POST"), 30);
  const int before = count("POST");
  deliver_all();
  EXPECT_LE(count("POST") - before, 30 - before + 1);
  expect_everything_arrived_once();
}

/// Any faults in any order, with starts of the program in between: nothing is lost, nothing arrives twice.
TEST_F(Uploads, RandomFaultsLoseNothingAndDoubleNothing) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CountingRandom dice{seed};
    server.set_connections(seed % 2 == 0 ? Connections::keep : Connections::close);
    const auto roll = [&](std::uint64_t sides) { return (dice.next() >> 33U) % sides; };
    for (int i = 0; i < 4; ++i) {
      std::vector<std::size_t> sizes;
      for (std::uint64_t n = roll(5); n > 0; --n) sizes.push_back(1 + roll(60'000));
      accept(sizes);
    }
    const std::vector<std::string> methods{"OPTIONS", "POST", "HEAD", "PATCH", "PUT", "GET"};
    const std::vector<int> statuses{200, 204, 302, 403, 404, 423, 429, 500, 502, 503, 504, 507};
    for (int i = 0; i < 25; ++i) {
      Fault fault{.kind = static_cast<Kind>(roll(8)), .bytes = roll(30'000), .delay = {}, .reply = {}};
      if (fault.kind == Kind::hang) fault.kind = Kind::cut_before_answer;  // a second each: once is enough elsewhere
      const int status = statuses[roll(statuses.size())];
      fault.reply = {status, {}, status < 300 ? "hello" : ""};
      server.fault_next(is_request(methods[roll(methods.size())]), fault);
    }
    for (int i = 0; i < 400; ++i) {
      wait_until_due();
      if (!attempt()) break;
      if (roll(10) == 0) restart(quick_settings());
      if (roll(15) == 0) central.expire_uploads();
    }
  }
  expect_everything_arrived_once();
}

}  // namespace
}  // namespace bangwu::courier
