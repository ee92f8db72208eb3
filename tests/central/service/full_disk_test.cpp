#include <gtest/gtest.h>
#include <sys/statvfs.h>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using support::ServiceUnderTest;
using support::Client;
using support::Kiosk;

/// The settings ask for more free room than the disk has: as full as a disk can look.
TEST(FullDisk, EverythingIsRefusedWith507AndNothingIsHalf) {
  ServiceUnderTest central;
  central.start();
  Kiosk kiosk(central);
  const auto sent = kiosk.application(), later = kiosk.application();
  Client before(central.port());
  ASSERT_EQ(kiosk.upload(before, sent.blobs[0]).status, 201);
  const auto known = kiosk.application();
  const auto answered = kiosk.deliver(before, known);
  ASSERT_EQ(answered.status, 201);
  ASSERT_EQ(central.terminate(), 0);

  struct statvfs disk {};
  ASSERT_EQ(::statvfs(central.data().c_str(), &disk), 0);
  const auto more = (disk.f_bavail * disk.f_frsize >> 20) + 1'000'000;
  support::write_file(central.config(), support::read_file(central.config()) + "[storage]\nkeep_free_mebibytes = " + std::to_string(more) + "\n");
  central.start();
  Client client(central.port());
  const auto upload = kiosk.upload(client, later.blobs[0]);
  EXPECT_EQ(upload.status, 507);
  EXPECT_EQ(upload.problem(), "disk-full");
  EXPECT_FALSE(upload.header("retry-after").empty());
  EXPECT_EQ(kiosk.put(client, sent.envelope).status, 507);
  EXPECT_EQ(kiosk.put(client, known.envelope).body, answered.body) << "what is known is answered all the same";
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
  EXPECT_NE(verified.output.find("envelopes  1\ncases      1\n"), std::string::npos) << verified.output;
}

}  // namespace
}  // namespace bangwu
