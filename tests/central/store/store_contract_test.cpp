#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "store/store.h"
#include "support/scratch_directory.h"
#include "support/throwaway_postgres.h"

// What every store must do, whatever database is behind it.
namespace bangwu::store {
namespace {

using base::ErrorCode;
using base::Result;

const base::SystemTime kNow{std::chrono::milliseconds(1'795'400'000'123)};

struct Fixture {
  support::ScratchDirectory folder;  ///< of SQLite
  std::unique_ptr<support::ThrowawayPostgres> postgres;
  std::unique_ptr<Store> store;
};
using Open = std::unique_ptr<Fixture> (*)();

std::unique_ptr<Fixture> open_sqlite() {
  auto fixture = std::make_unique<Fixture>();
  fixture->store = open_sqlite_store(fixture->folder / "central.db", OpenMode::create).value();
  return fixture;
}

KioskRow kiosk(const std::string& id) {
  return {.id = id, .name = "一号机", .enrolled_at = kNow, .revoked_at = std::nullopt, .revoked_why = ""};
}
KioskKeyRow key(const std::string& token, base::SystemTime from = kNow) {
  return {.kiosk = "k-1",
          .device_key = "ab" + token,
          .token_hash = token,
          .valid_from = from,
          .ended_at = std::nullopt,
          .ended_why = ""};
}
EnvelopeRow envelope(const std::string& id, std::uint64_t sequence) {
  return {.id = id,
          .kiosk = "k-1",
          .sequence = sequence,
          .kind = "submission",
          .format = 2,
          .manifest_hash = "m" + id,
          .content_hash = "c" + id,
          .received_at = kNow,
          .depends_on = std::nullopt,
          .wire = "{\"帮\":\"\\u0000\"}",
          .receipt = "receipt"};
}
CaseRow case_row(const std::string& number, const std::string& of_envelope) {
  return {.number = number,
          .provisional_number = "临" + number,
          .envelope = of_envelope,
          .kiosk = "k-1",
          .procedure = "A",
          .state = "in_review",
          .received_at = kNow};
}
EventRow event(std::uint64_t sequence, const std::string& body = "{}") {
  return {.case_number = "WJ1", .sequence = sequence, .body = body, .hash = "h" + std::to_string(sequence), .at = kNow};
}
RatingRow rating(const std::string& of_envelope) {
  return {.envelope = of_envelope,
          .kiosk = "k-1",
          .instrument = "national",
          .level = "satisfied",
          .is_bad = true,
          .submission = "e1",
          .case_number = "WJ1",
          .received_at = kNow};
}

/// Each in turn, to the first that fails.
Result<void> each_of(const std::vector<std::function<Result<void>()>>& steps) {
  for (const auto& step : steps) {
    if (auto done = step(); !done) return done;
  }
  return {};
}

std::unique_ptr<Fixture> open_postgres() {
  auto fixture = std::make_unique<Fixture>();
  fixture->postgres = std::make_unique<support::ThrowawayPostgres>();
  fixture->store = open_postgres_store(fixture->postgres->database(), OpenMode::create).value();
  return fixture;
}

class StoreContract : public ::testing::TestWithParam<Open> {
 protected:
  void SetUp() override {
    fixture = GetParam()();
    must_write([](Transaction& transaction) {
      return each_of({[&] { return transaction.kiosks().add(kiosk("k-1")); },
                      [&] { return transaction.kiosks().add_key(key("hash")); }});
    });
  }
  Result<void> write(const Store::Work& work) { return fixture->store->write(work); }
  void must_write(const Store::Work& work) {
    const auto written = write(work);
    ASSERT_TRUE(written) << written.error().detail;
  }
  void must_read(const std::function<void(Transaction&)>& look) {
    const auto read = fixture->store->read([&](Transaction& transaction) -> Result<void> {
      look(transaction);
      return {};
    });
    ASSERT_TRUE(read) << read.error().detail;
  }
  ErrorCode failure_of(const Store::Work& work) {
    const auto written = write(work);
    return written ? ErrorCode::internal : written.error().code;
  }
  /// The case WJ1 of envelope e1 with one event.
  void open_case() {
    must_write([](Transaction& transaction) {
      return each_of({[&] { return transaction.cases().add(case_row("WJ1", "e1")); },
                      [&] { return transaction.cases().append("WJ1", 0, {{event(1)}}); },
                      [&] { return transaction.envelopes().add(envelope("e1", 1)); }});
    });
  }
  bool has(const std::string& id) {
    bool found = false;
    must_read([&](Transaction& transaction) { found = transaction.envelopes().has(id).value(); });
    return found;
  }
  std::uint64_t next(std::string_view counter) {
    std::uint64_t number = 0;
    must_write([&](Transaction& transaction) -> Result<void> {
      const auto given = transaction.numbers().next(counter);
      if (!given) return tl::unexpected(given.error());
      number = *given;
      return {};
    });
    return number;
  }
  std::unique_ptr<Fixture> fixture;
};

TEST_P(StoreContract, EnvelopesComeBackAsTheyWere) {
  const auto first = envelope("e1", 1);
  auto dependant = envelope("e2", 2);
  dependant.depends_on = "e1";
  dependant.content_hash.reset();
  must_write([&](Transaction& transaction) {
    return each_of(
        {[&] { return transaction.envelopes().add(first); }, [&] { return transaction.envelopes().add(dependant); }});
  });
  must_read([&](Transaction& transaction) {
    auto& envelopes = transaction.envelopes();
    EXPECT_EQ(envelopes.find("e1").value(), first);
    EXPECT_EQ(envelopes.find("e2").value(), dependant);
    EXPECT_EQ(envelopes.find("e3").value(), std::nullopt);
    EXPECT_EQ(envelopes.in_sequence("k-1", 2).value(), "e2");
    EXPECT_EQ(envelopes.in_sequence("k-2", 2).value(), std::nullopt);
    EXPECT_EQ(envelopes.count().value(), 2U);
  });
}

TEST_P(StoreContract, BlobsAreFoundByTheEnvelopesThatReferToThem) {
  std::vector<BlobRow> blobs;
  for (int i = 0; i < 20; ++i) blobs.push_back({"b" + std::to_string(100 + i), 1'000U + i});
  std::vector<BlobRow> twice = blobs;
  twice.push_back(blobs.front());
  must_write([&](Transaction& transaction) {
    return each_of({[&] { return transaction.kiosks().add(kiosk("k-2")); },
                    [&] { return transaction.envelopes().add(envelope("e1", 1), twice); },
                    [&] { return transaction.envelopes().add(envelope("e2", 2), {{blobs[3]}}); }});
  });
  must_read([&](Transaction& transaction) {
    auto& attachments = transaction.attachments();
    EXPECT_EQ(attachments.of_envelope("e1").value(), blobs) << "what is named twice is there once";
    EXPECT_EQ(attachments.of_envelope("e2").value(), std::vector{blobs[3]});
    std::vector<std::string> names{"none"}, known;
    for (const auto& blob : blobs) known.push_back(blob.sha256);
    names.insert(names.end(), known.begin(), known.end());
    auto found = attachments.referred(names).value();
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, known);
    EXPECT_EQ(attachments.referred(names, "k-1").value().size(), known.size());
    EXPECT_EQ(attachments.referred(names, "k-2").value(), std::vector<std::string>{});
    EXPECT_EQ(attachments.referred({}).value(), std::vector<std::string>{});
    EXPECT_TRUE(attachments.are_all_known().value());
    std::vector<BlobRow> each;
    EXPECT_TRUE(attachments.each([&](const BlobRow& row) -> Result<void> {
      each.push_back(row);
      return {};
    }));
    EXPECT_EQ(each, blobs);
  });
}

TEST_P(StoreContract, BlobsOfAnEnvelopeThatFailedAreNobodys) {
  EXPECT_EQ(failure_of([](Transaction& transaction) -> Result<void> {
              EXPECT_TRUE(transaction.envelopes().add(envelope("e1", 1), {{BlobRow{"b1", 1}}}));
              return base::fail(ErrorCode::cancelled, "changed its mind");
            }),
            ErrorCode::cancelled);
  must_read([](Transaction& transaction) {
    EXPECT_EQ(transaction.attachments().referred(std::vector<std::string>{"b1"}).value(), std::vector<std::string>{});
  });
}

TEST_P(StoreContract, StandingTellsAllThatDecidesAtOnce) {
  const auto later = kNow + std::chrono::hours(1);
  must_write([&](Transaction& transaction) {
    return each_of({[&] { return transaction.envelopes().add(envelope("e1", 1)); },
                    [&] { return transaction.kiosks().revoke("k-1", later, "stolen"); }});
  });
  must_read([&](Transaction& transaction) {
    auto& envelopes = transaction.envelopes();
    const auto known = envelopes.standing("e1", "k-1", 1, std::nullopt).value();
    EXPECT_EQ(known.known, envelope("e1", 1));
    EXPECT_EQ(known.twin, "e1");
    EXPECT_EQ(known.sender->revoked_at, later);
    EXPECT_EQ(known.sender->revoked_why, "stolen");
    const auto dependant = envelopes.standing("e2", "k-1", 2, "e1").value();
    EXPECT_EQ(dependant.known, std::nullopt);
    EXPECT_EQ(dependant.twin, std::nullopt);
    EXPECT_TRUE(dependant.has_dependency);
    const auto stranger = envelopes.standing("e2", "k-9", 1, "e9").value();
    EXPECT_FALSE(stranger.sender);
    EXPECT_FALSE(stranger.has_dependency);
  });
}

TEST_P(StoreContract, ArrivalsOfAWrongClockAreNotBelieved) {
  auto wrong = envelope("e2", 2);
  wrong.received_at = kNow + std::chrono::days(365);
  must_write([&](Transaction& transaction) {
    return each_of({[&] { return transaction.envelopes().add(envelope("e1", 1)); },
                    [&] { return transaction.envelopes().add(wrong); }});
  });
  must_write([&](Transaction& transaction) -> Result<void> {
    EXPECT_EQ(transaction.envelopes().latest_believed_arrival().value(), wrong.received_at);
    EXPECT_EQ(transaction.envelopes().mark_misdated(kNow + std::chrono::hours(1)).value(), 1U);
    return transaction.journal().add(kNow, "root", "accepted the clock");
  });
  must_write([&](Transaction& transaction) { return transaction.journal().add(kNow, "root", "again"); });
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.envelopes().latest_believed_arrival().value(), kNow);
    EXPECT_EQ(transaction.envelopes().latest_arrival().value(), wrong.received_at);
    EXPECT_TRUE(transaction.envelopes().is_misdated("e2").value());
    EXPECT_FALSE(transaction.envelopes().is_misdated("e1").value());
    EXPECT_EQ(transaction.envelopes().first_since("k-1", kNow + std::chrono::hours(1)).value(), 2U);
    EXPECT_EQ(transaction.envelopes().first_since("k-1", wrong.received_at + std::chrono::hours(1)).value(),
              std::nullopt);
    const auto journal = transaction.journal().all().value();
    ASSERT_EQ(journal.size(), 2U);
    EXPECT_EQ(journal[0], (JournalRow{.sequence = 1, .at = kNow, .actor = "root", .act = "accepted the clock"}));
    EXPECT_EQ(journal[1].sequence, 2U);
  });
}

