#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "support/child_process.h"

namespace bangwu::support {

/// An Xvfb on a free display; its name, ":7", is put into `name`. `number` is a file for Xvfb to say it in.
[[nodiscard]] std::unique_ptr<ChildProcess> start_virtual_display(const std::filesystem::path& number, int width,
                                                                  int height, std::string& name);

}  // namespace bangwu::support
