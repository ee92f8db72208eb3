#include "outbox/schema.h"

#include "desk.h"
#include "sqlite/migrate.h"

namespace bangwu::outbox {
namespace {

TEST(Schema, PickingUsesTheIndexOfWhatIsReady) {
  const support::ScratchDirectory folder{support::In::memory};
  auto database = std::move(*sqlite::Connection::open(folder / "schema.sqlite", {.name = "outbox database"}));
  ASSERT_TRUE(sqlite::migrate(database, schema_steps()));
  auto plan = database.prepare(
      "EXPLAIN QUERY PLAN SELECT * FROM items INDEXED BY items_ready WHERE state = 0 AND is_blocked = 0 "
      "ORDER BY priority, size, number LIMIT 1");
  ASSERT_TRUE(plan.step().value());
  EXPECT_EQ(plan.text(3), "SCAN items USING INDEX items_ready");
  EXPECT_FALSE(plan.step().value());  // and does not sort
}

}  // namespace
}  // namespace bangwu::outbox