TEST_P(StoreContract, ARunOfAKioskThatComesBackIsNoted) {
  must_write([](Transaction& transaction) {
    auto& runs = transaction.kiosk_runs();
    return each_of({[&] { return runs.begin("k-1", "a", 1, kNow); }, [&] { return runs.begin("k-1", "b", 2, kNow); },
                    [&] { return runs.note_return("k-1", "a", kNow + std::chrono::hours(1)); }});
  });
  must_read([](Transaction& transaction) {
    const auto runs = transaction.kiosk_runs().of_kiosk("k-1").value();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].run, "b");
    EXPECT_EQ(transaction.kiosk_runs().twin_seen_at("k-1").value(), kNow + std::chrono::hours(1));
    EXPECT_EQ(transaction.kiosk_runs().twin_seen_at("k-2").value(), std::nullopt);
  });
}

TEST_P(StoreContract, WhoAsksToBeKnownAgainIsKeptOnceAToken) {
  const ReadmissionRow first{.token_hash = "t", .kiosk = "k-7", .device_key = "d", .asked_at = kNow};
  ReadmissionRow again = first;
  again.asked_at = kNow + std::chrono::hours(1);
  for (const auto& row : {first, again})
    must_write([&](Transaction& transaction) { return transaction.readmissions().put(row); });
  must_read([&](Transaction& transaction) { EXPECT_EQ(transaction.readmissions().all().value(), std::vector{again}); });
  must_write([](Transaction& transaction) { return transaction.readmissions().remove("k-7"); });
  must_read([](Transaction& transaction) { EXPECT_TRUE(transaction.readmissions().all().value().empty()); });
}

