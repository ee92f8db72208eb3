#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "central/support/kiosk.h"
#include "support/throwaway_postgres.h"

// The whole service over each database it may stand on.
namespace bangwu {
namespace {

using support::Client;
using support::Kiosk;

enum class Database { sqlite, postgres };

class OnEachDatabase : public ::testing::TestWithParam<Database> {
 protected:
  OnEachDatabase()
      : postgres(GetParam() == Database::postgres ? std::make_unique<support::ThrowawayPostgres>() : nullptr),
        central({.items = support::Items::two,
                 .settings = support::kPlainHttp + std::string(support::kSmallReserve) +
                             (postgres ? "[store]\ndatabase = \"" + postgres->database() + "\"\n" : "")}) {
    central.start();
  }
  std::unique_ptr<support::ThrowawayPostgres> postgres;
  support::CentralProcess central;
};

TEST_P(OnEachDatabase, WhatIsHandedInIsAnsweredShownExportedRatedAndVerified) {
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  const auto answer = kiosk.deliver(client, sent);
  const auto receipt = kiosk.receipt(answer, sent.envelope);
  ASSERT_TRUE(receipt) << answer.body;
  EXPECT_EQ(kiosk.put(client, sent.envelope).body, answer.body) << "a repeat gets the same receipt";
  ASSERT_EQ(kiosk.put(client, kiosk.rating(sent.envelope.id).envelope).status, 201);
  const auto found = client.send("GET", "/v1/cases/" + receipt->case_number, {{"Bangwu-Proof", support::kProof}});
  EXPECT_EQ(found.status, 200) << found.body;
  const auto shown = central.run({"show", receipt->case_number});
  EXPECT_NE(shown.output.find("张三"), std::string::npos) << shown.output << shown.errors;
  const auto folder = central.folder() / "pages";
  (void)central.run({"export", receipt->case_number, folder});  // the page is noise, which nothing draws
  EXPECT_TRUE(std::filesystem::exists(folder / "application.json"));
  EXPECT_NE(central.run({"ratings"}).output.find(receipt->case_number), std::string::npos);
  const auto stock = central.verify();
  EXPECT_EQ(stock.envelopes, 2) << stock.output;
  EXPECT_EQ(stock.damaged, 0) << stock.output;
  EXPECT_EQ(central.log().find("dbname="), std::string::npos) << "the connection string is nobody's to read";
  EXPECT_EQ(std::filesystem::exists(central.data() / "central.db"), postgres == nullptr);
}

TEST_P(OnEachDatabase, ManyKiosksAtOnceGetNumbersOfTheirOwn) {
  constexpr int kKiosks = 4, kEach = 6;
  std::mutex mutex;
  std::vector<std::string> numbers;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kKiosks; ++i) {
      threads.emplace_back([&] {
        Kiosk kiosk(central);
        Client client(central.port());
        for (int each = 0; each < kEach; ++each) {
          const auto sent = kiosk.application();
          const auto receipt = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope);
          const std::lock_guard lock(mutex);
          numbers.push_back(receipt ? receipt->case_number : "none");
        }
      });
    }
  }
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(std::adjacent_find(numbers.begin(), numbers.end()), numbers.end());
  EXPECT_EQ(central.verify().cases, kKiosks * kEach);
}

TEST_P(OnEachDatabase, WhatWasAcknowledgedOutlivesAKill) {
  Kiosk kiosk(central);
  const auto sent = kiosk.application();
  std::string receipt;
  {
    Client client(central.port());
    receipt = kiosk.deliver(client, sent).body;
  }
  central.kill();
  central.start();
  Client client(central.port());
  EXPECT_EQ(kiosk.put(client, sent.envelope).body, receipt);
}

/// The database is there no more, or is another: then the service does not begin a new one in its place.
TEST_P(OnEachDatabase, DatabaseThatIsMissingBesideItsKeysStopsTheStart) {
  ASSERT_EQ(central.terminate(), 0);
  if (postgres) {
    ASSERT_EQ(postgres->sql("DROP DATABASE bangwu", "postgres").code, 0);
    ASSERT_FALSE(postgres->database().empty());
  } else {
    std::filesystem::remove(central.data() / "central.db");
  }
  for (const char* command : {"serve", "enrol", "verify"}) {
    std::vector<std::string> words{command, "--data", central.data(), "--config", central.config()};
    if (words[0] == "enrol") words.insert(words.end(), {"--name", "n"});
    const auto finished = support::CentralProcess::run_exactly(words);
    EXPECT_EQ(finished.code, 4) << command;
    EXPECT_NE(finished.errors.find("restore it from the backup"), std::string::npos) << finished.errors;
    EXPECT_EQ(finished.errors.find("dbname="), std::string::npos) << finished.errors;
  }
}

INSTANTIATE_TEST_SUITE_P(, OnEachDatabase, ::testing::Values(Database::sqlite, Database::postgres),
                         [](const auto& tested) { return tested.param == Database::sqlite ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace bangwu
