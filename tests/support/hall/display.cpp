#include "support/hall/display.h"

#include <stdexcept>

#include "support/files.h"

namespace bangwu::support {

std::unique_ptr<ChildProcess> start_virtual_display(const std::filesystem::path& number, int width, int height,
                                                    std::string& name) {
  const std::string size = std::to_string(width) + "x" + std::to_string(height) + "x24";
  // Without -noreset the server begins anew when its last client goes, and refuses who comes at that moment.
  auto display = std::make_unique<ChildProcess>(
      Command{{"sh", "-c", "exec Xvfb -displayfd 3 -screen 0 " + size + " -nolisten tcp -noreset 3>\"$0\" 2>/dev/null",
               number.string()},
              {},
              {}});
  std::string said;
  const bool is_there = eventually([&] {
    said = read_file(number);
    return said.ends_with('\n');
  });
  if (!is_there) throw std::runtime_error("Xvfb did not start");
  name = ":" + said.substr(0, said.size() - 1);
  return display;
}

}  // namespace bangwu::support
