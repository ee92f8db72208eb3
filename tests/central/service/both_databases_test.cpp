#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "central/support/kiosk.h"
#include "central/support/tamperer.h"
#include "envelope/bodies.h"
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

/// One database takes texts the other does not: what neither should be asked for is refused before.
TEST_P(OnEachDatabase, TextsThatAreNoneAreRefusedAlike) {
  Client client(central.port());
  for (const char* path :
       {"/v1/cases/%ff", "/v1/cases/a%00b", "/v1/cases/%C0%80", "/v1/cases/%ED%A0%80", "/v1/cases/%0a"}) {
    const auto answer = client.send("GET", path, {{"Bangwu-Proof", support::kProof}});
    EXPECT_EQ(answer.status, 400) << path << answer.body;
    EXPECT_EQ(answer.problem(), "malformed");
  }
  EXPECT_EQ(client.send("GET", "/v1/cases/none", {{"Bangwu-Proof", "\xff\xfe"}}).status, 404);
  Kiosk kiosk(central);
  EXPECT_EQ(client.send("GET", "/v1/envelopes/%ff", kiosk.authorisation()).status, 400);
  EXPECT_EQ(client.send("HEAD", "/v1/uploads/%00", kiosk.tus()).status, 400);
  EXPECT_EQ(client.send("GET", "/v1/envelopes/x", {{"Authorization", "Bearer \xff"}}).status, 401);
  EXPECT_EQ(
      client.send("POST", "/v1/enrolments", {}, R"({"code":"a\u0000b","device_key":")" + std::string(64, 'a') + "\"}")
          .status,
      400);
  EXPECT_EQ(client.send("POST", "/v1/enrolments", {}, "{\"code\":\"\xff\"}").status, 400);
  std::string body = envelope::to_json(Kiosk::sample("T-REVIEW", "开店"));
  body.replace(body.find("T-REVIEW"), 8, "T-\\u0000W");
  const auto sealed = kiosk.seal(envelope::Kind::submission, body, {}, std::nullopt);
  EXPECT_EQ(kiosk.put(client, sealed.envelope).problem(), "cannot-open");
  EXPECT_EQ(central.log().find("store_failed"), std::string::npos) << central.log();
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

/// A kiosk must not conclude from an outage that something is not there.
TEST(DatabaseThatIsDown, IsToldAsSuchByEveryRoute) {
  auto postgres = std::make_unique<support::ThrowawayPostgres>();
  support::CentralProcess central({.settings = support::kPlainHttp + std::string(support::kSmallReserve) +
                                               "[store]\ndatabase = \"" + postgres->database() + "\"\n"});
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  ASSERT_EQ(kiosk.upload(client, sent.blobs[0]).status, 201);
  const std::string id = base::to_string(sent.envelope.id);
  postgres->kill();
  for (int round = 0; round < 3; ++round) {  // with a connection that was good, and without one
    EXPECT_EQ(client.send("GET", "/v1/health").status, 503);
    EXPECT_EQ(client.send("GET", "/v1/cases/none", {{"Bangwu-Proof", support::kProof}}).status, 503);
    EXPECT_EQ(client.send("GET", "/v1/envelopes/" + id, kiosk.authorisation()).status, 503);
    EXPECT_EQ(kiosk.put(client, sent.envelope).status, 503);
    EXPECT_EQ(client.send("POST", "/v1/kiosk/sync", kiosk.authorisation(), R"({"last_receipt":null})").status, 503);
    EXPECT_EQ(client.send("GET", "/v1/envelopes/" + id, {{"Authorization", "Bearer nobody"}}).status, 503);
    EXPECT_EQ(client.send("HEAD", "/v1/uploads/none", {{"Authorization", "Bearer nobody"}, {"Tus-Resumable", "1.0.0"}})
                  .status,
              503);
  }
  postgres->start();
  EXPECT_TRUE(support::eventually([&] { return client.send("GET", "/v1/health").status == 200; }));
  EXPECT_EQ(kiosk.put(client, sent.envelope).status, 201);
}

/// A backup is the same, whatever the service stands on, and is restored into either.
TEST_P(OnEachDatabase, BackupIsWholeAndIsRestoredIntoEither) {
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  const auto receipt = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope);
  ASSERT_TRUE(receipt);
  ASSERT_EQ(kiosk.put(client, kiosk.rating(sent.envelope.id).envelope).status, 201);
  const std::filesystem::path folder = central.folder() / "backup";
  const auto made = central.run({"backup", folder});
  ASSERT_EQ(made.code, 0) << made.output << made.errors;
  EXPECT_NE(made.output.find("envelopes  2\ncases      1\nratings    1\nblobs      1\n"), std::string::npos)
      << made.output;
  const auto run = [](std::vector<std::string> words) {
    return support::CentralProcess::run_exactly(std::move(words));
  };
  EXPECT_EQ(run({"verify", "--data", folder}).code, 0) << "and stays as it is";
  EXPECT_EQ(central.terminate(), 0);

  const std::filesystem::path files = central.folder() / "files", rows = central.folder() / "rows";
  const auto restored = run({"restore", folder, "--data", files});
  ASSERT_EQ(restored.code, 0) << restored.errors;
  EXPECT_NE(run({"show", receipt->case_number, "--data", files}).output.find("张三"), std::string::npos);
  const support::ThrowawayPostgres other;
  const std::string config = central.folder() / "config/other.toml";
  support::write_file(config,
                      "[catalogue]\ndirectory = \"catalogue\"\ncalendar = \"calendar\"\n[store]\ndatabase = \"" +
                          other.database() + "\"\n");
  const auto on_postgres = run({"restore", folder, "--data", rows, "--config", config});
  ASSERT_EQ(on_postgres.code, 0) << on_postgres.errors;
  EXPECT_FALSE(std::filesystem::exists(rows / "central.db"));
  const auto verified = run({"verify", "--data", rows, "--config", config});
  EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
  EXPECT_NE(verified.output.find("envelopes  2\n"), std::string::npos) << verified.output;
  const auto again = run({"restore", folder, "--data", central.folder() / "more", "--config", config});
  EXPECT_EQ(again.code, 4);
  EXPECT_NE(again.errors.find("name an empty one"), std::string::npos) << again.errors;
}

TEST_P(OnEachDatabase, VerifyFindsThatABlobIsNobodysAnyMore) {
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  ASSERT_EQ(kiosk.deliver(client, sent).status, 201);
  ASSERT_EQ(central.terminate(), 0);
  if (postgres) ASSERT_EQ(postgres->sql("DELETE FROM attachment").code, 0);
  else support::Tamperer(central.data()).execute("DELETE FROM attachment");
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.code, 1);
  EXPECT_NE(verified.output.find("its list of attachments is not what it was signed with"), std::string::npos)
      << verified.output;
}

INSTANTIATE_TEST_SUITE_P(, OnEachDatabase, ::testing::Values(Database::sqlite, Database::postgres),
                         [](const auto& tested) { return tested.param == Database::sqlite ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace bangwu
