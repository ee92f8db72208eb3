#include "courier/worker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "outbox/bell.h"

namespace bangwu::courier {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTurn{500};  // what an envelope may take while another one is new
constexpr milliseconds kShortestSleep{50};
constexpr milliseconds kLongestSleep{30'000};  // the wall clock may jump: look again
constexpr milliseconds kAfterError{5'000};     // the outbox failed: its disk may be full or busy

}  // namespace

struct Worker::Loop {
  Loop(outbox::Outbox opened, const base::Clock& time, Publish publisher)
      : outbox(std::move(opened)), clock(time), publish(std::move(publisher)) {}

  outbox::Outbox outbox;
  const base::Clock& clock;
  Publish publish;
  std::optional<Courier> courier;
  Findings told{};

  std::atomic<std::uint64_t> turns = 0;

  std::mutex mutex;
  std::condition_variable_any changed;
  bool is_notified = false;  // guarded by mutex

  std::optional<outbox::Listener> listener;  // after what it wakes
  std::jthread thread;                       // last: it uses all above

  void notify() {
    {
      const std::scoped_lock lock{mutex};
      is_notified = true;
    }
    changed.notify_one();
  }

  /// Without it the courier still looks by itself, every half a minute.
  void listen(const std::filesystem::path& directory) {
    auto started = outbox::Listener::start(directory, [this] { notify(); });
    if (started) listener.emplace(std::move(*started));
    else base::log(base::LogLevel::warning, "courier.deaf", {{"detail", started.error().detail}});
  }

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto pause = deliver_due(stop);
      sleep(stop, pause);
    }
  }

  void meet_central(const std::stop_token& stop) {
    if (const auto met = courier->meet_central(stop, [this] { return !has_notification(); }); !met) {
      base::log(base::LogLevel::error, "courier.outbox_failed",
                {{"code", base::name_of(met.error().code)}, {"detail", met.error().detail}});
    }
    tell_findings();
  }

  void tell_findings() {
    if (courier->findings() == told) return;
    told = courier->findings();
    publish(MachineJudged{told});
  }

  /// Delivers until nothing is due; how long to sleep then.
  milliseconds deliver_due(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      meet_central(stop);
      forget_notification();
      const auto began = clock.steady();
      const auto may_go_on = [&] { return clock.steady() - began < kTurn || !has_notification(); };
      auto attempt = courier->deliver_one(stop, may_go_on);
      if (!attempt) {
        base::log(base::LogLevel::error, "courier.outbox_failed",
                  {{"code", base::name_of(attempt.error().code)}, {"detail", attempt.error().detail}});
        return kAfterError;
      }
      if (!*attempt) return until_next_due();
      report(std::move(**attempt));
      tell_findings();
    }
    return milliseconds{0};
  }

  milliseconds until_next_due() {
    const auto now = clock.now();
    const auto due = outbox.next_due(now);
    const auto until = due && *due ? std::chrono::duration_cast<milliseconds>(**due - now) : kLongestSleep;
    return std::clamp(std::min(until, courier->until_meeting()), kShortestSleep, kLongestSleep);
  }

  void report(Attempt attempt) {
    if (attempt.receipt) {
      publish(Delivered{attempt.id, std::move(*attempt.receipt)});
    } else {
      publish(Attempted{attempt.id, attempt.state});
    }
  }

  void sleep(const std::stop_token& stop, milliseconds pause) {
    std::unique_lock lock{mutex};
    changed.wait_for(lock, stop, pause, [this] { return is_notified; });
  }

  /// Asked during an exchange, so that it is a turn as well.
  bool has_notification() {
    turns.fetch_add(1, std::memory_order_relaxed);
    const std::scoped_lock lock{mutex};
    return is_notified;
  }

  void forget_notification() {
    turns.fetch_add(1, std::memory_order_relaxed);
    const std::scoped_lock lock{mutex};
    is_notified = false;
  }
};

Worker::Worker(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

Worker::~Worker() {
  loop_->thread.request_stop();
  loop_->thread.join();
}

base::Result<std::unique_ptr<Worker>> Worker::start(WorkerOptions options, const identity::KioskIdentity& identity,
                                                    blobs::BlobStore blobs, const base::Clock& clock,
                                                    base::Random& random, Publish publish) {
  auto outbox =
      outbox::Outbox::open(options.outbox_directory, blobs,
                           outbox::Identity{identity.kiosk, &identity.device, identity.receipt_key}, options.keeping);
  if (!outbox) return tl::unexpected(outbox.error());
  if (auto reclaimed = outbox->reclaim_leases(); !reclaimed) return tl::unexpected(reclaimed.error());
  auto loop = std::make_unique<Loop>(std::move(*outbox), clock, std::move(publish));
  auto courier =
      Courier::open(std::move(options.settings), identity.central_url, loop->outbox, std::move(blobs), clock, random);
  if (!courier) return tl::unexpected(courier.error());
  loop->courier.emplace(std::move(*courier));
  loop->listen(options.outbox_directory);
  loop->thread = std::jthread([running = loop.get()](const std::stop_token& stop) { running->run(stop); });
  return std::unique_ptr<Worker>(new Worker(std::move(loop)));
}

void Worker::notify() { loop_->notify(); }
std::uint64_t Worker::sign_of_life() const { return loop_->turns.load(std::memory_order_relaxed); }

}  // namespace bangwu::courier
