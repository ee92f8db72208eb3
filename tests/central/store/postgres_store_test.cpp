#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/store.h"
#include "support/throwaway_postgres.h"

// What only PostgreSQL has: several processes at once, connections that break, a server that ends.
namespace bangwu::store {
namespace {

using base::ErrorCode;
using base::Result;
using support::ThrowawayPostgres;

EnvelopeRow envelope(const std::string& id, std::uint64_t sequence) {
  return {.id = id,
          .kiosk = "k",
          .sequence = sequence,
          .kind = "submission",
          .manifest_hash = "m",
          .content_hash = std::nullopt,
          .received_at = {},
          .depends_on = std::nullopt,
          .wire = "w",
          .receipt = "r"};
}

/// A server with a store, and what another process would open beside it.
class OnPostgres : public ::testing::Test {
 protected:
  void SetUp() override {
    store = open(OpenMode::create);
    ASSERT_TRUE(store->write([](Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = "k", .name = "n", .enrolled_at = {}, .revoked_at = std::nullopt, .revoked_why = ""});
    }));
  }
  std::unique_ptr<Store> open(OpenMode mode) { return open_postgres_store(database, mode).value(); }
  static bool has(Store& asked, const std::string& id) {
    bool found = false;
    const auto read = asked.read([&](Transaction& transaction) -> Result<void> {
      const auto answer = transaction.envelopes().has(id);
      if (!answer) return tl::unexpected(answer.error());
      found = *answer;
      return {};
    });
    EXPECT_TRUE(read) << read.error().detail;
    return found;
  }
  static Result<void> add(Store& to, std::uint64_t sequence) {
    return to.write([&](Transaction& transaction) {
      return transaction.envelopes().add(envelope("e" + std::to_string(sequence), sequence));
    });
  }
  static std::uint64_t next(Store& from, const char* counter) {
    std::uint64_t number = 0;
    const auto given = from.write([&](Transaction& transaction) -> Result<void> {
      const auto got = transaction.numbers().next(counter);
      if (!got) return tl::unexpected(got.error());
      number = *got;
      return {};
    });
    EXPECT_TRUE(given) << given.error().detail;
    return number;
  }
  void open_case() {
    ASSERT_TRUE(store->write([](Transaction& transaction) -> Result<void> {
      const EventRow event{.case_number = "WJ1", .sequence = 1, .body = "{}", .hash = "h", .at = {}};
      if (auto added = transaction.cases().add({.number = "WJ1",
                                                .provisional_number = "",
                                                .envelope = "e1",
                                                .kiosk = "k",
                                                .procedure = "A",
                                                .state = "accepted",
                                                .received_at = {}});
          !added)
        return added;
      if (auto added = transaction.cases().append("WJ1", 0, {{event}}); !added) return added;
      return transaction.envelopes().add(envelope("e1", 1));
    }));
  }
  void cut_all() const {
    ASSERT_EQ(server
                  .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                       "WHERE application_name = 'bangwu-central'")
                  .code,
              0);
  }
  ThrowawayPostgres server;
  std::string database = server.database();
  std::unique_ptr<Store> store;
};

TEST_F(OnPostgres, EventsAreNeverChangedDeletedOrEmptied) {
  open_case();
  for (const char* tampering :
       {"UPDATE event SET body = '[]'", "DELETE FROM event", "TRUNCATE event", "TRUNCATE case_file CASCADE",
        "INSERT INTO event VALUES ('WJ1', 3, '{}', 'h', 0)", "INSERT INTO event VALUES ('WJ1', 1, '{}', 'h', 0)"}) {
    EXPECT_NE(server.sql(tampering).code, 0) << tampering;
  }
  EXPECT_EQ(server.sql("SELECT count(*) FROM event").output, "1\n");
}

