// bangwu-catalogue pot DIRECTORY         prints the visible texts of a catalogue as a gettext template
#include <iostream>
#include <string_view>

#include "catalogue/load.h"
#include "catalogue/visible_texts.h"

int main(int count, char** arguments) {
  using namespace bangwu;
  if (count != 3 || std::string_view(arguments[1]) != "pot") {
    std::cerr << "用法：bangwu-catalogue pot 文件夹\n";
    return 2;
  }
  const auto loaded = catalogue::load_catalogue(arguments[2]);
  std::cout << catalogue::to_pot(catalogue::visible_texts(loaded.catalogue));
  for (const auto& problem : loaded.problems) std::cerr << catalogue::to_string(problem) << "\n";
  return loaded.problems.empty() ? 0 : 1;
}
