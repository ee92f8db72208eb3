#include "http_client/client.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "blobs/blob_store.h"
#include "support/certificates.h"
#include "support/fault_server.h"
#include "support/scratch_directory.h"

namespace bangwu::http_client {
namespace {

using support::Fault;
using support::FaultServer;
using support::HttpReply;
using support::HttpRequest;
using support::is_request;
using Kind = Fault::Kind;

Settings quick() {
  Settings settings;
  settings.connect_timeout = std::chrono::milliseconds{2'000};
  settings.stall = std::chrono::seconds{1};
  return settings;
}

Client client_for(const std::string& url, Settings settings = quick()) {
  auto origin = Origin::parse(url, PlainHttp::on_loopback);
  return std::move(Client::open(std::move(*origin), std::move(settings)).value());
}

Request get(const std::string& path) { return {Method::get, path, {}, {}}; }
Request put(const std::string& path, std::string body) { return {Method::put, path, {}, std::move(body)}; }

HttpReply echo(const HttpRequest& request) { return {200, {{"X-Method", request.method}}, request.body}; }

TEST(Origin, HttpsAnywhereHttpOnlyOnThisMachineWhenAllowed) {
  EXPECT_TRUE(Origin::parse("https://central.example", PlainHttp::refused));
  EXPECT_TRUE(Origin::parse("http://127.0.0.1:80", PlainHttp::on_loopback));
  EXPECT_TRUE(Origin::parse("http://localhost:80", PlainHttp::on_loopback));
  EXPECT_TRUE(Origin::parse("http://[::1]:80", PlainHttp::on_loopback));
  EXPECT_FALSE(Origin::parse("http://127.0.0.1:80", PlainHttp::refused));
  for (const char* url : {"http://central.example", "http://127.0.0.1.evil.example", "http://127.evil.example",
                          "ftp://127.0.0.1", "", "central", "https://user:pw@central.example",
                          "https://central.example/?a=b", "https://central.example/#x", "https://"}) {
    EXPECT_FALSE(Origin::parse(url, PlainHttp::on_loopback)) << url;
  }
}

TEST(Origin, ALocationNeverLeadsElsewhere) {
  const auto origin = Origin::parse("https://central.example:8443/hall/", PlainHttp::refused).value();
  EXPECT_EQ(origin.url_of("/v1/x"), "https://central.example:8443/hall/v1/x");
  EXPECT_EQ(origin.path_of_location("/hall/v1/uploads/a", "/v1/uploads").value(), "/v1/uploads/a");
  EXPECT_EQ(origin.path_of_location("uploads/a?b=c", "/v1/uploads").value(), "/v1/uploads/a?b=c");
  EXPECT_EQ(origin.path_of_location("https://central.example:8443/hall/v1/uploads/a", "/v1/uploads").value(),
            "/v1/uploads/a");
  EXPECT_EQ(origin.path_of_location("http://central.example/hall/v1/uploads/a", "/v1/uploads").value(),
            "/v1/uploads/a");
  for (const char* location :
       {"https://evil.example/v1/uploads/a", "//evil.example/a", "https://central.example:9/a", ""}) {
    EXPECT_FALSE(origin.path_of_location(location, "/v1/uploads")) << location;
  }
}

TEST(Http, SendsABodyAndReadsTheAnswer) {
  FaultServer server{echo};
  auto client = client_for(server.url());
  const auto outcome = client.send(put("/x", "hello"), {});
  const auto& answer = std::get<Answer>(outcome);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.header("x-method"), "PUT");
}

TEST(Http, KeepsItsConnection) {
  FaultServer server{echo};
  auto client = client_for(server.url());
  for (int i = 0; i < 20; ++i) ASSERT_EQ(std::get<Answer>(client.send(put("/x", "a"), {})).status, 200);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Http, SendsTheTokenAndNoExpectation) {
  HttpRequest seen;
  FaultServer server{[&seen](const HttpRequest& request) {
    seen = request;
    return HttpReply{};
  }};
  auto settings = quick();
  settings.bearer = "secret";
  auto client = client_for(server.url(), settings);
  static_cast<void>(client.send(put("/x", std::string(3'000'000, 'a')), {}));
  EXPECT_EQ(seen.header("Authorization"), "Bearer secret");
  EXPECT_EQ(seen.header("Expect"), "");
  EXPECT_EQ(seen.body.size(), 3'000'000U);
}

TEST(Http, NeverFollowsARedirect) {
  FaultServer elsewhere{echo};
  FaultServer server{[&](const HttpRequest&) { return HttpReply{301, {{"Location", elsewhere.url() + "/x"}}, ""}; }};
  auto client = client_for(server.url());
  EXPECT_EQ(std::get<Answer>(client.send(put("/x", "a"), {})).status, 301);
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(Http, AnAnswerOverTheLimitIsNotKept) {
  FaultServer server{[](const HttpRequest&) { return HttpReply{200, {}, std::string(2'000'000, 'x')}; }};
  auto client = client_for(server.url());
  const auto answer = std::get<Answer>(client.send(get("/x"), {}));
  EXPECT_FALSE(answer.is_whole);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body.empty());
}

TEST(Http, NobodyThereIsNotSent) {
  auto client = client_for("http://127.0.0.1:" + std::to_string(support::closed_port()));
  EXPECT_EQ(std::get<NotSent>(client.send(put("/x", "a"), {})).error.code, base::ErrorCode::unavailable);
}

TEST(Http, ABreakAfterSendingIsUnknown) {
  FaultServer server{echo};
  auto client = client_for(server.url());
  const std::vector<Fault> faults{{.kind = Kind::cut_before_body},
                                  {.kind = Kind::cut_in_body, .bytes = 2},
                                  {.kind = Kind::cut_before_answer},
                                  {.kind = Kind::cut_in_answer, .bytes = 0},
                                  {.kind = Kind::cut_in_answer, .bytes = 10},
                                  {.kind = Kind::cut_in_answer, .bytes = 55}};
  for (const Fault& fault : faults) {
    server.fault_next(is_request("PUT"), fault);
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(client.send(put("/x", "hello"), {})))
        << static_cast<int>(fault.kind) << " " << fault.bytes;
  }
}

TEST(Http, AServerThatHangsIsGivenUp) {
  FaultServer server{echo};
  server.fault_next(is_request("PUT"), {.kind = Kind::hang});
  auto client = client_for(server.url());
  EXPECT_EQ(std::get<OutcomeUnknown>(client.send(put("/x", "a"), {})).error.code, base::ErrorCode::timed_out);
}

TEST(Http, AnAnswerThatTricklesIsGivenUp) {
  FaultServer server{echo};
  server.fault_next(is_request("PUT"), {.kind = Kind::trickle, .bytes = 200});
  auto client = client_for(server.url());
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(std::get<OutcomeUnknown>(client.send(put("/x", "a"), {})).error.code, base::ErrorCode::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{15}) << "its 900,000 bytes take 75 minutes";
}

TEST(Http, WhatIsSlowButFastEnoughIsWaitedFor) {
  FaultServer server{echo};
  server.fault_next(is_request("PUT"), {.kind = Kind::trickle, .bytes = 200'000});
  auto settings = quick();
  settings.connect_timeout = std::chrono::seconds{1};  // what the beginning may take; a busy machine needs some
  settings.slowest_answer_per_second = 100'000;
  auto client = client_for(server.url(), settings);
  const auto outcome = client.send(put("/x", "a"), {});
  const auto* answer = std::get_if<Answer>(&outcome);
  ASSERT_NE(answer, nullptr) << "900,000 bytes in 4.5 s";
  EXPECT_EQ(answer->status, 200);
}

TEST(Http, AStopFromAnotherThreadEndsATransferAtOnce) {
  FaultServer server{echo};
  server.fault_next(is_request("PUT"), {.kind = Kind::hang});
  auto settings = quick();
  settings.stall = std::chrono::seconds{600};
  auto client = client_for(server.url(), settings);
  std::stop_source source;
  auto outcome = std::async(std::launch::async, [&] { return client.send(put("/x", "a"), source.get_token()); });
  while (server.requests().empty()) std::this_thread::yield();
  source.request_stop();
  ASSERT_EQ(outcome.wait_for(std::chrono::seconds{5}), std::future_status::ready);
  EXPECT_EQ(std::get<OutcomeUnknown>(outcome.get()).error.code, base::ErrorCode::cancelled);
}

TEST(Http, NothingIsSentAfterAStop) {
  FaultServer server{echo};
  auto client = client_for(server.url());
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(std::get<NotSent>(client.send(put("/x", "a"), source.get_token())).error.code, base::ErrorCode::cancelled);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Http, AProblemDocumentHasItsName) {
  Answer answer{403,
                {{"content-type", "application/problem+json; charset=utf-8"}},
                R"({"type":"urn:bangwu:problem:bad-signature"})"};
  EXPECT_EQ(answer.problem(), "bad-signature");
  answer.headers = {{"Content-Type", "application/json"}};
  EXPECT_EQ(answer.problem(), "");
  answer = {403, {{"Content-Type", "application/problem+json"}}, "<html>"};
  EXPECT_EQ(answer.problem(), "");
  answer.body = R"({"type":"about:blank"})";
  EXPECT_EQ(answer.problem(), "");
  answer.body = R"({"type":7})";
  EXPECT_EQ(answer.problem(), "");
}

class Tls : public ::testing::Test {
 protected:
  support::ScratchDirectory directory;
  [[nodiscard]] Client trusting(const std::string& url, const std::filesystem::path& ca) const {
    auto settings = quick();
    settings.ca_file = ca;
    return client_for(url, settings);
  }
};

TEST_F(Tls, OurAuthorityAndOurHostAreTrusted) {
  const auto certificates = support::make_certificates(directory / "a", "127.0.0.1");
  FaultServer server{echo, certificates.server};
  auto client = trusting(server.url(), certificates.ca);
  EXPECT_EQ(std::get<Answer>(client.send(put("/x", "hello"), {})).body, "hello");
}

TEST_F(Tls, AnotherAuthorityIsNot) {
  const auto certificates = support::make_certificates(directory / "a", "127.0.0.1");
  const auto other = support::make_certificates(directory / "b", "127.0.0.1");
  FaultServer server{echo, certificates.server};
  auto client = trusting(server.url(), other.ca);
  EXPECT_EQ(std::get<NotSent>(client.send(put("/x", "hello"), {})).error.code, base::ErrorCode::unauthorised);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Tls, AnotherHostsCertificateIsNot) {
  const auto certificates = support::make_certificates(directory / "a", "other.example");
  FaultServer server{echo, certificates.server};
  auto client = trusting(server.url(), certificates.ca);
  EXPECT_EQ(std::get<NotSent>(client.send(put("/x", "hello"), {})).error.code, base::ErrorCode::unauthorised);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Tls, AMissingAuthorityFileIsSaidAtOnce) {
  auto settings = quick();
  settings.ca_file = directory / "none.pem";
  auto origin = Origin::parse("https://127.0.0.1:1", PlainHttp::refused);
  const auto client = Client::open(std::move(*origin), settings);
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().code, base::ErrorCode::not_found);
}

class Files : public ::testing::Test {
 protected:
  Files() {
    store = std::make_unique<blobs::BlobStore>(blobs::BlobStore::open(directory.path()).value());
    content.resize(5'000'000);
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::uint8_t>(i * 7919 >> 5U);
    blob = store->put(content).value();
  }
  [[nodiscard]] Request patch(std::uint64_t offset) const {
    return {Method::patch, "/x", {}, FileBody{store->path_of(blob.sha256), blob, offset}};
  }
  void damage(std::uint64_t at) const {
    std::filesystem::permissions(store->path_of(blob.sha256), std::filesystem::perms::owner_all);
    std::fstream file{store->path_of(blob.sha256), std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(static_cast<std::streamoff>(at));
    file.put('!');
  }

  support::ScratchDirectory directory;
  std::unique_ptr<blobs::BlobStore> store;
  base::Bytes content;
  blobs::BlobRef blob;
  /// What the server was sent last; a client that gives up does not wait until it knows.
  [[nodiscard]] std::string arrived() {
    const std::scoped_lock lock(mutex);
    return received;
  }
  void forget_arrived() {
    const std::scoped_lock lock(mutex);
    received = "nothing";
  }

  std::mutex mutex;
  std::string received;  // guarded by mutex
  FaultServer server{[this](const HttpRequest& request) {
    const std::scoped_lock lock(mutex);
    received = request.body;
    return HttpReply{204, {}, ""};
  }};
};

TEST_F(Files, AreSentFromAnyOffset) {
  auto client = client_for(server.url());
  for (const std::uint64_t offset : {0U, 1U, 4'999'999U}) {
    ASSERT_EQ(std::get<Answer>(client.send(patch(offset), {})).status, 204);
    EXPECT_EQ(arrived(), std::string(content.begin() + static_cast<long>(offset), content.end()));
  }
}

TEST_F(Files, DamagedOnesNeverArriveWhole) {
  for (const std::uint64_t at : {0U, 2'500'000U, 4'999'999U}) {
    damage(at);
    for (const std::uint64_t offset : {0U, 3'000'000U}) {
      forget_arrived();
      auto client = client_for(server.url());
      EXPECT_EQ(std::get<NotSent>(client.send(patch(offset), {})).error.code, base::ErrorCode::corrupt) << at;
      EXPECT_NE(arrived().size(), content.size() - offset);
    }
  }
}

TEST_F(Files, AWrongSizeOrAMissingFileIsNotSentAtAll) {
  auto client = client_for(server.url());
  std::filesystem::resize_file(store->path_of(blob.sha256), 4'999'999);
  EXPECT_EQ(std::get<NotSent>(client.send(patch(0), {})).error.code, base::ErrorCode::corrupt);
  std::filesystem::remove(store->path_of(blob.sha256));
  EXPECT_EQ(std::get<NotSent>(client.send(patch(0), {})).error.code, base::ErrorCode::not_found);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Files, AreSentAgainWholeWhenAKeptConnectionTurnsOutDead) {
  auto client = client_for(server.url());
  ASSERT_EQ(std::get<Answer>(client.send(patch(0), {})).status, 204);
  server.fault_next(is_request("PATCH"), {.kind = Kind::cut_before_body});
  const auto outcome = client.send(patch(0), {});
  if (std::holds_alternative<Answer>(outcome)) {
    EXPECT_EQ(arrived(), std::string(content.begin(), content.end()));
  } else {
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(outcome));
  }
}

}  // namespace
}  // namespace bangwu::http_client