TEST_F(OnPostgres, NumbersOfManyProcessesAreAllDifferent) {
  constexpr int kProcesses = 4, kEach = 150;
  std::mutex mutex;
  std::vector<std::uint64_t> numbers;
  {
    std::vector<std::jthread> threads;
    for (int process = 0; process < kProcesses; ++process) {
      threads.emplace_back([&] {
        const auto own = open(OpenMode::existing);
        for (int i = 0; i < kEach; ++i) {
          const auto number = next(*own, "day");
          const std::lock_guard lock(mutex);
          numbers.push_back(number);
        }
      });
    }
  }
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(std::adjacent_find(numbers.begin(), numbers.end()), numbers.end());
  EXPECT_LE(numbers.back(), 2'000U) << "blocks are not thrown away";
}

TEST_F(OnPostgres, FloorThatOneProcessRaisesHoldsForAll) {
  const auto other = open(OpenMode::existing);
  EXPECT_LT(next(*other, "day"), 200U);
  ASSERT_TRUE(store->write([](Transaction& transaction) { return transaction.numbers().raise_floor("day", 5'000); }));
  EXPECT_GT(next(*other, "day"), 5'000U) << "it had a block below";
  EXPECT_GT(next(*store, "day"), 5'000U);
}

TEST_F(OnPostgres, NumberAfterAFloorOfTheSameTransactionIsAboveIt) {
  ASSERT_TRUE(store->write([](Transaction& transaction) -> Result<void> {
    if (auto raised = transaction.numbers().raise_floor("day", 777); !raised) return raised;
    EXPECT_GT(transaction.numbers().next("day").value(), 777U);
    return {};
  }));
}

TEST_F(OnPostgres, WhatTwoProcessesReadAndChangeIsNotLost) {
  constexpr int kProcesses = 4, kEach = 25;
  const auto raise = [](Transaction& transaction) -> Result<void> {
    const auto value = transaction.service_facts().find("count");
    if (!value) return tl::unexpected(value.error());
    return transaction.service_facts().put("count", std::to_string(value->has_value() ? std::stoi(**value) + 1 : 1));
  };
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int process = 0; process < kProcesses; ++process) {
      threads.emplace_back([&] {
        const auto own = open(OpenMode::existing);
        for (int i = 0; i < kEach; ++i) done += own->write(raise) ? 1 : 0;
      });
    }
  }
  EXPECT_GT(done, kProcesses * kEach / 2) << "most tries succeed";
  EXPECT_EQ(server.sql("SELECT value FROM service WHERE name = 'count'").output, std::to_string(done) + "\n");
}

TEST_F(OnPostgres, DeadlockIsRunAgain) {
  const auto other = open(OpenMode::existing);
  const auto swap = [](Store& in, const char* first, const char* second) {
    return in.write([&](Transaction& transaction) -> Result<void> {
      for (const char* name : {first, second}) {
        if (auto put = transaction.service_facts().put(name, "x"); !put) return put;
        if (auto seen = transaction.service_facts().find(name); !seen) return tl::unexpected(seen.error());
      }
      return {};
    });
  };
  ASSERT_TRUE(swap(*store, "a", "b"));
  std::atomic<int> failures = 0;
  {
    std::jthread one([&] {
      for (int i = 0; i < 20; ++i) failures += swap(*store, "a", "b") ? 0 : 1;
    });
    std::jthread two([&] {
      for (int i = 0; i < 20; ++i) failures += swap(*other, "b", "a") ? 0 : 1;
    });
  }
  EXPECT_EQ(failures, 0);
}

TEST_F(OnPostgres, EnvelopeThatTwoProcessesAddIsThereOnceAndTheOtherIsToldSo) {
  const auto other = open(OpenMode::existing);
  for (std::uint64_t i = 1; i <= 20; ++i) {
    Result<void> first, second;
    {
      std::jthread one([&] { first = add(*store, i); });
      std::jthread two([&] { second = add(*other, i); });
    }
    EXPECT_NE(first.has_value(), second.has_value()) << i;
    const auto& refused = first ? second : first;
    EXPECT_EQ(refused.error().code, ErrorCode::already_exists);
  }
}

/// Each answer is kept to: what was acknowledged is there, what failed is not, and only `timed_out` may be either.
TEST_F(OnPostgres, CutConnectionsMakeNoAnswerWrong) {
  constexpr std::uint64_t kThreads = 8;
  std::atomic<bool> ends = false;
  std::atomic<std::uint64_t> sequence = 0;
  std::mutex mutex;
  std::vector<std::pair<std::uint64_t, Result<void>>> answers;
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        while (!ends) {
          const auto mine = ++sequence;
          auto answer = add(*store, mine);
          const std::lock_guard lock(mutex);
          answers.emplace_back(mine, std::move(answer));
        }
      });
    }
    for (int cut = 0; cut < 15; ++cut) {
      cut_all();
    }
    ends = true;
  }
  int acknowledged = 0;
  for (const auto& [mine, answer] : answers) {
    const bool is_there = has(*store, "e" + std::to_string(mine));
    acknowledged += answer ? 1 : 0;
    const bool may_be_either = !answer && answer.error().code == ErrorCode::timed_out;
    EXPECT_TRUE(may_be_either || is_there == answer.has_value()) << mine;
  }
  EXPECT_GT(acknowledged, 50);
}

TEST_F(OnPostgres, ReadingWhoseConnectionIsCutHalfwayIsRunAgain) {
  ASSERT_TRUE(add(*store, 1));
  int runs = 0;
  const auto read = store->read([&](Transaction& transaction) -> Result<void> {
    const auto before = transaction.envelopes().count();
    if (!before) return tl::unexpected(before.error());
    if (++runs == 1) cut_all();
    const auto found = transaction.envelopes().has("e1");
    if (!found) return tl::unexpected(found.error());
    EXPECT_TRUE(*found);
    return {};
  });
  EXPECT_TRUE(read) << read.error().detail;
  EXPECT_EQ(runs, 2);
}

TEST_F(OnPostgres, WritingWhoseConnectionIsCutHalfwayIsRunAgain) {
  int runs = 0;
  const auto written = store->write([&](Transaction& transaction) -> Result<void> {
    const auto before = transaction.envelopes().count();
    if (!before) return tl::unexpected(before.error());
    if (++runs == 1) cut_all();
    if (auto added = transaction.envelopes().add(envelope("e1", 1)); !added) return added;
    const auto found = transaction.envelopes().has("e1");
    if (!found) return tl::unexpected(found.error());
    return {};
  });
  EXPECT_TRUE(written) << written.error().detail;
  EXPECT_EQ(runs, 2);
  EXPECT_TRUE(has(*store, "e1"));
}

TEST_F(OnPostgres, ErasedRowsLeaveNoDeadOnes) {
  open_case();
  ASSERT_TRUE(
      store->write([](Transaction& transaction) { return transaction.envelopes().replace_wire("e1", "less"); }));
  ASSERT_EQ(server.sql("CREATE EXTENSION pgstattuple").code, 0);
  const char* dead = "SELECT dead_tuple_count FROM pgstattuple('envelope')";
  EXPECT_EQ(server.sql(dead).output, "1\n");
  const auto cleared = store->clear_traces();
  ASSERT_TRUE(cleared) << cleared.error().detail;
  EXPECT_EQ(server.sql(dead).output, "0\n");
}

TEST_F(OnPostgres, ServerThatIsStartedAnewIsFoundAgain) {
  ASSERT_TRUE(add(*store, 1));
  server.kill();
  const auto refused = add(*store, 2);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().code == ErrorCode::unavailable || refused.error().code == ErrorCode::timed_out);
  server.start();
  EXPECT_TRUE(has(*store, "e1"));
  const auto added = add(*store, 3);
  EXPECT_TRUE(added) << added.error().detail;
  EXPECT_TRUE(has(*store, "e3"));
}

