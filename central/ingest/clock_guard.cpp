#include "ingest/clock_guard.h"

#include <algorithm>

#include "base/date.h"

namespace bangwu::ingest {
namespace {
constexpr std::chrono::minutes kStepBack{10};  // what a correction by the network's time may take back
}  // namespace

base::Result<void> ClockGuard::check(base::SystemTime now, std::optional<base::SystemTime> latest) const {
  const auto wrong = [&](const std::string& why) {
    return base::fail(base::ErrorCode::unavailable, "the central service's clock says " + base::to_hall_time(now) +
                                                        ", " + why + ": set the clock; until then nothing is numbered");
  };
  if (now < built_) return wrong("before this program was built, " + base::to_hall_time(built_));
  if (latest && now < *latest - kStepBack)
    return wrong("before the last envelope was stored, " + base::to_hall_time(*latest) +
                 " (if the clock was wrong then and is right now: bangwu-central clock accept)");
  const auto known = std::max(built_, latest.value_or(built_));
  if (now > known + furthest_leap_)
    return wrong("more than " + std::to_string(furthest_leap_.count()) +
                 " days after anything that is known; if that is so, set clock.furthest_leap_days in central.toml");
  return {};
}

base::Result<std::optional<base::SystemTime>> latest_believed(store::Store& store) {
  std::optional<base::SystemTime> latest;
  const auto read = store.read([&](store::Transaction& transaction) -> base::Result<void> {
    auto found = transaction.envelopes().latest_believed_arrival();
    if (!found) return tl::unexpected(found.error());
    latest = *found;
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return latest;
}

base::Result<std::uint64_t> accept_clock(store::Store& store, const ClockGuard& guard, base::SystemTime now,
                                         std::string_view actor, std::string_view because) {
  if (auto checked = guard.check(now, std::nullopt); !checked) return tl::unexpected(checked.error());
  std::uint64_t count = 0;
  const auto written = store.write([&](store::Transaction& transaction) -> base::Result<void> {
    const auto latest = transaction.envelopes().latest_believed_arrival();
    if (!latest) return tl::unexpected(latest.error());
    if (!*latest || **latest <= now)
      return base::fail(base::ErrorCode::invalid_input,
                        "no envelope came later than the clock says it is now: there is nothing to accept");
    const auto marked = transaction.envelopes().mark_misdated(now);
    if (!marked) return tl::unexpected(marked.error());
    count = *marked;
    return transaction.journal().add(now, actor,
                                     "accepted the clock; not believed: arrivals up to " + base::to_rfc3339(**latest) +
                                         "; because: " + std::string(because));
  });
  if (!written) return tl::unexpected(written.error());
  return count;
}

}  // namespace bangwu::ingest