TEST_P(StoreContract, WhatIsNoTextIsNobodysNumberOrId) {
  must_read([](Transaction& transaction) {
    for (const std::string& name : {std::string("\xff"), std::string("WJ\0", 3)}) {
      EXPECT_EQ(transaction.cases().by_number(name).value(), std::nullopt);
      EXPECT_EQ(transaction.kiosks().by_id(name).value(), std::nullopt);
    }
  });
}

/// All that a store can hold, copied into an empty one of the other kind.
TEST_P(StoreContract, IsCopiedWholeIntoAnyOther) {
  open_case();
  auto dependant = envelope("e0", 2);  // before what it depends on, by its id
  dependant.depends_on = "e1";
  must_write([&](Transaction& transaction) {
    return each_of({[&] {
                      return transaction.envelopes().add(dependant, {{BlobRow{"b1", 7}}});
                    },
                    [&] { return transaction.ratings().add(rating("e0")); },
                    [&] { return transaction.cases().add_search_key("WJ1", "id_number", "aa"); },
                    [&] { return transaction.service_facts().put("generation", "1"); },
                    [&] { return transaction.journal().add(kNow, "root", "act"); },
                    [&] { return transaction.kiosk_runs().begin("k-1", "a", 1, kNow); },
                    [&] { return transaction.numbers().raise_floor("day", 77); }});
  });
  for (const Open open : {&open_sqlite, &open_postgres}) {
    const auto other = open();
    const auto copied = copy_store(*fixture->store, *other->store);
    ASSERT_TRUE(copied) << copied.error().detail;
    ASSERT_TRUE(other->store->write([&](Transaction& transaction) -> Result<void> {
      EXPECT_EQ(transaction.envelopes().find("e0").value(), dependant);
      EXPECT_EQ(transaction.envelopes().find("e1").value(), envelope("e1", 1));
      EXPECT_EQ(transaction.attachments().of_envelope("e0").value(), (std::vector<BlobRow>{{"b1", 7}}));
      EXPECT_EQ(transaction.cases().by_number("WJ1").value(), case_row("WJ1", "e1"));
      EXPECT_EQ(transaction.cases().events("WJ1").value(), std::vector{event(1)});
      EXPECT_EQ(transaction.cases().by_search_key("id_number", "aa").value(), std::vector<std::string>{"WJ1"});
      EXPECT_EQ(transaction.ratings().all().value(), std::vector{rating("e0")});
      EXPECT_EQ(transaction.kiosks().keys("k-1").value(), std::vector{key("hash")});
      EXPECT_EQ(transaction.service_facts().find("generation").value(), "1");
      EXPECT_EQ(transaction.journal().all().value().size(), 1U);
      EXPECT_EQ(transaction.kiosk_runs().of_kiosk("k-1").value().size(), 1U);
      EXPECT_GT(transaction.numbers().next("day").value(), 77U);
      return {};
    }));
    const auto again = copy_store(*fixture->store, *other->store);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::already_exists);
  }
}

