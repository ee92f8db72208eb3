#include <iostream>

#include "base/clock.h"
#include "base/date.h"
#include "commands/commands.h"
#include "commands/for_staff.h"
#include "follow_up/sample.h"
#include "json/text.h"

namespace bangwu::commands {
namespace {

using follow_up::Sample;

constexpr const char* kHowToDrawAgain =
    "lot = SHA-256 of the seed, a line feed and the case number; the smallest lots are drawn, in their order";

void print_text(const Sample& sample) {
  std::cout << "seed        " << sample.seed << "\n"
            << "period      " << base::date_text(sample.period.from) << " to " << base::date_text(sample.period.to)
            << "\n"
            << "cases       " << sample.population.size() << "\n"
            << "cases hash  " << sample.population_sha256 << "  SHA-256 of their numbers, a line feed after each\n"
            << "how         " << kHowToDrawAgain << "\n";
  for (const auto& lot : sample.drawn) std::cout << lot.sha256 << "  " << lot.case_number << "\n";
}

void print_json(const Sample& sample) {
  auto drawn = json::Value::array();
  for (const auto& lot : sample.drawn) drawn.push_back({{"case_number", lot.case_number}, {"lot", lot.sha256}});
  const json::Value shown{{"seed", sample.seed},
                          {"from", base::date_text(sample.period.from)},
                          {"to", base::date_text(sample.period.to)},
                          {"how", kHowToDrawAgain},
                          {"cases", sample.population},
                          {"cases_sha256", sample.population_sha256},
                          {"drawn", std::move(drawn)}};
  std::cout << json::write(shown, json::Layout::indented) << "\n";
}

/// What is wrong with the order; empty if nothing is.
std::string fault_of(const Arguments& arguments, std::chrono::year_month_day today) {
  if (arguments.seed.empty() || !arguments.from || !arguments.to || !arguments.count)
    return "--seed TEXT, --from DATE, --to DATE and --count N are all needed";
  if (arguments.seed.find('\n') != std::string::npos) return "--seed must be one line";
  if (*arguments.from > *arguments.to) return "--from must not be after --to";
  if (*arguments.to >= today) return "the period has not ended: --to must be before today, " + base::date_text(today);
  if (*arguments.count == 0) return "--count must be at least 1";
  return {};
}

}  // namespace

Exit draw_follow_up(const Arguments& arguments) {
  const std::string fault = fault_of(arguments, base::china_date(base::RealClock{}.now()));
  if (!fault.empty()) return complain(Exit::usage, "sample: " + fault);
  auto data = open_for_staff(arguments);
  if (!data) return complain(data.error());
  Sample sample;
  const auto read = data->store->read([&](store::Transaction& transaction) -> base::Result<void> {
    auto drawn =
        follow_up::draw_sample(transaction.cases(), arguments.seed, {*arguments.from, *arguments.to}, *arguments.count);
    if (!drawn) return tl::unexpected(drawn.error());
    sample = std::move(*drawn);
    return {};
  });
  if (!read) return complain(Exit::store, read.error().detail);
  if (arguments.json) print_json(sample);
  else print_text(sample);
  return Exit::ok;
}

}  // namespace bangwu::commands
