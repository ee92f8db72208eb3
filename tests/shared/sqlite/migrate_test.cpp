#include "sqlite/migrate.h"

#include <gtest/gtest.h>

#include <array>

#include "support/scratch_directory.h"

namespace bangwu::sqlite {
namespace {

class Migrate : public testing::Test {
 protected:
  Connection open() { return std::move(*Connection::open(folder_ / "a.sqlite", {.name = "test database"})); }
  static std::int64_t integer(Connection& connection, const char* sql) {
    auto query = connection.prepare(sql);
    EXPECT_TRUE(query.step().value());
    return query.integer(0);
  }
  support::ScratchDirectory folder_{support::In::memory};
};

constexpr std::array kThreeSteps{"CREATE TABLE a (x INTEGER)", "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 7",
                                 "CREATE TABLE b (z INTEGER); INSERT INTO b SELECT y FROM a"};

TEST_F(Migrate, EveryEarlierVersionComesForward) {
  for (std::size_t from = 0; from <= kThreeSteps.size(); ++from) {
    const support::ScratchDirectory folder{support::In::memory};
    auto connection = std::move(*Connection::open(folder / "a.sqlite", {.name = "test database"}));
    ASSERT_TRUE(migrate(connection, std::span(kThreeSteps).first(from)));
    if (from > 0) {
      ASSERT_TRUE(connection.execute("INSERT INTO a (x) VALUES (1)"));
    }
    ASSERT_TRUE(migrate(connection, kThreeSteps)) << from;
    EXPECT_EQ(integer(connection, "PRAGMA user_version"), 3);
    EXPECT_EQ(integer(connection, "SELECT count(*) FROM a"), from > 0 ? 1 : 0);
    EXPECT_EQ(integer(connection, "SELECT count(*) FROM b"), from == 1 || from == 2 ? 1 : 0);
  }
}

TEST_F(Migrate, AFailedStepLeavesTheVersionBefore) {
  auto connection = open();
  constexpr std::array kBroken{"CREATE TABLE a (x INTEGER)", "CREATE TABLE c (x INTEGER); CREATE TABLE a (x INTEGER)"};
  EXPECT_FALSE(migrate(connection, kBroken));
  EXPECT_EQ(integer(connection, "PRAGMA user_version"), 1);
  EXPECT_EQ(integer(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'c'"), 0);
}

TEST_F(Migrate, ALaterVersionIsLeftAlone) {
  auto connection = open();
  ASSERT_TRUE(migrate(connection, kThreeSteps));
  const auto refused = migrate(connection, std::span(kThreeSteps).first(2));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::ErrorCode::unsupported);
  EXPECT_EQ(integer(connection, "PRAGMA user_version"), 3);
}

}  // namespace
}  // namespace bangwu::sqlite
