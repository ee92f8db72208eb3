#include "follow_up/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "cases/case_file.h"
#include "store/store.h"
#include "support/central/central_process.h"
#include "support/child_process.h"

namespace bangwu::follow_up {
namespace {

using support::CentralProcess;
using namespace std::chrono_literals;

std::vector<std::string> numbers(int count) {
  std::vector<std::string> all;
  for (int i = 1; i <= count; ++i) all.push_back("WJ20261001" + std::to_string(1'000'000 + i).substr(1));
  return all;
}

TEST(Draw, IsTheSameForEveryoneWhoKnowsTheSeedAndTheCases) {
  // The first lot was made with `printf '%s\n%s' '双色球 2026116' WJ20261001000001 | sha256sum`.
  const auto drawn = draw("双色球 2026116", {"WJ20261001000001"}, 1);
  ASSERT_EQ(drawn.size(), 1U);
  EXPECT_EQ(drawn[0].sha256, "6c458c4ed8e79ebb9dbdcfcbc393f39e1b2597b9afac8634289a4d77a39f3514");
}

TEST(Draw, DoesNotDependOnTheOrderOfTheCases) {
  auto population = numbers(50);
  const auto drawn = draw("seed", population, 7);
  std::reverse(population.begin(), population.end());
  EXPECT_EQ(draw("seed", population, 7), drawn);
  EXPECT_EQ(drawn.size(), 7U);
}

TEST(Draw, MoreAreTheSameOnesAndThenOthers) {
  const auto few = draw("seed", numbers(50), 5);
  const auto many = draw("seed", numbers(50), 20);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
}

TEST(Draw, TakesAllOfFewAndNoneOfNone) {
  EXPECT_EQ(draw("seed", numbers(3), 10).size(), 3U);
  EXPECT_TRUE(draw("seed", {}, 10).empty());
}

TEST(Draw, AnotherSeedDrawsOthers) { EXPECT_NE(draw("seed", numbers(50), 5), draw("seed2", numbers(50), 5)); }

TEST(Draw, PrefersNoCase) {
  const auto population = numbers(20);
  std::map<std::string, int> times;
  for (int seed = 0; seed < 2'000; ++seed) {
    for (const auto& lot : draw(std::to_string(seed), population, 5)) ++times[lot.case_number];
  }
  // Each is expected 500 times of 2,000, with a deviation of 19.4; beyond five of them chance is no explanation.
  for (const auto& number : population) EXPECT_NEAR(times[number], 500, 97) << number;
}

/// A store with a case on each of several days of the hall.
class Stored : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    ASSERT_EQ(central.terminate(), 0);
    auto store = store::open_sqlite_store(central.data() / "central.db", store::OpenMode::existing).value();
    ASSERT_TRUE(store->write([](store::Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = "k", .name = "n", .enrolled_at = {}, .revoked_at = std::nullopt, .revoked_why = ""});
    }));
    for (const char* day : {"2026-09-30", "2026-10-01", "2026-10-15", "2026-10-15", "2026-10-31", "2026-11-01"})
      open_case(*store, day);
  }
  void open_case(store::Store& store, const char* day) {
    const auto date = base::parse_date(day).value();
    const base::SystemTime just_after_midnight_there = std::chrono::sys_days{date} - 8h + 1min;
    const std::string id = "e" + std::to_string(++last);
    cases::FirstAnswer answer;
    answer.received.received_on = date;
    const auto written = store.write([&](store::Transaction& transaction) -> base::Result<void> {
      const auto opened = cases::open_case(transaction, {id, "k", "临" + id}, answer, just_after_midnight_there);
      if (!opened) return tl::unexpected(opened.error());
      return transaction.envelopes().add({.id = id,
                                          .kiosk = "k",
                                          .sequence = last,
                                          .kind = "submission",
                                          .manifest_hash = "m",
                                          .content_hash = std::nullopt,
                                          .received_at = just_after_midnight_there,
                                          .depends_on = std::nullopt,
                                          .wire = "w",
                                          .receipt = "r"});
    });
    ASSERT_TRUE(written) << written.error().detail;
  }
  [[nodiscard]] support::Finished sample(std::vector<std::string> more) const {
    std::vector<std::string> words{
        "sample", "--seed", "第 116 期 03 08 17", "--from", "2026-10-01", "--to", "2026-10-31", "--count", "2"};
    words.insert(words.end(), more.begin(), more.end());
    return central.run(std::move(words));
  }
  CentralProcess central;
  std::uint64_t last = 0;
};

TEST_F(Stored, SampleCountsTheDaysOfTheHallFromTheFirstToTheLast) {
  const auto finished = sample({"--json"});
  ASSERT_EQ(finished.code, 0) << finished.errors;
  const auto published = nlohmann::json::parse(finished.output);
  EXPECT_EQ(published.at("cases"),
            nlohmann::json({"WJ20261001000001", "WJ20261015000001", "WJ20261015000002", "WJ20261031000001"}));
  EXPECT_EQ(published.at("drawn").size(), 2U);
}

/// A stranger with the published file, a shell and coreutils.
TEST_F(Stored, StrangerDrawsTheSameAgain) {
  const auto published = nlohmann::json::parse(sample({"--json"}).output);
  std::string script = "for number in";
  for (const auto& number : published.at("cases")) script += " " + number.get<std::string>();
  script += "; do echo $(printf '%s\\n%s' '" + published.at("seed").get<std::string>() +
            "' $number | sha256sum | cut -d' ' -f1) $number; done | sort";
  const auto drawn_again = support::run({"/bin/sh", "-c", script}).output;
  std::string expected;
  for (const auto& lot : published.at("drawn"))
    expected += lot.at("lot").get<std::string>() + " " + lot.at("case_number").get<std::string>() + "\n";
  EXPECT_TRUE(drawn_again.starts_with(expected)) << drawn_again << "\n" << expected;
}

TEST_F(Stored, TextTellsAllThatIsNeededForTheProtocol) {
  const auto finished = sample({});
  EXPECT_EQ(finished.code, 0) << finished.errors;
  for (const char* part : {"第 116 期 03 08 17", "2026-10-01 to 2026-10-31", "cases       4", "cases hash",
                           "the smallest lots are drawn"}) {
    EXPECT_NE(finished.output.find(part), std::string::npos) << finished.output;
  }
}

TEST_F(Stored, WrongOrdersAreRefusedAndSayWhy) {
  struct Wrong {
    std::vector<std::string> words;
    const char* said;
  };
  for (const auto& [words, said] : std::vector<Wrong>{{{"--to", "2026-09-30"}, "--from must not be after --to"},
                                                      {{"--to", "2999-12-31"}, "the period has not ended"},
                                                      {{"--from", "2026-02-30"}, "2026-02-30 is no date"},
                                                      {{"--from", "1.10.2026"}, "dates are written like"},
                                                      {{"--count", "0"}, "at least 1"},
                                                      {{"--count", "few"}, "--count wants"},
                                                      {{"--seed", ""}, "--seed TEXT"},
                                                      {{"--seed", "two\nlines"}, "one line"}}) {
    const auto finished = sample(words);
    EXPECT_EQ(finished.code, 2) << testing::PrintToString(words);
    EXPECT_NE(finished.errors.find(said), std::string::npos) << testing::PrintToString(words) << finished.errors;
  }
}

}  // namespace
}  // namespace bangwu::follow_up
