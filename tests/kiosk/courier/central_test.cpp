#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "courier/worker.h"
#include "with_central.h"

/// The courier against the real central service, over TLS, through a line that breaks, while the service is killed.
namespace bangwu::courier {
namespace {

using support::Interference;

TEST_F(WithCentral, AVisitorsEnvelopeIsAnsweredWithinFourSeconds) {
  const base::RealClock real;
  base::KernelRandom kernel;
  auto box = open_outbox();
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Event> events;
  const auto worker =
      Worker::start({directory / "outbox", settings()}, *identity, *store, real, kernel, [&](Event event) {
        const std::scoped_lock lock{mutex};
        events.push_back(std::move(event));
        changed.notify_all();
      });
  ASSERT_TRUE(worker) << worker.error().detail;
  for (int i = 0; i < 5; ++i) {
    const auto began = std::chrono::steady_clock::now();
    accept(box, {300'000, 300'000});
    (*worker)->notify();
    std::unique_lock lock{mutex};
    ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds{10}, [&] { return events.size() == std::size_t(i) + 1; }));
    ASSERT_TRUE(std::holds_alternative<Delivered>(events.back()));
    EXPECT_FALSE(std::get<Delivered>(events.back()).receipt.case_number.empty());
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{4});
  }
  expect_everything_arrived_once();
}

TEST_F(WithCentral, ALineThatBreaksEverywhereLosesNothingAndDoublesNothing) {
  auto box = open_outbox();
  auto courier = Courier::open(settings(), identity->central_url, box, *store, clock, random);
  ASSERT_TRUE(courier);
  for (int i = 0; i < 12; ++i) accept(box, std::vector<std::size_t>(random.next() % 4, 1 + random.next() % 1'500'000));
  const auto roll = [&](std::uint64_t sides) { return (random.next() >> 33U) % sides; };
  int attempts = 0;
  while (undelivered(box) > 0 && attempts < 400) {
    Interference plan;
    switch (roll(6)) {
      case 0: plan.cut_after_sent = roll(2'000'000); break;
      case 1: plan.cut_after_received = roll(6'000); break;
      case 2: plan.corrupt_sent = roll(1'000'000); break;
      case 3: plan.corrupt_received = roll(6'000); break;
      case 4: plan.refuse = true; break;
      default: break;
    }
    if (attempts < 300) proxy.interfere_next(plan);
    if (roll(3) == 0) proxy.cut_all();
    const auto due = box.next_due(clock.now()).value();
    if (due && *due > clock.now()) clock.advance(*due - clock.now());
    const auto made = courier->deliver_one({});
    ASSERT_TRUE(made) << made.error().detail;
    ++attempts;
  }
  EXPECT_EQ(undelivered(box), 0U);
  expect_everything_arrived_once();
}

TEST_F(WithCentral, ALineThatLosesAnswersLeavesOneUploadAFile) {
  auto box = open_outbox();
  auto how = settings();
  how.one_request_limit = 0;
  auto courier = Courier::open(how, identity->central_url, box, *store, clock, random);
  ASSERT_TRUE(courier);
  for (int i = 0; i < 3; ++i) accept(box, {100'000, 200'000});
  for (std::uint64_t i = 0; i < 80; ++i) {
    // Somewhere around the first answer after a handshake.
    proxy.interfere_next({.cut_after_received = 1'500 + 25 * i});
    proxy.cut_all();
    const auto due = box.next_due(clock.now()).value();
    if (due && *due > clock.now()) clock.advance(*due - clock.now());
    ASSERT_TRUE(courier->deliver_one({}));
  }
  const auto is_record = [](const auto& entry) { return entry.path().extension() == ".record"; };
  const auto folder = std::filesystem::directory_iterator(central.data() / "uploads");
  EXPECT_LE(std::count_if(begin(folder), end(folder), is_record), attachments);
  for (int i = 0; i < 60 && undelivered(box) > 0; ++i) {
    const auto due = box.next_due(clock.now()).value();
    if (due && *due > clock.now()) clock.advance(*due - clock.now());
    ASSERT_TRUE(courier->deliver_one({}));
  }
  expect_everything_arrived_once();
}

TEST_F(WithCentral, KillingTheServiceAtAnyMomentLosesNothingAndDoublesNothing) {
  auto box = open_outbox();
  auto courier = Courier::open(settings(), identity->central_url, box, *store, clock, random);
  ASSERT_TRUE(courier);
  std::mutex mutex;
  std::condition_variable_any changed;
  std::uint64_t dice = random.next() | 1U;
  std::jthread killer([&](const std::stop_token& stop) {
    for (int kills = 0; kills < 12 && !stop.stop_requested(); ++kills) {
      dice = dice * 6364136223846793005U + 1442695040888963407U;
      std::unique_lock lock{mutex};
      changed.wait_for(lock, stop, std::chrono::milliseconds{30 + (dice >> 40U) % 400}, [] { return false; });
      central.kill();
      central.start();
      proxy.set_upstream(central.port());
    }
    // The service ends with the thread that started it (PR_SET_PDEATHSIG), so this one stays until all is delivered.
    std::unique_lock lock{mutex};
    changed.wait(lock, stop, [] { return false; });
  });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{90};
  for (int i = 0; i < 20; ++i) accept(box, std::vector<std::size_t>(random.next() % 5, 1 + random.next() % 900'000));
  while (undelivered(box) > 0 && std::chrono::steady_clock::now() < until) {
    const auto due = box.next_due(clock.now()).value();
    if (due && *due > clock.now()) clock.advance(*due - clock.now());
    const auto made = courier->deliver_one({});
    ASSERT_TRUE(made) << made.error().detail;
  }
  killer.request_stop();
  killer.join();
  EXPECT_EQ(undelivered(box), 0U);
  expect_everything_arrived_once();
}

}  // namespace
}  // namespace bangwu::courier
