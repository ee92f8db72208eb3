#include "e2e/scanned_sheet.h"

#include <cstdio>
#include <stdexcept>

#include "support/child_process.h"

namespace bangwu {

SamplePage scanned_sheet(const std::filesystem::path& sane_config, int dots_per_inch) {
  const auto read =
      support::run({BANGWU_READ_SHEET, std::to_string(dots_per_inch)}, {{"SANE_CONFIG_DIR", sane_config}});
  SamplePage sheet;
  int head = 0;
  if (std::sscanf(read.output.c_str(), "P6\n%d %d\n255%n", &sheet.width, &sheet.height, &head) != 2) {
    throw std::runtime_error("no sheet: " + read.errors);
  }
  sheet.rgb.assign(read.output.begin() + head + 1, read.output.end());
  return sheet;
}

}  // namespace bangwu
