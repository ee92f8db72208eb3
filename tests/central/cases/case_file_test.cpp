#include "cases/case_file.h"

#include <gtest/gtest.h>

#include "sqlite/connection.h"
#include "store/store.h"
#include "support/scratch_directory.h"

namespace bangwu::cases {
namespace {

const base::SystemTime kNow{std::chrono::milliseconds(1'795'400'000'123)};

FirstAnswer answer() {
  FirstAnswer given;
  given.received.procedure = "A";
  given.received.procedure_name = "甲“乙”\n";
  given.received.outcome = domain::Outcome::correction_needed;
  given.received.lacks = {{domain::Lack::What::field, "f", domain::AnswerProblem::too_long},
                          {domain::Lack::What::part, "signature", domain::AnswerProblem::missing}};
  given.received.received_on = std::chrono::year{2026} / 11 / 3;
  given.notes = {{domain::cases::NoteTopic::unknown_procedure, "A"}};
  return given;
}

domain::cases::Actor rule() { return domain::cases::System{"first_answer"}; }

class CaseFiles : public ::testing::Test {
 protected:
  /// Opens a case and gives the envelope's row it belongs to, so that the transaction may end.
  std::string open(std::uint64_t sequence) {
    std::string number;
    const std::string id = "e" + std::to_string(sequence);
    const auto written = store->write([&](store::Transaction& transaction) -> base::Result<void> {
      auto opened = open_case(transaction, {id, "k", "临" + id}, answer(), kNow);
      if (!opened) return tl::unexpected(opened.error());
      number = opened->number;
      EXPECT_EQ(opened->head, transaction.cases().events(number).value().back().hash);
      return transaction.envelopes().add({.id = id,
                                          .kiosk = "k",
                                          .sequence = sequence,
                                          .kind = "submission",
                                          .manifest_hash = "m",
                                          .content_hash = std::nullopt,
                                          .received_at = kNow,
                                          .depends_on = std::nullopt,
                                          .wire = "w",
                                          .receipt = "r"});
    });
    EXPECT_TRUE(written) << written.error().detail;
    return number;
  }
  void SetUp() override {
    store = store::open_sqlite_store(folder / "a.db", store::OpenMode::create).value();
    ASSERT_TRUE(store->write([](store::Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = "k", .name = "n", .enrolled_at = kNow, .revoked_at = std::nullopt, .revoked_why = ""});
    }));
  }
  support::ScratchDirectory folder;
  std::unique_ptr<store::Store> store;
};

TEST_F(CaseFiles, NumbersAreTheDayAndACount) {
  EXPECT_EQ(open(1), "WJ20261123000001");
  EXPECT_EQ(open(2), "WJ20261123000002");
}

TEST_F(CaseFiles, CaseIsFoundWithAllThatHappened) {
  const std::string number = open(1);
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    const auto file = find_case(transaction, number).value();
    EXPECT_TRUE(file);
    EXPECT_EQ(file->events.size(), 2U);
    EXPECT_EQ(file->current.lacks, answer().received.lacks);
    EXPECT_EQ(file->current.notes.size(), 1U);
    EXPECT_EQ(find_case(transaction, "临e1").value(), file);
    EXPECT_EQ(find_case(transaction, "WJ0").value(), std::nullopt);
    return {};
  }));
}

/// Appends a link that does not follow, and reads the case in the same transaction: what every reader must notice.
base::Result<void> read_with(store::Store& store, const std::string& number, const store::EventRow& extra) {
  base::Result<void> checked;
  const auto written = store.write([&](store::Transaction& transaction) -> base::Result<void> {
    if (auto added = transaction.cases().append(number, extra.sequence - 1, {{extra}}); !added) return added;
    const auto row = transaction.cases().by_number(number).value().value();
    const auto file = read_case(transaction, row);
    checked = file ? base::Result<void>() : tl::unexpected(file.error());
    return base::fail(base::ErrorCode::cancelled, "only looked");
  });
  EXPECT_FALSE(written);
  return checked;
}

TEST_F(CaseFiles, EventThatDoesNotFollowIsNoticed) {
  const std::string number = open(1);
  const std::string body = to_json({domain::cases::kEventVersion, answer().notes[0], kNow, rule()});
  std::string head;
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    head = transaction.cases().events(number).value().back().hash;
    return {};
  }));
  EXPECT_TRUE(read_with(*store, number, {number, 3, body, chain_hash(head, body), kNow}));
  EXPECT_FALSE(read_with(*store, number, {number, 3, body, chain_hash(chain_start(), body), kNow})) << "wrong previous";
  EXPECT_FALSE(read_with(*store, number, {number, 3, "{}", chain_hash(head, "{}"), kNow})) << "not an event";
  EXPECT_FALSE(read_with(*store, number, {number, 3, body, chain_hash(head, body), kNow + std::chrono::hours{1}}))
      << "another time than the event's";
}

TEST_F(CaseFiles, ActAppendsToTheChainWithWhoDidIt) {
  const std::string number = open(1);
  const domain::cases::Command note = domain::cases::AddNote{{domain::cases::NoteTopic::changed_form, "A"}};
  const auto done = act(*store, number, note, rule(), kNow + std::chrono::hours{1}, Seen{2});
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->events.size(), 3U);
  EXPECT_EQ(done->events.back().by, rule());
  EXPECT_EQ(done->events.back().at, kNow + std::chrono::hours{1});
  EXPECT_EQ(done->current.notes.size(), 2U);
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    EXPECT_EQ(find_case(transaction, number).value(), *done) << "what is read again is what was told";
    return {};
  }));
}

TEST_F(CaseFiles, ActTellsWhoDecidedOnAnOldCaseOfTheConflict) {
  const std::string number = open(1);
  const domain::cases::Command note = domain::cases::AddNote{{domain::cases::NoteTopic::changed_form, "A"}};
  ASSERT_TRUE(act(*store, number, note, rule(), kNow, Seen{2}));
  const auto late = act(*store, number, note, rule(), kNow, Seen{2});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, base::ErrorCode::conflict);
  EXPECT_TRUE(act(*store, number, note, rule(), kNow)) << "who did not look first has nothing to be told of";
}

TEST_F(CaseFiles, ActRefusesWhatIsOutOfPlaceAndUnknownCases) {
  const std::string number = open(1);
  const domain::cases::Command again = domain::cases::ReceiveApplication{answer().received};
  EXPECT_EQ(act(*store, number, again, domain::cases::Applicant{}, kNow).error(),
            (base::Error{base::ErrorCode::invalid_input, "already_received"}));
  EXPECT_EQ(act(*store, "WJ1", again, domain::cases::Applicant{}, kNow).error().code, base::ErrorCode::not_found);
  const domain::cases::Command note = domain::cases::AddNote{{domain::cases::NoteTopic::changed_form, "A"}};
  const domain::cases::Staff auditor{"S-1", domain::cases::Role::auditor};
  EXPECT_EQ(act(*store, number, note, auditor, kNow).error(),
            (base::Error{base::ErrorCode::invalid_input, "not_theirs_to_do"}));
}

}  // namespace
}  // namespace bangwu::cases
