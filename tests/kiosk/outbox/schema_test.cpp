#include "outbox/schema.h"

#include <array>

#include "desk.h"

namespace bangwu::outbox {
namespace {

class Schema : public testing::Test {
 protected:
  Database open() { return std::move(*Database::open(folder_ / "schema.sqlite")); }
  static std::int64_t integer(Database& database, const char* sql) {
    auto query = database.prepare(sql);
    EXPECT_TRUE(query.step().value());
    return query.integer(0);
  }
  support::ScratchDirectory folder_{support::In::memory};
};

constexpr std::array kThreeSteps{"CREATE TABLE a (x INTEGER)", "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 7",
                                 "CREATE TABLE b (z INTEGER); INSERT INTO b SELECT y FROM a"};

TEST_F(Schema, EveryEarlierVersionMigratesForward) {
  for (std::size_t from = 0; from <= kThreeSteps.size(); ++from) {
    const support::ScratchDirectory folder{support::In::memory};
    auto database = std::move(*Database::open(folder / "schema.sqlite"));
    ASSERT_TRUE(migrate(database, std::span(kThreeSteps).first(from)));
    if (from > 0) {
      ASSERT_TRUE(database.execute("INSERT INTO a (x) VALUES (1)"));
    }
    ASSERT_TRUE(migrate(database, kThreeSteps)) << from;
    EXPECT_EQ(integer(database, "PRAGMA user_version"), 3);
    EXPECT_EQ(integer(database, "SELECT count(*) FROM a"), from > 0 ? 1 : 0);
    EXPECT_EQ(integer(database, "SELECT count(*) FROM b"), from == 1 || from == 2 ? 1 : 0);
  }
}

TEST_F(Schema, AFailedStepLeavesTheVersionBefore) {
  auto database = open();
  constexpr std::array kBroken{"CREATE TABLE a (x INTEGER)", "CREATE TABLE c (x INTEGER); CREATE TABLE a (x INTEGER)"};
  EXPECT_FALSE(migrate(database, kBroken));
  EXPECT_EQ(integer(database, "PRAGMA user_version"), 1);
  EXPECT_EQ(integer(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'c'"), 0);
}

TEST_F(Schema, ALaterVersionIsLeftAlone) {
  auto database = open();
  ASSERT_TRUE(migrate(database, kThreeSteps));
  EXPECT_EQ(code_of(migrate(database, std::span(kThreeSteps).first(2))), base::ErrorCode::unsupported);
  EXPECT_EQ(integer(database, "PRAGMA user_version"), 3);
}

TEST_F(Schema, WhatIsNoDatabaseIsCorrupt) {
  const std::string text(5000, 'x');
  ASSERT_TRUE(base::write_file_durably(folder_ / "schema.sqlite",
                                       {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  EXPECT_EQ(code_of(Database::open(folder_ / "schema.sqlite")), base::ErrorCode::corrupt);
}

TEST_F(Schema, EveryWriteWaitsForTheDiskAndIsWipedWhenDeleted) {
  auto database = open();
  EXPECT_EQ(integer(database, "PRAGMA synchronous"), 2);
  EXPECT_EQ(integer(database, "PRAGMA secure_delete"), 1);
  auto query = database.prepare("PRAGMA journal_mode");
  ASSERT_TRUE(query.step().value());
  EXPECT_EQ(query.text(0), "wal");
}

TEST_F(Schema, PickingUsesTheIndexOfWhatIsReady) {
  auto database = open();
  ASSERT_TRUE(migrate(database, schema_steps()));
  auto plan = database.prepare(
      "EXPLAIN QUERY PLAN SELECT * FROM items INDEXED BY items_ready WHERE state = 0 AND is_blocked = 0 "
      "ORDER BY priority, size, number LIMIT 1");
  ASSERT_TRUE(plan.step().value());
  EXPECT_EQ(plan.text(3), "SCAN items USING INDEX items_ready");
  EXPECT_FALSE(plan.step().value());  // and does not sort
}

}  // namespace
}  // namespace bangwu::outbox
