#include <gtest/gtest.h>

#include <thread>

#include "central/support/kiosk.h"
#include "central/support/tamperer.h"
#include "envelope/provisional_number.h"

// What a service does whose database was lost, cut or put back from an older copy: it knows how much it once had.
namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;

class Damaged : public ::testing::Test {
 protected:
  void deliver(Kiosk& kiosk, int count) {
    Client client(central.port());
    for (int i = 0; i < count; ++i) {
      const auto sent = kiosk.application();
      ASSERT_TRUE(kiosk.receipt(kiosk.deliver(client, sent), sent.envelope));
    }
  }
  support::Finished serve() const {
    return CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()});
  }
  void expect_refusal(const std::string& why) {
    const auto served = serve();
    EXPECT_EQ(served.code, 4);
    EXPECT_NE(served.errors.find(why), std::string::npos) << served.errors;
    EXPECT_NE(served.errors.find("restore"), std::string::npos) << "says what to do: " << served.errors;
  }
  [[nodiscard]] std::filesystem::path database() const { return central.data() / "central.db"; }
  [[nodiscard]] std::filesystem::path log() const { return central.data() / "central.db-wal"; }
  [[nodiscard]] std::string watermark() const { return support::read_file(central.data() / "watermark.json"); }
  void wait_for_watermark(const std::string& part) const {
    while (watermark().find(part) == std::string::npos) std::this_thread::yield();
  }
  CentralProcess central;
};

TEST_F(Damaged, AnOlderDatabasePutBackIsNotServed) {
  central.start();
  Kiosk kiosk(central);
  deliver(kiosk, 2);
  ASSERT_EQ(central.terminate(), 0);
  std::filesystem::copy_file(database(), central.folder() / "older.db");
  central.start();
  deliver(kiosk, 3);
  ASSERT_EQ(central.terminate(), 0);
  std::filesystem::copy_file(central.folder() / "older.db", database(),
                             std::filesystem::copy_options::overwrite_existing);
  expect_refusal("it has 2 envelopes, the service had 5");
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.code, 1);
  EXPECT_NE(verified.output.find("forgotten: it has 2 envelopes, the service had 5"), std::string::npos)
      << verified.output;
}

TEST_F(Damaged, ALogThatWasCutAfterAKillIsNoticed) {
  central.start();
  Kiosk kiosk(central);
  deliver(kiosk, 3);
  wait_for_watermark("\"envelopes\":3");
  central.kill();
  ASSERT_GT(std::filesystem::file_size(log()), 0U);
  std::filesystem::resize_file(log(), 0);
  expect_refusal("forgotten");
}

TEST_F(Damaged, OneFlippedBitOfTheLogIsNoticed) {
  central.start();
  Kiosk kiosk(central);
  deliver(kiosk, 3);
  wait_for_watermark("\"envelopes\":3");
  central.kill();
  std::string bytes = support::read_file(log());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  support::write_file(log(), bytes);
  expect_refusal("forgotten");
}

TEST_F(Damaged, AMissingDatabaseIsNotMadeAnew) {
  central.start();
  ASSERT_EQ(central.terminate(), 0);
  std::filesystem::remove(database());
  expect_refusal("its database is missing");
  EXPECT_FALSE(std::filesystem::exists(database()));
}

TEST_F(Damaged, ADatabaseWhoseIndexIsNotItsTableIsNotServed) {
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  ASSERT_TRUE(kiosk.receipt(kiosk.deliver(client, sent), sent.envelope));
  ASSERT_EQ(central.terminate(), 0);
  std::string bytes = support::read_file(database());
  const auto at = bytes.find(envelope::provisional_number(sent.envelope));
  ASSERT_NE(at, std::string::npos);
  bytes[at + 5] = bytes[at + 5] == '7' ? '8' : '7';
  support::write_file(database(), bytes);
  expect_refusal("the database is damaged");
}

TEST_F(Damaged, ADamagedWatermarkIsNotBelieved) {
  central.start();
  ASSERT_EQ(central.terminate(), 0);
  std::string text = watermark();
  text.replace(text.find("\"envelopes\":0"), 13, "\"envelopes\":1");
  support::write_file(central.data() / "watermark.json", text);
  expect_refusal("its signature does not verify");
}

TEST_F(Damaged, AReceiptKeyThatWasReplacedKeepsTheWatermark) {
  central.start();
  Kiosk kiosk(central);
  deliver(kiosk, 2);
  ASSERT_EQ(central.terminate(), 0);
  std::filesystem::rename(central.data() / "keys" / "receipt.key", central.folder() / "receipt.key");
  ASSERT_TRUE(envelope::SigningKey::make().save(central.data() / "keys" / "receipt.key"));
  central.start();
  EXPECT_NE(watermark().find("\"envelopes\":2"), std::string::npos) << watermark();
  EXPECT_EQ(central.terminate(), 0);
}

TEST_F(Damaged, AFolderOfBeforeWatermarksGetsOne) {
  central.start();
  Kiosk kiosk(central);
  deliver(kiosk, 1);
  ASSERT_EQ(central.terminate(), 0);
  support::Tamperer(central.data()).execute("DELETE FROM service WHERE name = 'generation'");
  std::filesystem::remove(central.data() / "watermark.json");
  central.start();
  EXPECT_NE(watermark().find("\"envelopes\":1"), std::string::npos) << watermark();
  EXPECT_EQ(central.terminate(), 0);
}

}  // namespace
}  // namespace bangwu
