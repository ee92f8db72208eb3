#include <gtest/gtest.h>
#include <sys/statvfs.h>

#include "central/support/kiosk.h"
#include "support/small_disk.h"

namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;
using support::SmallDisk;

constexpr const char* kNoReserve = "[http]\nallow_plain_http_on_loopback = true\n[storage]\nkeep_free_mebibytes = 0\n";

TEST(FullDisk, BelowTheReserveNewThingsAreRefusedAndKnownOnesAnswered) {
  CentralProcess central;
  central.start();
  Kiosk kiosk(central);
  const auto sent = kiosk.application(), later = kiosk.application(), known = kiosk.application();
  Client before(central.port());
  ASSERT_EQ(kiosk.upload(before, sent.blobs[0]).status, 201);
  const auto answered = kiosk.deliver(before, known);
  ASSERT_EQ(answered.status, 201);
  ASSERT_EQ(central.terminate(), 0);

  // More free room asked for than the disk has.
  struct statvfs disk {};
  ASSERT_EQ(::statvfs(central.data().c_str(), &disk), 0);
  const auto more = (disk.f_bavail * disk.f_frsize >> 20) + 1'000'000;
  support::write_file(central.config(), support::read_file(central.config()) +
                                            "[storage]\nkeep_free_mebibytes = " + std::to_string(more) + "\n");
  central.start();
  Client client(central.port());
  const auto upload = kiosk.upload(client, later.blobs[0]);
  EXPECT_EQ(upload.status, 507);
  EXPECT_EQ(upload.problem(), "disk-full");
  EXPECT_FALSE(upload.header("retry-after").empty());
  EXPECT_EQ(kiosk.put(client, sent.envelope).status, 507);
  EXPECT_EQ(kiosk.put(client, known.envelope).body, answered.body);
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_NE(verified.output.find("envelopes  1\ncases      1\n"), std::string::npos) << verified.output;
}

TEST(FullDisk, UploadThatFillsTheDiskIsRefusedAndGoesThroughWhenThereIsRoom) {
  CentralProcess central({.settings = kNoReserve});
  SmallDisk disk(central.data(), 24U << 20);
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto page = support::random_bytes(3'000'000);
  const auto sent = kiosk.seal(envelope::Kind::submission, "{}", {page}, std::nullopt);
  disk.leave_only(1'000'000);
  const auto refused = kiosk.upload(client, sent.blobs[0]);
  EXPECT_EQ(refused.status, 507) << refused.body;
  EXPECT_EQ(refused.problem(), "disk-full");
  EXPECT_EQ(Client(central.port()).send("GET", "/v1/health").status, 200);
  disk.resize(48U << 20);
  Client again(central.port());
  EXPECT_EQ(kiosk.upload(again, sent.blobs[0]).status, 201);
}

TEST(FullDisk, EnvelopeTheDatabaseHasNoRoomForIsRefusedAndNothingOfItIsKept) {
  CentralProcess central({.settings = kNoReserve});
  SmallDisk disk(central.data(), 24U << 20);
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  std::vector<support::Sendable> sendables;
  for (int i = 0; i < 12; ++i) {
    sendables.push_back(kiosk.application());
    ASSERT_EQ(kiosk.upload(client, sendables.back().blobs[0]).status, 201);
  }
  disk.leave_only(64U << 10);
  int stored = 0, refused = 0;
  for (const auto& sendable : sendables) {
    const auto answer = kiosk.put(client, sendable.envelope);
    EXPECT_TRUE(answer.status == 201 || answer.status == 507) << answer.status << answer.body;
    stored += answer.status == 201 ? 1 : 0;
    refused += answer.status == 507 ? 1 : 0;
  }
  EXPECT_GT(refused, 0);
  disk.resize(48U << 20);
  int stored_later = 0;
  for (const auto& sendable : sendables) {
    const auto answer = kiosk.put(client, sendable.envelope);
    EXPECT_TRUE(answer.status == 200 || answer.status == 201) << answer.status << answer.body;
    EXPECT_TRUE(kiosk.receipt(answer, sendable.envelope));
    stored_later += answer.status == 201 ? 1 : 0;
  }
  EXPECT_EQ(stored_later, refused) << stored << " were stored before";
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_NE(verified.output.find("envelopes  12\ncases      12\n"), std::string::npos) << verified.output;
}

TEST(FullDisk, ReadOnlyFolderStopsTheStart) {
  CentralProcess central({.settings = kNoReserve});
  SmallDisk disk(central.data(), 24U << 20);
  central.start();
  ASSERT_EQ(central.terminate(), 0);
  disk.make_read_only();
  const auto finished = CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()});
  EXPECT_EQ(finished.code, 4) << finished.errors;
  EXPECT_NE(finished.errors.find("Read-only"), std::string::npos) << finished.errors;
  disk.make_writable();
  central.start();
}

}  // namespace
}  // namespace bangwu