TEST_P(StoreContract, EveryRowIsVisitedOnceInOrderAndAVisitMayRead) {
  constexpr std::uint64_t kMany = 1'234;  // more than are fetched at a time
  must_write([&](Transaction& transaction) -> Result<void> {
    for (std::uint64_t i = 0; i < kMany; ++i) {
      const std::string id = "e" + std::to_string(100'000 + i);
      if (auto added = transaction.envelopes().add(envelope(id, i)); !added) return added;
      if (auto added = transaction.cases().add(case_row("WJ" + id, id)); !added) return added;
    }
    return {};
  });
  must_read([&](Transaction& transaction) {
    std::vector<std::string> ids, numbers;
    for (std::string last;;) {
      const auto page = transaction.envelopes().after(last, 100).value();
      for (const auto& row : page) ids.push_back(row.id);
      if (page.size() < 100) break;
      last = page.back().id;
    }
    EXPECT_TRUE(transaction.cases().each([&](const CaseRow& row) -> Result<void> {
      EXPECT_TRUE(transaction.envelopes().has(row.envelope).value());
      numbers.push_back(row.number);
      return {};
    }));
    EXPECT_EQ(ids.size(), kMany);
    EXPECT_EQ(numbers.size(), kMany);
    for (const auto* seen : {&ids, &numbers}) {
      EXPECT_TRUE(std::is_sorted(seen->begin(), seen->end()));
      EXPECT_EQ(std::adjacent_find(seen->begin(), seen->end()), seen->end());
    }
    EXPECT_EQ(transaction.cases()
                  .each([](const CaseRow&) { return Result<void>(base::fail(ErrorCode::cancelled, "enough")); })
                  .error()
                  .code,
              ErrorCode::cancelled);
  });
}

TEST_P(StoreContract, CasesAndRatingsComeBackAsTheyWere) {
  open_case();
  must_write([](Transaction& transaction) {
    return each_of({[&] { return transaction.ratings().add(rating("e2")); },
                    [&] { return transaction.envelopes().add(envelope("e2", 2)); }});
  });
  must_read([&](Transaction& transaction) {
    const auto row = case_row("WJ1", "e1");
    EXPECT_EQ(transaction.cases().by_number("WJ1").value(), row);
    EXPECT_EQ(transaction.cases().by_number("临WJ1").value(), row);
    EXPECT_EQ(transaction.cases().by_number("").value(), std::nullopt);
    EXPECT_EQ(transaction.cases().of_envelope("e1").value(), row);
    EXPECT_EQ(transaction.cases().events("WJ1").value(), std::vector{event(1)});
    EXPECT_EQ(transaction.ratings().all().value(), std::vector{rating("e2")});
    EXPECT_EQ(transaction.ratings().after("", 9).value(), std::vector{rating("e2")});
    EXPECT_TRUE(transaction.ratings().after("e2", 9).value().empty());
    EXPECT_TRUE(transaction.ratings().has("e2").value());
    EXPECT_FALSE(transaction.ratings().has("e1").value());
  });
}

TEST_P(StoreContract, EventsAreAddedOnlyBehindTheOneTheWriterKnew) {
  open_case();
  must_write([](Transaction& transaction) {
    const std::vector<EventRow> two{event(2), event(3, "[1]")};
    return each_of({[&] { return transaction.cases().append("WJ1", 1, two); },
                    [&] { return transaction.cases().set_state("WJ1", "accepted"); }});
  });
  for (const std::uint64_t expected : {0U, 1U, 2U, 4U}) {
    EXPECT_EQ(failure_of([&](Transaction& transaction) {
                return transaction.cases().append("WJ1", expected, {{event(expected + 1)}});
              }),
              ErrorCode::conflict)
        << expected;
  }
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.cases().events("WJ1").value(), (std::vector{event(1), event(2), event(3, "[1]")}));
    EXPECT_EQ(transaction.cases().by_number("WJ1").value()->state, "accepted");
  });
}

