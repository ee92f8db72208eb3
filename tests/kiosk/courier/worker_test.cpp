#include "courier/worker.h"

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>

#include "hall.h"

namespace bangwu::courier {
namespace {

using namespace std::chrono_literals;
using outbox::Reason;
using support::Fault;
using support::is_request;
using support::problem;
using Kind = Fault::Kind;

/// What a worker published, in order.
class Journal {
 public:
  Worker::Publish publisher() {
    return [this](Event event) {
      const std::scoped_lock lock{mutex_};
      events_.push_back(std::move(event));
      changed_.notify_all();
    };
  }
  /// Waits until an event says so of this envelope; false after `patience`.
  template <class Predicate>
  bool wait_for(Predicate predicate, std::chrono::seconds patience = 10s) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return std::any_of(events_.begin(), events_.end(), predicate); });
  }
  bool wait_for_delivery(const base::Uuid& id, std::chrono::seconds patience = 10s) {
    const auto is_it = [&](const Event& event) {
      const auto* delivered = std::get_if<Delivered>(&event);
      return delivered != nullptr && delivered->id == id && delivered->receipt.envelope == id;
    };
    return wait_for(is_it, patience);
  }
  bool wait_for_attempt(const base::Uuid& id) {
    return wait_for([&](const Event& event) {
      const auto* attempted = std::get_if<Attempted>(&event);
      return attempted != nullptr && attempted->id == id;
    });
  }

 private:
  std::mutex mutex_;  // guards events_
  std::condition_variable changed_;
  std::vector<Event> events_;
};

class WorkerTest : public Hall {
 protected:
  WorkerTest() {
    // The same key as the queue was signed with: another would be another enrolment.
    EXPECT_TRUE(device.save(directory / "device.key"));
    identity.device = envelope::SigningKey::load(directory / "device.key").value();
    identity.kiosk = "k-test";
    identity.central_url = server.url();
    identity.token = "token";
    identity.receipt_key = central.receipt_key();
  }
  std::unique_ptr<Worker> start() {
    auto settings = quick_settings();
    settings.http.stall = std::chrono::seconds{600};  // hanging is hanging in these tests
    auto worker = Worker::start({directory / "outbox", settings, kKeepNothing}, identity, *store, real_clock, kernel,
                                journal.publisher());
    EXPECT_TRUE(worker) << worker.error().detail;
    return std::move(*worker);
  }
  bool wait_for_request(const std::string& prefix) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (count(prefix) == 0 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return count(prefix) > 0;
  }

  base::RealClock real_clock;
  base::KernelRandom kernel;
  Journal journal;
  identity::KioskIdentity identity{{}, "hall 3", {}, {}, {}, {}, {}, envelope::SigningKey::make()};
};

TEST_F(WorkerTest, WhatWasThereBeforeItsStartIsDelivered) {
  const auto id = accept({5'000, 50'000});
  const auto worker = start();
  EXPECT_TRUE(journal.wait_for_delivery(id));
}

