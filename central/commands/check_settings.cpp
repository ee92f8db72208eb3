#include <iostream>

#include "commands/commands.h"
#include "commands/knowledge.h"

namespace bangwu::commands {

Exit check_settings(const Arguments& arguments) {
  if (!arguments.config) return complain(Exit::usage, "--config FILE is missing");
  const auto settings = settings::read_settings(*arguments.config);
  if (!settings) return complain(Exit::configuration, settings.error().detail);
  std::string problems;
  const Knowledge knowledge = load_knowledge(*settings, problems);
  std::cout << problems << "items    " << knowledge.catalogue.items.size() << "\nbundles  "
            << knowledge.catalogue.bundles.size() << "\nyears   ";
  for (const auto& year : knowledge.calendar.years) std::cout << " " << year.year;
  std::cout << "\n";
  return problems.empty() ? Exit::ok : Exit::configuration;
}

}  // namespace bangwu::commands
