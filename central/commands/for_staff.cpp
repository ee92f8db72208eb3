#include "commands/for_staff.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>

#include "base/build_date.h"
#include "base/printable.h"
#include "ingest/clock_guard.h"
#include "recovery/recovery.h"
#include "settings/settings.h"

namespace bangwu::commands {
namespace {

using base::Result;

Result<ingest::ClockGuard> guard_of(const Arguments& arguments) {
  if (!arguments.config) return ingest::ClockGuard(base::built_at());
  const auto settings = settings::read_settings(*arguments.config);
  if (!settings) return tl::unexpected(settings.error());
  return ingest::ClockGuard(base::built_at(), settings->clock.furthest_leap);
}

Result<void> tell_what_is_wrong(const DataFolder& data, const ingest::ClockGuard& guard) {
  const auto since = recovery::recovering_since(*data.store);
  if (!since) return tl::unexpected(since.error());
  if (*since) {
    std::cerr << "recovering since " << **since
              << ": this service was restored, and its kiosks have not all given again what it may have forgotten\n";
  }
  const auto latest = ingest::latest_believed(*data.store);
  if (!latest) return tl::unexpected(latest.error());
  const auto believed = guard.check(base::RealClock{}.now(), *latest);
  if (!believed) std::cerr << "clock: " << believed.error().detail << "\n";
  return {};
}

}  // namespace

Result<DataFolder> open_for_staff(const Arguments& arguments) {
  const auto guard = guard_of(arguments);
  if (!guard) return tl::unexpected(guard.error());
  auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return data;
  if (const auto told = tell_what_is_wrong(*data, *guard); !told) return tl::unexpected(told.error());
  return data;
}

std::string operator_name() {
  if (const char* name = std::getenv("SUDO_USER"); name != nullptr && *name != '\0') return base::printable(name);
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    return base::printable(found->pw_name);
  return "user " + std::to_string(::getuid());
}

}  // namespace bangwu::commands