TEST_F(WorkerTest, ANotifiedEnvelopeGoesAtOnce) {
  const auto worker = start();
  const auto first = accept();
  worker->notify();
  ASSERT_TRUE(journal.wait_for_delivery(first));
  const auto began = std::chrono::steady_clock::now();
  const auto second = accept({5'000});
  worker->notify();
  ASSERT_TRUE(journal.wait_for_delivery(second));
  EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
}

TEST_F(WorkerTest, AFailureIsPublishedAndTriedAgainWhenDue) {
  server.fault_next(is_request("PUT"), {.kind = Kind::answer, .reply = problem(503, "unavailable")});
  const auto id = accept();
  const auto worker = start();
  EXPECT_TRUE(journal.wait_for([&](const Event& event) {
    const auto* attempted = std::get_if<Attempted>(&event);
    if (attempted == nullptr || attempted->id != id) return false;
    const auto* waiting = std::get_if<outbox::Waiting>(&attempted->state);
    return waiting != nullptr && waiting->reason == Reason::server_busy;
  }));
  EXPECT_TRUE(journal.wait_for_delivery(id)) << "at most two seconds later, by itself";
}

// As `bangwu-kiosk queue retry` does it, in a process of its own.
TEST_F(WorkerTest, WhatStaffRetryGoesNowAndNotWhenItIsDue) {
  server.fault_next(is_request("PUT"), {.kind = Kind::answer, .reply = {503, {{"Retry-After", "3600"}}, ""}});
  const auto id = accept();
  const auto worker = start();
  ASSERT_TRUE(journal.wait_for_attempt(id));
  auto staff = outbox::Outbox::open(directory / "outbox", *store, std::nullopt, outbox::kKeepAll);
  ASSERT_TRUE(staff);
  ASSERT_TRUE(staff->retry(id));
  EXPECT_TRUE(journal.wait_for_delivery(id));
}

TEST_F(WorkerTest, ADeadLetterIsPublished) {
  server.fault_next(is_request("PUT"), {.kind = Kind::answer, .reply = problem(422, "cannot-open")});
  const auto id = accept();
  const auto worker = start();
  EXPECT_TRUE(journal.wait_for([&](const Event& event) {
    const auto* attempted = std::get_if<Attempted>(&event);
    return attempted != nullptr && attempted->id == id && std::holds_alternative<outbox::Dead>(attempted->state);
  }));
}

TEST_F(WorkerTest, StopsAtOnceWhileCentralHangs) {
  server.fault_next(is_request("PUT"), {.kind = Kind::hang});
  const auto id = accept();
  auto worker = start();
  ASSERT_TRUE(wait_for_request("PUT"));
  const auto began = std::chrono::steady_clock::now();
  worker.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  EXPECT_TRUE(std::holds_alternative<outbox::Ready>(state_of(id)));
  EXPECT_EQ(box->show(id)->entry.attempts, 0);
}

// Else the watchdog would take a slow line for a thread that hangs.
TEST_F(WorkerTest, ShowsThatItLivesWhileCentralHangs) {
  server.fault_next(is_request("PUT"), {.kind = Kind::hang});
  accept();
  const auto worker = start();
  ASSERT_TRUE(wait_for_request("PUT"));
  const auto seen = worker->sign_of_life();
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (worker->sign_of_life() < seen + 3 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  EXPECT_GE(worker->sign_of_life(), seen + 3);
}

TEST_F(WorkerTest, StopsAtOnceInTheMiddleOfAnUpload) {
  server.fault_next(is_request("PATCH"), {.kind = Kind::hang});
  accept({500'000});
  auto worker = start();
  ASSERT_TRUE(wait_for_request("PATCH"));
  const auto began = std::chrono::steady_clock::now();
  worker.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  deliver_all();
  expect_everything_arrived_once();
}

TEST_F(WorkerTest, ANewEnvelopeDoesNotWaitForOneThatHangs) {
  server.fault_next(is_request("PUT"), {.kind = Kind::hang});
  const auto hanging = accept();
  const auto worker = start();
  ASSERT_TRUE(wait_for_request("PUT"));
  const auto began = std::chrono::steady_clock::now();
  const auto fresh = accept({5'000});
  worker->notify();
  ASSERT_TRUE(journal.wait_for_delivery(fresh));
  EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
  EXPECT_TRUE(journal.wait_for_delivery(hanging)) << "its turn comes again";
}

TEST_F(WorkerTest, ANewEnvelopeDoesNotWaitForALargeUpload) {
  server.fault_next(is_request("PATCH"), {.kind = Kind::hang});
  const auto large = accept({8'000'000});
  const auto worker = start();
  ASSERT_TRUE(wait_for_request("PATCH"));
  const auto began = std::chrono::steady_clock::now();
  const auto fresh = accept({5'000});
  worker->notify();
  ASSERT_TRUE(journal.wait_for_delivery(fresh));
  EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
  EXPECT_TRUE(journal.wait_for_delivery(large));
  EXPECT_EQ(central.uploads_created(), 2U) << "the large one went on where it was";
}

TEST_F(WorkerTest, WhatACrashLeftLeasedIsAskedForAndDelivered) {
  const auto id = accept();
  ASSERT_TRUE(
      box->lease_next(real_clock.now(), std::chrono::minutes{50}));  // by the worker's clock it is far from over
  box.reset();
  const auto worker = start();
  EXPECT_TRUE(journal.wait_for_delivery(id));
  EXPECT_EQ(count("GET"), 1);
}

/// The queue's database as a disk leaves it that fails for a while.
class FailingDatabase {
 public:
  explicit FailingDatabase(const std::filesystem::path& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &database_), SQLITE_OK);
    run("ALTER TABLE items RENAME TO items_elsewhere");
  }
  ~FailingDatabase() { sqlite3_close(database_); }
  FailingDatabase(const FailingDatabase&) = delete;
  FailingDatabase& operator=(const FailingDatabase&) = delete;
  void heal() { run("ALTER TABLE items_elsewhere RENAME TO items"); }

 private:
  void run(const char* sql) {
    EXPECT_EQ(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database_);
  }
  sqlite3* database_ = nullptr;
};

TEST_F(WorkerTest, AfterAnErrorOfTheQueueItTriesAgainByItself) {
  const auto worker = start();
  const auto first = accept();
  worker->notify();
  ASSERT_TRUE(journal.wait_for_delivery(first));
  const auto second = accept();
  box.reset();
  testing::internal::CaptureStderr();
  FailingDatabase failing{directory / "outbox" / "outbox.sqlite"};
  const auto began = std::chrono::steady_clock::now();
  worker->notify();
  EXPECT_FALSE(journal.wait_for_delivery(second, 2s));
  failing.heal();
  EXPECT_TRUE(journal.wait_for_delivery(second)) << "nobody notified it again";
  EXPECT_GT(std::chrono::steady_clock::now() - began, 4s) << "and it did not run hot meanwhile";
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("error courier.outbox_failed"), std::string::npos) << log;
}

TEST_F(WorkerTest, ABadAddressIsSaidAtTheStart) {
  identity.central_url = "http://central.example";
  const auto worker = Worker::start({directory / "outbox", quick_settings()}, identity, *store, real_clock, kernel,
                                    journal.publisher());
  ASSERT_FALSE(worker);
  EXPECT_EQ(worker.error().code, base::ErrorCode::invalid_input);
}

}  // namespace
}  // namespace bangwu::courier
