// bangwu-catalogue check DIRECTORY       prints what is wrong in items/ and bundles/; exit code 1 if anything is
// bangwu-catalogue pot DIRECTORY         prints the visible texts as a gettext template
// bangwu-catalogue calendar DIRECTORY    prints what is wrong in the calendar files; exit code 1 if anything is
#include <iostream>
#include <string_view>

#include "catalogue/load.h"
#include "catalogue/visible_texts.h"

namespace {

using namespace bangwu;

int print_problems(const std::vector<catalogue::Problem>& problems) {
  for (const auto& problem : problems) std::cerr << catalogue::to_string(problem) << "\n";
  return problems.empty() ? 0 : 1;
}

int check(const char* directory) {
  const auto loaded = catalogue::load_catalogue(directory);
  std::cout << loaded.catalogue.items.size() << " 个事项，" << loaded.catalogue.bundles.size() << " 个“一件事”\n";
  return print_problems(loaded.problems);
}

int print_pot(const char* directory) {
  const auto loaded = catalogue::load_catalogue(directory);
  std::cout << catalogue::to_pot(catalogue::visible_texts(loaded.catalogue));
  return print_problems(loaded.problems);
}

int check_calendar(const char* directory) {
  const auto loaded = catalogue::load_calendars(directory);
  std::cout << loaded.calendar.years.size() << " 个年份\n";
  return print_problems(loaded.problems);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view command = count == 3 ? arguments[1] : "";
  if (command == "check") return check(arguments[2]);
  if (command == "pot") return print_pot(arguments[2]);
  if (command == "calendar") return check_calendar(arguments[2]);
  std::cerr << "用法：bangwu-catalogue check|pot|calendar 文件夹\n";
  return 2;
}