TEST_P(StoreContract, OfManyWhoAppendAtOnceEachSeesAllBefore) {
  open_case();
  constexpr int kThreads = 8, kEach = 20;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&] {
        for (int done = 0; done < kEach;) {
          const auto written = write([](Transaction& transaction) -> Result<void> {
            const auto known = transaction.cases().events("WJ1");
            if (!known) return tl::unexpected(known.error());
            return transaction.cases().append("WJ1", known->size(), {{event(known->size() + 1)}});
          });
          ASSERT_TRUE(written || written.error().code == ErrorCode::conflict) << written.error().detail;
          done += written ? 1 : 0;
        }
      });
    }
  }
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.cases().events("WJ1").value().size(), 1U + kThreads * kEach);
  });
}

TEST_P(StoreContract, CaseIsFoundByItsKeyedHashes) {
  open_case();
  must_write([](Transaction& transaction) {
    auto& cases = transaction.cases();
    return each_of({[&] { return cases.add_search_key("WJ1", "id_number", "aa"); },
                    [&] { return cases.add_search_key("WJ1", "id_number", "aa"); },
                    [&] { return cases.add_search_key("WJ1", "telephone", "bb"); }});
  });
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.cases().by_search_key("id_number", "aa").value(), std::vector<std::string>{"WJ1"});
    EXPECT_EQ(transaction.cases().by_search_key("telephone", "aa").value(), std::vector<std::string>{});
  });
}

