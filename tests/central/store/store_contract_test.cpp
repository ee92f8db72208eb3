#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/store.h"
#include "support/scratch_directory.h"

// What every store must do, whatever database is behind it. A further one is added to INSTANTIATE_TEST_SUITE_P.
namespace bangwu::store {
namespace {

using base::ErrorCode;
using base::Result;

const base::SystemTime kNow{std::chrono::milliseconds(1'795'400'000'123)};

struct Fixture {
  support::ScratchDirectory folder;
  std::unique_ptr<Store> store;
};
using Open = std::unique_ptr<Fixture> (*)();

std::unique_ptr<Fixture> open_sqlite() {
  auto fixture = std::make_unique<Fixture>();
  fixture->store = open_sqlite_store(fixture->folder / "central.db", OpenMode::create).value();
  return fixture;
}

class StoreContract : public ::testing::TestWithParam<Open> {
 protected:
  void SetUp() override {
    fixture = GetParam()();
    ASSERT_TRUE(write([](Records& records) { return records.add_kiosk({"k-1", "一号机", "ab", "hash", kNow}); }));
  }
  Result<void> write(const Store::Work& work) { return fixture->store->write(work); }
  Result<void> read(const Store::Work& work) { return fixture->store->read(work); }
  static EnvelopeRow envelope(const std::string& id, std::uint64_t sequence) {
    return {id, "k-1", sequence, "submission", "m" + id, kNow, std::nullopt, "wire", "body", "receipt"};
  }
  static CaseRow case_row(const std::string& number, const std::string& envelope) {
    return {number, "临" + number, envelope, "k-1", "A", "in_review", kNow};
  }
  bool has(const std::string& id) {
    bool found = false;
    EXPECT_TRUE(read([&](Records& records) -> Result<void> {
      found = records.has_envelope(id).value();
      return {};
    }));
    return found;
  }
  std::unique_ptr<Fixture> fixture;
};

TEST_P(StoreContract, RowsComeBackAsTheyWere) {
  auto row = envelope("e1", 1);
  auto dependant = envelope("e2", 2);
  dependant.depends_on = "e1";
  dependant.body = std::string("\0\xE5\xB8\xAE", 4);
  const auto number = case_row("WJ1", "e1");
  const EventRow event{"WJ1", 1, "{}", "h1"};
  const RatingRow rating{"e2", "k-1", "national", "satisfied", true, "e1", "WJ1", kNow, "{\"a\":1}"};
  ASSERT_TRUE(write([&](Records& records) -> Result<void> {
    // In the order the service writes them: the case before the envelope whose receipt names it.
    for (auto done : {records.add_case(number), records.add_event(event), records.add_envelope(row),
                      records.add_rating(rating), records.add_envelope(dependant)}) {
      if (!done) return done;
    }
    return {};
  }));
  ASSERT_TRUE(read([&](Records& records) -> Result<void> {
    EXPECT_EQ(records.envelope("e1").value(), row);
    EXPECT_EQ(records.envelope("e2").value(), dependant);
    EXPECT_EQ(records.envelope("e3").value(), std::nullopt);
    EXPECT_EQ(records.envelope_in_sequence("k-1", 2).value(), "e2");
    EXPECT_EQ(records.envelope_in_sequence("k-2", 2).value(), std::nullopt);
    EXPECT_EQ(records.case_by_number("WJ1").value(), number);
    EXPECT_EQ(records.case_by_number("临WJ1").value(), number);
    EXPECT_EQ(records.case_of_envelope("e1").value(), number);
    EXPECT_EQ(records.cases().value(), std::vector{number});
    EXPECT_EQ(records.events("WJ1").value(), std::vector{event});
    EXPECT_EQ(records.ratings().value(), std::vector{rating});
    EXPECT_EQ(records.kiosk_by_id("k-1").value(), records.kiosk_by_token("hash").value());
    EXPECT_EQ(records.kiosk_by_token("other").value(), std::nullopt);
    std::vector<std::string> ids;
    EXPECT_TRUE(records.each_envelope([&](const EnvelopeRow& each) -> Result<void> {
      ids.push_back(each.id);
      return {};
    }));
    EXPECT_EQ(ids, (std::vector<std::string>{"e1", "e2"}));
    return {};
  }));
}

TEST_P(StoreContract, FailedWorkLeavesNothing) {
  const auto failed = write([](Records& records) -> Result<void> {
    EXPECT_TRUE(records.add_envelope(envelope("e1", 1)));
    EXPECT_EQ(records.next_number("day").value(), 1U);
    return base::fail(ErrorCode::cancelled, "changed its mind");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(has("e1"));
  ASSERT_TRUE(write([](Records& records) -> Result<void> {
    EXPECT_EQ(records.next_number("day").value(), 1U) << "the number was given back";
    return {};
  }));
}

TEST_P(StoreContract, UniqueKeysHold) {
  const RatingRow rating{"e1", "k-1", "national", "satisfied", false, std::nullopt, "", kNow, "{}"};
  ASSERT_TRUE(write([&](Records& records) -> Result<void> {
    for (auto done : {records.add_case(case_row("WJ1", "e1")), records.add_event({"WJ1", 1, "{}", "h"}),
                      records.add_rating(rating), records.add_envelope(envelope("e1", 1))}) {
      if (!done) return done;
    }
    return {};
  }));
  const auto same_id = write([](Records& records) { return records.add_envelope(envelope("e1", 2)); });
  const auto same_sequence = write([](Records& records) { return records.add_envelope(envelope("e2", 1)); });
  const auto same_token = write([](Records& records) {
    return records.add_kiosk({"k-2", "二号机", "cd", "hash", kNow});
  });
  const auto same_number = write([](Records& records) { return records.add_case(case_row("WJ1", "e9")); });
  const auto second_case = write([](Records& records) { return records.add_case(case_row("WJ2", "e1")); });
  const auto second_event = write([](Records& records) { return records.add_event({"WJ1", 1, "[]", "h2"}); });
  const auto second_rating = write([&](Records& records) { return records.add_rating(rating); });
  for (const auto* result :
       {&same_id, &same_sequence, &same_token, &same_number, &second_case, &second_event, &second_rating}) {
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, ErrorCode::already_exists);
  }
}

TEST_P(StoreContract, ReadingCannotWrite) {
  EXPECT_FALSE(read([](Records& records) { return records.add_envelope(envelope("e1", 1)); }));
  EXPECT_FALSE(has("e1"));
}

TEST_P(StoreContract, CodeIsUsedOnceAndOnlyInItsTime) {
  ASSERT_TRUE(write([](Records& records) {
    return records.add_code({"c1", "一号机", kNow, kNow + std::chrono::hours(1)});
  }));
  const auto use = [&](base::SystemTime at) {
    std::optional<std::string> name;
    EXPECT_TRUE(write([&](Records& records) -> Result<void> {
      name = records.use_code("c1", at).value();
      return {};
    }));
    return name;
  };
  EXPECT_EQ(use(kNow + std::chrono::hours(1)), std::nullopt);
  EXPECT_EQ(use(kNow), "一号机");
  EXPECT_EQ(use(kNow), std::nullopt);
}

TEST_P(StoreContract, ManyWritersAtOnceAreAllKeptAndAFailureIsItsOwn) {
  constexpr int kThreads = 16, kEach = 25;
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i) {
          const auto sequence = static_cast<std::uint64_t>(thread * kEach + i);
          const auto written = write([&](Records& records) -> Result<void> {
            if (const auto number = records.next_number("all"); !number) return tl::unexpected(number.error());
            if (auto added = records.add_envelope(envelope("e" + std::to_string(sequence), sequence)); !added)
              return added;
            if (i % 5 == 0) return base::fail(ErrorCode::cancelled, "this one not");
            return {};
          });
          failures += written ? 0 : 1;
        }
      });
    }
  }
  EXPECT_EQ(failures, kThreads * kEach / 5);
  std::uint64_t last = 0;
  ASSERT_TRUE(write([&](Records& records) -> Result<void> {
    last = records.next_number("all").value();
    return {};
  }));
  EXPECT_EQ(last, static_cast<std::uint64_t>(kThreads * kEach * 4 / 5 + 1)) << "no number is lost or given twice";
  EXPECT_TRUE(has("e1"));
  EXPECT_FALSE(has("e0"));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, ::testing::Values(&open_sqlite), [](const auto&) { return "InAFile"; });

}  // namespace
}  // namespace bangwu::store
