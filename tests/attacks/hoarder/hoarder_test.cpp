#include <gtest/gtest.h>
#include <sys/stat.h>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::CentralProcess;
using support::Client;
using support::Kiosk;
using support::random_bytes;

constexpr std::uint64_t kLarge = 4U << 20;

class Hoarder : public testing::Test {
 protected:
  void SetUp() override {
    central.start();
    hoarder.emplace(central);
    client.emplace(central.port());
  }
  support::HttpAnswer announce(std::uint64_t size) {
    return client->send("POST", "/v1/uploads", hoarder->tus({{"Upload-Length", std::to_string(size)}}));
  }
  CentralProcess central{{.settings = std::string(support::kPlainHttp) +
                                      "drain_seconds = 1\n[uploads]\nlargest_mebibytes = 4\nmost_files_per_kiosk = 20\n"
                                      "most_mebibytes_per_kiosk = 8\n"}};
  std::optional<Kiosk> hoarder;
  std::optional<Client> client;
};

TEST_F(Hoarder, FinishedFilesNoEnvelopeRefersToAreCounted) {
  for (int i = 0; i < 20; ++i) ASSERT_EQ(hoarder->upload(*client, random_bytes(100)).status, 201) << i;
  const auto answer = hoarder->upload(*client, random_bytes(100));
  EXPECT_EQ(answer.status, 429);
  EXPECT_FALSE(answer.header("retry-after").empty());
  Kiosk other(central);
  const auto sent = other.application();
  EXPECT_TRUE(other.receipt(other.deliver(*client, sent), sent.envelope)) << "others are served";
}

TEST_F(Hoarder, FilesInUseAreNotCounted) {
  for (int i = 0; i < 50; ++i) {
    const auto sent = hoarder->application();
    ASSERT_TRUE(hoarder->receipt(hoarder->deliver(*client, sent), sent.envelope)) << "stopped after " << i;
  }
}

TEST_F(Hoarder, AnnouncedBytesAreCountedAndFreeAgainWhenGivenUp) {
  const std::string first = announce(kLarge).header("location");
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(announce(kLarge).status, 201);
  EXPECT_EQ(announce(kLarge).status, 429);
  EXPECT_EQ(client->send("DELETE", first, hoarder->tus()).status, 204);
  EXPECT_EQ(announce(kLarge).status, 201);
}

TEST_F(Hoarder, CountsSurviveARestart) {
  EXPECT_EQ(announce(kLarge).status, 201);
  EXPECT_EQ(announce(kLarge).status, 201);
  central.kill();
  central.start();
  client.emplace(central.port());
  EXPECT_EQ(announce(kLarge).status, 429);
}

TEST_F(Hoarder, RoomReservedForBytesThatDidNotComeIsGivenBack) {
  const std::string path = announce(kLarge).header("location");
  Client cut(central.port());
  cut.send_head("PATCH", path,
                hoarder->tus({{"Upload-Offset", "0"}, {"Content-Type", "application/offset+octet-stream"}}), kLarge);
  ASSERT_TRUE(cut.send_bytes("a"));
  const auto file = central.data() / "uploads" / (path.substr(path.rfind('/') + 1) + ".part");
  EXPECT_TRUE(support::eventually([&] { return fs::exists(file); }));
  cut.break_off();
  EXPECT_TRUE(support::eventually([&] {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 && status.st_size == 1 && status.st_blocks * 512 < 1'000'000;
  })) << "announced, not brought, and taken";
}

}  // namespace
}  // namespace bangwu
