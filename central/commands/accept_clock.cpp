#include <iostream>

#include "base/build_date.h"
#include "base/date.h"
#include "commands/commands.h"
#include "commands/for_staff.h"
#include "ingest/clock_guard.h"

namespace bangwu::commands {
namespace {

constexpr std::size_t kLongestWords = 200;

}  // namespace

Exit accept_clock(const Arguments& arguments) {
  if (arguments.because.empty() || arguments.because.size() > kLongestWords)
    return complain(Exit::usage, "--because WORDS is missing, or too long: the journal keeps them");
  auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return complain(data.error());
  const auto now = base::RealClock{}.now();
  const auto count =
      ingest::accept_clock(*data->store, ingest::ClockGuard(base::built_at()), now, operator_name(), arguments.because);
  if (!count && count.error().code == base::ErrorCode::io_failed) return complain(count.error());
  if (!count) return complain(Exit::failed, count.error().detail);
  std::cout << "now         " << base::to_hall_time(now) << ": from here on numbers are given again\n"
            << "misdated    " << *count
            << " envelopes came, by a clock that was wrong, at a later time. Their numbers, dates and limits stay as "
               "they were told; show says so of each\n";
  return Exit::ok;
}

}  // namespace bangwu::commands
