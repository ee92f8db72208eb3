#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <thread>

#include "hall.h"
#include "support/tcp_proxy.h"

/// The courier's uploads against @tus/server, the public implementation; envelopes go to the central service in memory.
namespace bangwu::courier {
namespace {

using support::Interference;
using support::TcpProxy;

/// node tests/peers/tus_server.mjs: ends when the pipe to it is closed.
class NodeServer {
 public:
  NodeServer(const std::filesystem::path& directory, std::uint16_t upstream) {
    const std::string command = std::string("exec ") + BANGWU_NODE + " " + BANGWU_PEERS + "/tus_server.mjs " +
                                directory.string() + " " + std::to_string(upstream) + " > " +
                                (directory / "port").string();
    pipe_.reset(::popen(command.c_str(), "w"));
    for (int look = 0; look < 2'000 && port_ == 0; ++look) {
      std::ifstream(directory / "port") >> port_;
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    if (port_ == 0)
      throw std::runtime_error("tests/peers/tus_server.mjs did not start: is it installed (tests/run.sh)?");
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  struct Close {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
  };
  std::unique_ptr<std::FILE, Close> pipe_;
  std::uint16_t port_ = 0;
};

class Peer : public Hall {
 protected:
  Peer() {
    central.keep_attachments_elsewhere();
    std::filesystem::create_directory(directory / "files");
    rival.emplace(directory / "files", server.port());
    proxy.emplace(rival->port());
    open_courier();
  }
  void open_courier() {
    auto settings = quick_settings();
    settings.uploads_path = "/files";
    settings.one_request_limit = 100'000;
    courier.emplace(
        Courier::open(settings, "http://127.0.0.1:" + std::to_string(proxy->port()), *box, *store, clock, random)
            .value());
  }
  /// Every accepted page is among the server's files, whole.
  void expect_every_page_arrived() {
    std::set<std::string> arrived;
    for (const auto& entry : std::filesystem::directory_iterator(directory / "files")) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      arrived.insert(envelope::sha256_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
    }
    for (const auto& entry : accepted) {
      EXPECT_TRUE(is_delivered(entry.id));
      for (const auto& hash : entry.hashes) EXPECT_TRUE(arrived.contains(hash)) << hash;
    }
    EXPECT_EQ(central.stored().size(), accepted.size());
  }

  /// The file store keeps each upload beside its description.
  [[nodiscard]] int uploads_at_peer() const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory / "files")) {
      count += entry.path().extension() == ".json" ? 1 : 0;
    }
    return count;
  }

  std::optional<NodeServer> rival;
  std::optional<TcpProxy> proxy;
};

TEST_F(Peer, TakesSmallAndLargeFiles) {
  accept({1, 5'000, 99'999, 100'001, 3'000'000});
  EXPECT_TRUE(attempt()->receipt);
  expect_every_page_arrived();
}

TEST_F(Peer, TakesManyFilesOverKeptConnections) {
  accept(std::vector<std::size_t>(60, 20'000));
  EXPECT_TRUE(attempt()->receipt);
  EXPECT_LE(proxy->connections(), static_cast<int>(CourierSettings{}.uploads_at_once) + 2);
  expect_every_page_arrived();
}

TEST_F(Peer, GoesOnAtTheSameUrlAfterEveryCut) {
  accept({4'000'000});
  proxy->interfere_next({.cut_after_sent = 1'500'000});
  proxy->interfere_next({.cut_after_sent = 900'000});
  deliver_all();
  expect_every_page_arrived();
  EXPECT_EQ(uploads_at_peer(), 1) << "nothing is begun anew";
}

TEST_F(Peer, RandomCutsLoseNothing) {
  for (int i = 0; i < 6; ++i) accept(std::vector<std::size_t>(1 + random.next() % 4, 1 + random.next() % 700'000));
  for (int i = 0; i < 30; ++i) {
    Interference plan;
    if (random.next() % 3 == 0) plan.cut_after_received = (random.next() >> 33U) % 3'000;
    else plan.cut_after_sent = (random.next() >> 33U) % 1'000'000;
    proxy->interfere_next(plan);
  }
  for (int i = 0; i < 200; ++i) {
    wait_until_due();
    if (!attempt()) break;
    if (i % 7 == 0) proxy->cut_all();
  }
  expect_every_page_arrived();
}

}  // namespace
}  // namespace bangwu::courier
