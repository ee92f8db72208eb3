#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "attacks/strangers/stranger.h"
#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using attacks::Stranger;
using namespace std::chrono_literals;
using support::CentralProcess;
using support::Client;
using support::Kiosk;

const std::string kImpatient = std::string(support::kPlainHttp) +
                               "head_timeout_seconds = 1\nbody_window_seconds = 1\n"
                               "least_body_bytes_per_second = 1000\nidle_timeout_seconds = 1\n";

TEST(Strangers, WhoOnlyConnectNeitherShutOthersOutNorFillTheDiskWithLog) {
  CentralProcess central({.through = {"prlimit", "--nofile=128:128"}});
  central.start();
  Kiosk kiosk(central);
  std::vector<std::unique_ptr<Stranger>> strangers;
  while (strangers.size() < 220 && !HasFailure()) {
    strangers.push_back(std::make_unique<Stranger>(central.port()));
    Client client(central.port());
    EXPECT_EQ(client.send("GET", "/v1/health").status, 200) << "shut out by " << strangers.size() << central.log();
  }
  Client client(central.port());
  const auto sent = kiosk.application();
  EXPECT_TRUE(kiosk.receipt(kiosk.deliver(client, sent), sent.envelope));
  EXPECT_LT(central.log().size(), 200'000U);
  EXPECT_EQ(central.terminate(), 0);
}

TEST(Strangers, WhoSayOneByteNowAndThenAreShownOut) {
  CentralProcess central({.settings = kImpatient});
  central.start();
  std::vector<std::unique_ptr<Stranger>> strangers;
  for (int i = 0; i < 50; ++i) strangers.push_back(std::make_unique<Stranger>(central.port()));
  const std::string head = "GET /v1/health HTTP/1.1\r\nHost: a\r\nX: " + std::string(100, 'a');
  const auto begun = std::chrono::steady_clock::now();
  bool someone_stays = true;
  for (std::size_t i = 0; someone_stays && std::chrono::steady_clock::now() < begun + 10s; ++i) {
    std::this_thread::sleep_for(100ms);  // their pace is the attack
    someone_stays = false;
    for (const auto& stranger : strangers) someone_stays |= stranger->send(head.substr(i % head.size(), 1));
  }
  EXPECT_FALSE(someone_stays);
}

TEST(Strangers, WhoSayNothingOnTlsAreShownOutToo) {
  CentralProcess central({.settings = "[http]\nhead_timeout_seconds = 1\n"});
  central.start();
  Stranger silent(central.port()), slow(central.port());
  EXPECT_TRUE(slow.send("\x16\x03"));
  EXPECT_TRUE(silent.is_closed_within(10s));
  EXPECT_TRUE(slow.is_closed_within(10s));
}

TEST(Strangers, WhoWasAnsweredAndSaysNoMoreIsShownOut) {
  CentralProcess central({.settings = kImpatient});
  central.start();
  Stranger stranger(central.port());
  EXPECT_TRUE(stranger.send("GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_TRUE(stranger.read_to_the_end().starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(stranger.is_closed_within(0s));
}

TEST(Strangers, UploadThatComesByteByByteEndsAndKeepsWhatCame) {
  CentralProcess central({.settings = kImpatient});
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto path = client.send("POST", "/v1/uploads", kiosk.tus({{"Upload-Length", "100000"}})).header("location");
  Stranger slow(central.port());
  EXPECT_TRUE(slow.send("PATCH " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + kiosk.token() +
                        "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream"
                        "\r\nContent-Length: 100000\r\n\r\n"));
  const auto begun = std::chrono::steady_clock::now();
  int sent = 0;
  while (slow.send("a") && std::chrono::steady_clock::now() < begun + 10s) {
    ++sent;
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_LT(sent, 100) << "it was let go on";
  Client again(central.port());
  const auto offset = again.send("HEAD", path, kiosk.tus()).header("upload-offset");
  ASSERT_FALSE(offset.empty());
  EXPECT_GT(std::stoi(offset), 0) << "the kiosk goes on from there";
}

TEST(Strangers, AFloodOfRequestsForNothingIsCountedNotWritten) {
  CentralProcess central;
  central.start();
  std::string requests;
  for (int i = 0; i < 30; ++i) requests += "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 200; ++i) {
    Client client(central.port());
    EXPECT_EQ(client.send("GET", "/nothing").status, 404);
    Stranger stranger(central.port());
    EXPECT_TRUE(stranger.send(requests));
  }
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::chrono::steady_clock::now() - begun).count();
  EXPECT_LT(central.log().size(), static_cast<std::size_t>(20'000 * (seconds + 1)));
  EXPECT_NE(central.log().find("more="), std::string::npos);
}

/// Behind a proxy that adds a line of its own below the client's, as some do.
TEST(Strangers, WhoForgeTheLineOfAProxyAreCountedStill) {
  CentralProcess central({.settings = std::string(support::kPlainHttp) + "proxies = [\"::ffff:127.0.0.1\"]\n"});
  central.start();
  Client client(central.port());
  support::HttpAnswer answer;
  const auto ask = [&](int i, const char* network) {
    const std::string forged = "10.0." + std::to_string(i) + ".1", real = network + std::to_string(i + 1) + "::1";
    return client.send("GET", "/v1/cases/none" + std::to_string(i),
                       {{"X-Forwarded-For", forged}, {"X-Forwarded-For", real}, {"X-Forwarded-For", "127.0.0.1"}});
  };
  for (int i = 0; i < 70; ++i) answer = ask(i, "2001:db8:0:1:");
  EXPECT_EQ(answer.status, 429) << "a guesser with a network of addresses";
  EXPECT_EQ(ask(0, "2001:db8:0:2:").status, 404) << "another";
}

/// Each of several requests at once is counted as its own client's.
TEST(Strangers, WhoSharesAProxysConnectionIsToldApart) {
  CentralProcess central({.settings = std::string(support::kPlainHttp) + "proxies = [\"127.0.0.1\"]\n"});
  central.start();
  const auto request = [](const std::string& path, const std::string& client) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.9.9.9\r\nX-Forwarded-For: " + client +
           "\r\n\r\n";
  };
  for (int i = 0; i < 10; ++i) {
    std::string requests = "PROPFIND / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.2\r\n\r\n";
    for (int k = 0; k < 7; ++k) requests += request("/v1/cases/none" + std::to_string(i * 10 + k), "198.51.100.1");
    Stranger proxy(central.port(), "127.0.0.1");
    EXPECT_TRUE(proxy.send(requests));
    (void)proxy.read_to_the_end(300ms);
  }
  Stranger proxy(central.port(), "127.0.0.1");
  EXPECT_TRUE(proxy.send(request("/v1/cases/none", "198.51.100.1") + request("/v1/cases/none", "198.51.100.2")));
  const std::string said = proxy.read_to_the_end(1s);
  EXPECT_TRUE(said.starts_with("HTTP/1.1 429 ")) << said;
  EXPECT_NE(said.find("HTTP/1.1 404 "), std::string::npos) << said;
}

/// The library answers some requests itself, and keeps their bodies in files.
TEST(Strangers, WhoSendABodyToNobodyFillNoDisk) {
  CentralProcess central;
  central.start();
  for (const char* target : {"/*", "/%2a", "*", "/nothing"}) {
    Stranger stranger(central.port());
    EXPECT_TRUE(
        stranger.send("OPTIONS " + std::string(target) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 400000000\r\n\r\n"));
    for (int i = 0; i < 40 && stranger.send(std::string(1U << 20, 'x')); ++i) {
    }
    std::uintmax_t kept = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(central.data() / "library"))
      kept += each.is_regular_file() ? each.file_size() : 0;
    EXPECT_EQ(kept, 0U) << target;
  }
}

/// A target that names a host, or has something before its path, is read in two ways.
TEST(Strangers, WhoAskForAnythingButAPathAreRefused) {
  CentralProcess central;
  central.start();
  for (const char* target : {"http://a/v1/health", "x/v1/health", "*", "a:443", "?/v1/health", "http:///v1/health"}) {
    Stranger stranger(central.port());
    EXPECT_TRUE(stranger.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_TRUE(stranger.read_to_the_end().starts_with("HTTP/1.1 400 ")) << target;
  }
}

TEST(Strangers, WhoSetOutToAskTooOftenAreToldToWait) {
  CentralProcess central;
  central.start();
  Client client(central.port());
  support::HttpAnswer answer;
  for (int i = 0; i < 70; ++i) answer = client.send("GET", "/v1/cases/none" + std::to_string(i));
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(client.send("GET", "/v1/health").status, 200);
}

}  // namespace
}  // namespace bangwu