TEST_F(OnPostgres, TextThatIsNoTextIsRefusedWhole) {
  for (const std::string& wrong : {std::string("a\0b", 3), std::string("\xff\xfe")}) {
    const auto refused =
        store->write([&](Transaction& transaction) { return transaction.service_facts().put("name", wrong); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
}

ErrorCode refusal_of(const std::string& database, OpenMode mode) {
  const auto opened = open_postgres_store(database, mode);
  return opened ? ErrorCode::internal : opened.error().code;
}

TEST_F(OnPostgres, DatabaseOfANewerProgramIsLeftAlone) {
  ASSERT_EQ(server.sql("UPDATE schema_version SET version = 999").code, 0);
  EXPECT_EQ(refusal_of(database, OpenMode::create), ErrorCode::unsupported);
}

/// What a program of schema version 3 left, with an envelope that does not read.
TEST_F(OnPostgres, OfAnEarlierVersionTheBlobsOfItsEnvelopesAreKnown) {
  store.reset();
  const std::string sha256(64, 'a');
  const auto insert = [](const std::string& id, int sequence, const std::string& wire) {
    return "INSERT INTO envelope(id, kiosk, sequence, kind, format, manifest_hash, received_at, wire, receipt) VALUES "
           "('" +
           id + "', 'k', " + std::to_string(sequence) + ", 'submission', 2, 'm', 0, '" + wire + "', 'r');";
  };
  const auto undone = server.sql(
      "DROP TABLE attachment, journal, misdated, kiosk_run, readmission; DROP INDEX envelope_by_arrival; "
      "UPDATE schema_version SET version = 3;" +
      insert("e1", 1,
             R"({"attachments":[{"sha256":")" + sha256 + R"(","size":7},{"sha256":")" + sha256 + R"(","size":7}]})") +
      insert("e2", 2, R"({"id":"x"})") + insert("e3", 3, "{"));
  ASSERT_EQ(undone.code, 0) << undone.errors;
  const auto migrated = open(OpenMode::existing);
  ASSERT_TRUE(migrated->read([&](Transaction& transaction) -> Result<void> {
    EXPECT_EQ(transaction.attachments().of_envelope("e1").value(), (std::vector<BlobRow>{{sha256, 7}}));
    EXPECT_TRUE(transaction.attachments().of_envelope("e2").value().empty());
    EXPECT_FALSE(transaction.attachments().are_all_known().value()) << "e3 may refer to anything";
    return {};
  }));
}

TEST_F(OnPostgres, EmptyDatabaseIsFilledOnlyWhenAsked) {
  const auto empty = server.database("empty");
  EXPECT_EQ(refusal_of(empty, OpenMode::existing), ErrorCode::not_found);
  EXPECT_EQ(server.sql("SELECT count(*) FROM pg_class WHERE relname = 'envelope'", "empty").output, "0\n");
  EXPECT_TRUE(open_postgres_store(empty, OpenMode::create));
  EXPECT_TRUE(open_postgres_store(empty, OpenMode::existing));
}

TEST_F(OnPostgres, DatabaseThatIsNotThereIsToldApartFromAServerThatIsNot) {
  std::string gone = database;
  gone.replace(gone.find("dbname=") + 7, std::string::npos, "gone");
  for (const auto mode : {OpenMode::existing, OpenMode::create})
    EXPECT_EQ(refusal_of(gone, mode), ErrorCode::not_found);
  server.kill();
  EXPECT_EQ(refusal_of(database, OpenMode::existing), ErrorCode::unavailable);
}

TEST_F(OnPostgres, DatabaseThatIsDroppedWhileItIsUsedIsOutOfReachAndNoMissingRow) {
  ASSERT_EQ(server.sql("DROP DATABASE bangwu WITH (FORCE)", "postgres").code, 0);
  const auto read = store->read([](Transaction&) -> Result<void> { return {}; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unavailable);
  const auto written = add(*store, 1);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unavailable);
}

TEST_F(OnPostgres, DatabaseInAnotherEncodingIsRefused) {
  ASSERT_EQ(server.sql("CREATE DATABASE old TEMPLATE template0 ENCODING 'LATIN1'").code, 0);
  EXPECT_EQ(refusal_of(server.database("old"), OpenMode::create), ErrorCode::unsupported);
}

TEST(PostgresString, NothingOfItIsTold) {
  for (const char* database :
       {"postgresql://bangwu:geheim@127.0.0.1:1/none", "host=/nowhere password=geheim user=x", "geheim",
        "postgresql://bangwu:geheim%zz@host/name", "password=geheim passwort=geheim"}) {
    const auto opened = open_postgres_store(database, OpenMode::existing);
    ASSERT_FALSE(opened) << database;
    EXPECT_EQ(opened.error().detail.find("geheim"), std::string::npos) << opened.error().detail;
  }
}

}  // namespace
}  // namespace bangwu::store
