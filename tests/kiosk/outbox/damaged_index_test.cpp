#include "desk.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {
namespace {

constexpr const char* kIndex = "SELECT rootpage, sql FROM sqlite_schema WHERE name = ?";
constexpr const char* kHide = "DELETE FROM sqlite_schema WHERE name = ?";
constexpr const char* kShow =
    "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('index', ?, 'items', ?, ?)";

/// One bit of an index is another: it names a row that is not there, or says something else of one that is.
class DamagedIndex : public Desk {
 protected:
  [[nodiscard]] sqlite::Connection open_database() const {
    return std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite",
                                               {.name = "outbox database", .more = "PRAGMA writable_schema=ON;"}));
  }
  /// Changes rows, and the index does not notice.
  void change_behind(const char* index, const char* sql) {
    outbox_.reset();
    std::int64_t root = 0;
    std::string definition;
    {
      auto database = open_database();
      auto query = database.prepare(kIndex);
      ASSERT_TRUE(query.bind(index).step().value());
      root = query.integer(0);
      definition = query.text(1);
    }
    ASSERT_TRUE(open_database().prepare(kHide).bind(index).run());
    ASSERT_TRUE(open_database().execute(sql));
    ASSERT_TRUE(open_database().prepare(kShow).bind(index, root, definition).run());
    reopen();
  }
  void accept_three() {
    accept(draft_of(1, 300));
    accept(draft_of(2, 100));  // the smallest: its turn comes first
    accept(draft_of(3, 200));
  }
  void the_others_go() {
    EXPECT_EQ(lease().lease.id, id_of(3));
    EXPECT_EQ(lease().lease.id, id_of(1));
    EXPECT_TRUE(nothing_is_due());
    EXPECT_EQ(outbox().next_due(kNow).value(), kNow + kLeaseTime) << "a courier would ask again at once, for ever";
  }
};

TEST_F(DamagedIndex, ARowThatIsNotThereStopsNothing) {
  accept_three();
  change_behind("items_ready", "DELETE FROM items WHERE number = 2");
  the_others_go();
  EXPECT_TRUE(open_as("k-1")->accept(draft_of(4), kNow)) << "nobody holds the lock";
}

TEST_F(DamagedIndex, ARowThatCannotBeReadAndIsNotWhatTheIndexSaysStopsNothing) {
  accept_three();
  change_behind("items_ready", "UPDATE items SET kind = 'wish', size = 228 WHERE number = 2");
  the_others_go();
}

TEST_F(DamagedIndex, WhatIsNotReadyIsNotSent) {
  accept_three();
  change_behind("items_ready", "UPDATE items SET state = 3, reason = 14 WHERE number = 2");
  the_others_go();
  EXPECT_EQ(state_of(2), (State{Dead{Reason::too_large}}));
}

TEST_F(DamagedIndex, ADeliveredRowThatIsNotThereEndsTheSearchForRoom) {
  keeping_ = {.budget = 1U << 20, .keep_free = 0};
  reopen();
  for (int i = 1; i <= 2; ++i) {
    auto draft = draft_of(i);
    draft.attachments = {put(3000, i)};
    accept(draft);
    ASSERT_TRUE(outbox().deliver(id_of(i), receipt_for(lease()), kNow));
  }
  change_behind("items_kept", "DELETE FROM items WHERE number = 1");
  keeping_.budget = 0;
  reopen();
  EXPECT_FALSE(outbox().show(id_of(2))->entry.is_kept);
}

}  // namespace
}  // namespace bangwu::outbox