TEST_P(StoreContract, KioskOutlivesItsKeys) {
  const auto later = kNow + std::chrono::hours(1);
  must_write([&](Transaction& transaction) {
    auto& kiosks = transaction.kiosks();
    return each_of({[&] { return kiosks.end_keys("k-1", later, "enrolled again"); },
                    [&] { return kiosks.add_key(key("hash2", later)); }, [&] { return kiosks.rename("k-1", "二号机"); },
                    [&] { return kiosks.add(kiosk("k-0")); }, [&] { return kiosks.revoke("k-0", later, "stolen"); }});
  });
  must_read([&](Transaction& transaction) {
    auto& kiosks = transaction.kiosks();
    auto renamed = kiosk("k-1");
    renamed.name = "二号机";
    auto revoked = kiosk("k-0");
    revoked.revoked_at = later;
    revoked.revoked_why = "stolen";
    auto ended = key("hash");
    ended.ended_at = later;
    ended.ended_why = "enrolled again";
    EXPECT_EQ(kiosks.all().value(), (std::vector{revoked, renamed}));
    EXPECT_EQ(kiosks.by_id("k-1").value(), renamed);
    EXPECT_EQ(kiosks.keys("k-1").value(), (std::vector{ended, key("hash2", later)}));
    EXPECT_EQ(kiosks.by_token("hash").value(), (TokenOwner{.kiosk = renamed, .key = ended}));
    EXPECT_EQ(kiosks.by_token("hash2").value(), (TokenOwner{.kiosk = renamed, .key = key("hash2", later)}));
    EXPECT_EQ(kiosks.by_token("other").value(), std::nullopt);
  });
}

TEST_P(StoreContract, WrongProofsAreCountedByKeyAddressAndOverAll) {
  const auto at = [](int minutes) { return kNow + std::chrono::minutes(minutes); };
  must_write([&](Transaction& transaction) {
    auto& proofs = transaction.wrong_proofs();
    return each_of({[&] { return proofs.add({.key = "WJ1", .address = "192.0.2.1", .at = at(0)}); },
                    [&] { return proofs.add({.key = "WJ1", .address = "192.0.2.1", .at = at(10)}); },
                    [&] { return proofs.add({.key = "WJ1", .address = "192.0.2.2", .at = at(20)}); },
                    [&] { return proofs.add({.key = "WJ2", .address = "192.0.2.1", .at = at(30)}); },
                    [&] { return proofs.add({.key = "WJ3", .address = "192.0.2.3", .at = at(30)}); }});
  });
  must_read([&](Transaction& transaction) {
    auto& proofs = transaction.wrong_proofs();
    EXPECT_EQ(proofs.count_since(at(0), "WJ1", "192.0.2.1").value(),
              (WrongProofCount{.of_key = 3, .of_address = 3, .of_both = 2, .of_all = 5}));
    EXPECT_EQ(proofs.count_since(at(10), "WJ1", "192.0.2.1").value(),
              (WrongProofCount{.of_key = 2, .of_address = 2, .of_both = 1, .of_all = 4}));
    EXPECT_EQ(proofs.count_since(at(31), "WJ1", "192.0.2.1").value(), WrongProofCount{});
  });
  must_write([&](Transaction& transaction) { return transaction.wrong_proofs().forget_before(at(20)); });
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.wrong_proofs().count_since(at(0), "WJ1", "192.0.2.1").value(),
              (WrongProofCount{.of_key = 1, .of_address = 1, .of_both = 0, .of_all = 3}));
  });
}

