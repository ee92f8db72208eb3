#include "evidence/erase.h"

#include <gtest/gtest.h>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using support::Client;
using support::Kiosk;

TEST(Erase, DestroysThePersonAndLeavesTheProof) {
  support::CentralProcess central;
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  const auto number = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope)->case_number;
  const auto rating = kiosk.rating(sent.envelope.id);
  ASSERT_EQ(kiosk.put(client, rating.envelope).status, 201);
  ASSERT_EQ(central.terminate(), 0);
  {
    const auto store = store::open_sqlite_store(central.data() / "central.db", store::OpenMode::existing).value();
    ASSERT_TRUE(evidence::erase_case(*store, number));
    ASSERT_TRUE(evidence::erase_case(*store, number)) << "twice is once";
    ASSERT_TRUE(evidence::erase_envelope(*store, base::to_string(rating.envelope.id)));
    EXPECT_EQ(evidence::erase_case(*store, "WJ1").error().code, base::ErrorCode::not_found);
  }
  const auto stock = central.verify();
  EXPECT_EQ(stock.damaged, 0) << stock.output;
  EXPECT_NE(stock.output.find("erased     2\n"), std::string::npos) << stock.output;
  const std::string key = base::to_base64(sent.envelope.sealed_key);
  for (const char* name : {"central.db", "central.db-wal"})
    EXPECT_EQ(support::read_file(central.data() / name).find(key), std::string::npos) << name;
  const auto shown = central.run({"show", number});
  EXPECT_EQ(shown.code, 1);
  EXPECT_NE(shown.errors.find("erased"), std::string::npos) << shown.errors;
  EXPECT_EQ(central.run({"ratings"}).code, 0);
  central.start();
  Client again(central.port());
  EXPECT_EQ(kiosk.put(again, sent.envelope).status, 200) << "a repeat is still answered";
  EXPECT_EQ(again.send("GET", "/v1/cases/" + number, {{"Bangwu-Proof", support::kProof}}).status, 404);
  EXPECT_EQ(again.send("GET", "/v1/cases/" + number, {{"Bangwu-Proof", sent.lookup_secret}}).status, 404);
  EXPECT_EQ(central.terminate(), 0);
  EXPECT_EQ(central.verify().damaged, 0) << "nor does a repeat bring it back";
}

/// While the service runs nobody closes the database for good: the log must not keep what was erased.
TEST(Erase, LeavesNothingInTheLogOfAServiceThatRuns) {
  support::CentralProcess central;
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  const auto number = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope)->case_number;
  const std::string key = base::to_base64(sent.envelope.sealed_key);
  const auto everything = [&] {
    return support::read_file(central.data() / "central.db") + support::read_file(central.data() / "central.db-wal");
  };
  ASSERT_NE(everything().find(key), std::string::npos);
  const auto store = store::open_sqlite_store(central.data() / "central.db", store::OpenMode::existing).value();
  ASSERT_TRUE(evidence::erase_case(*store, number));
  EXPECT_EQ(everything().find(key), std::string::npos);
}

}  // namespace
}  // namespace bangwu