TEST_P(StoreContract, ServiceRemembersWhatItWasToldLast) {
  must_write([](Transaction& transaction) { return transaction.service_facts().put("generation", "1"); });
  must_write([](Transaction& transaction) { return transaction.service_facts().put("generation", "2"); });
  must_read([](Transaction& transaction) {
    EXPECT_EQ(transaction.service_facts().find("generation").value(), "2");
    EXPECT_EQ(transaction.service_facts().find("watermark").value(), std::nullopt);
  });
}

TEST_P(StoreContract, FailedWorkLeavesNothing) {
  EXPECT_EQ(failure_of([](Transaction& transaction) -> Result<void> {
              EXPECT_TRUE(transaction.envelopes().add(envelope("e1", 1)));
              return base::fail(ErrorCode::cancelled, "changed its mind");
            }),
            ErrorCode::cancelled);
  EXPECT_FALSE(has("e1"));
}

TEST_P(StoreContract, UniqueKeysHold) {
  open_case();
  must_write([](Transaction& transaction) {
    return each_of({[&] { return transaction.envelopes().add(envelope("e5", 5)); },
                    [&] { return transaction.ratings().add(rating("e1")); }});
  });
  auto same_provisional = case_row("WJ5", "e5");
  same_provisional.provisional_number = "临WJ1";
  const std::vector<std::pair<const char*, Store::Work>> taken{
      {"id", [](Transaction& transaction) { return transaction.envelopes().add(envelope("e1", 2)); }},
      {"sequence", [](Transaction& transaction) { return transaction.envelopes().add(envelope("e2", 1)); }},
      {"kiosk", [](Transaction& transaction) { return transaction.kiosks().add(kiosk("k-1")); }},
      {"token", [](Transaction& transaction) { return transaction.kiosks().add_key(key("hash")); }},
      {"number", [](Transaction& transaction) { return transaction.cases().add(case_row("WJ1", "e5")); }},
      {"provisional number", [&](Transaction& transaction) { return transaction.cases().add(same_provisional); }},
      {"envelope's case", [](Transaction& transaction) { return transaction.cases().add(case_row("WJ2", "e1")); }},
      {"rating", [](Transaction& transaction) { return transaction.ratings().add(rating("e1")); }}};
  for (const auto& [name, work] : taken) EXPECT_EQ(failure_of(work), ErrorCode::already_exists) << name;
}

TEST_P(StoreContract, CasesWithoutAProvisionalNumberMayBeMany) {
  must_write([](Transaction& transaction) -> Result<void> {
    for (const std::string i : {"1", "2"}) {
      auto row = case_row("WJ" + i, "e" + i);
      row.provisional_number.clear();
      if (auto added = transaction.cases().add(row); !added) return added;
      if (auto added = transaction.envelopes().add(envelope("e" + i, i == "1" ? 1 : 2)); !added) return added;
    }
    return {};
  });
}

TEST_P(StoreContract, ReadingCannotWrite) {
  EXPECT_FALSE(fixture->store->read([](Transaction& transaction) -> Result<void> {
    if (auto added = transaction.envelopes().add(envelope("e1", 1)); !added) return added;
    const auto seen = transaction.envelopes().has("e1");
    if (!seen) return tl::unexpected(seen.error());
    return {};
  }));
  EXPECT_FALSE(has("e1"));
}

TEST_P(StoreContract, CodeRemembersWhomItMadeKnown) {
  CodeRow code{.code_hash = "c1",
               .name = "一号机",
               .kiosk = std::nullopt,
               .made_at = kNow,
               .expires_at = kNow + std::chrono::hours(1),
               .used_at = std::nullopt,
               .used_by = "",
               .used_key = ""};
  CodeRow other = code;
  other.code_hash = "c2";
  other.kiosk = "k-1";
  must_write([&](Transaction& transaction) {
    auto& kiosks = transaction.kiosks();
    return each_of({[&] { return kiosks.add_code(code); }, [&] { return kiosks.add_code(other); },
                    [&] { return kiosks.mark_code_used("c1", kNow, "k-1", "abhash"); }});
  });
  code.used_at = kNow;
  code.used_by = "k-1";
  code.used_key = "abhash";
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.kiosks().code("c1").value(), code);
    EXPECT_EQ(transaction.kiosks().code("c2").value(), other);
    EXPECT_EQ(transaction.kiosks().code("c3").value(), std::nullopt);
  });
}

TEST_P(StoreContract, RevokedAreAllKeysAKioskEverHad) {
  const auto later = kNow + std::chrono::hours(1), last = later + std::chrono::hours(1);
  must_write([&](Transaction& transaction) {
    auto& kiosks = transaction.kiosks();
    return each_of({[&] { return kiosks.end_keys("k-1", later, "replaced"); },
                    [&] { return kiosks.add_key(key("hash2", later)); },
                    [&] { return kiosks.revoke("k-1", last, "stolen"); }, [&] { return kiosks.reinstate("k-1"); }});
  });
  auto first = key("hash"), second = key("hash2", later);
  first.ended_at = later;
  second.ended_at = last;
  first.ended_why = second.ended_why = kRevoked;
  must_read([&](Transaction& transaction) {
    EXPECT_EQ(transaction.kiosks().keys("k-1").value(), (std::vector{first, second}));
    EXPECT_EQ(transaction.kiosks().by_device_key(first.device_key).value(), (std::vector{first}));
    EXPECT_EQ(transaction.kiosks().by_id("k-1").value(), kiosk("k-1"));
  });
}

TEST_P(StoreContract, NumberIsNeverGivenTwiceNorBelowAFloor) {
  const auto first = next("day");
  const auto second = next("day");
  EXPECT_GE(first, 1U);
  EXPECT_GT(second, first);
  must_write([](Transaction& transaction) { return transaction.numbers().raise_floor("day", 100'000); });
  const auto above = next("day");
  EXPECT_GT(above, 100'000U);
  must_write([](Transaction& transaction) { return transaction.numbers().raise_floor("day", 5); });
  EXPECT_GT(next("day"), above) << "a floor below changes nothing";
  must_write([](Transaction& transaction) { return transaction.numbers().raise_floor("new", 7); });
  EXPECT_GT(next("new"), 7U) << "a counter that gave none yet";
}

TEST_P(StoreContract, ManyWritersAtOnceAreAllKeptAndAFailureIsItsOwn) {
  constexpr int kThreads = 16, kEach = 25;
  std::atomic<int> failures = 0;
  std::mutex mutex;
  std::vector<std::uint64_t> numbers;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i) {
          const auto sequence = static_cast<std::uint64_t>(thread * kEach + i);
          std::uint64_t given = 0;
          const auto written = write([&](Transaction& transaction) -> Result<void> {
            const auto number = transaction.numbers().next("all");
            if (!number) return tl::unexpected(number.error());
            given = *number;
            if (auto added = transaction.envelopes().add(envelope("e" + std::to_string(sequence), sequence)); !added)
              return added;
            if (i % 5 == 0) return base::fail(ErrorCode::cancelled, "this one not");
            return {};
          });
          failures += written ? 0 : 1;
          const std::lock_guard lock(mutex);
          if (written) numbers.push_back(given);
        }
      });
    }
  }
  EXPECT_EQ(failures, kThreads * kEach / 5);
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(std::adjacent_find(numbers.begin(), numbers.end()), numbers.end()) << "a number given twice";
  EXPECT_TRUE(has("e1"));
  EXPECT_FALSE(has("e0"));
}

INSTANTIATE_TEST_SUITE_P(, StoreContract, ::testing::Values(&open_sqlite, &open_postgres),
                         [](const auto& tested) { return tested.index == 0 ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace bangwu::store
