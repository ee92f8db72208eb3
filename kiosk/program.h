#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace bangwu {

/// Where this program lies; its parts lie beside it.
[[nodiscard]] std::filesystem::path program_folder();
/// Icons, translations and dictionaries, where they are installed with it.
[[nodiscard]] std::filesystem::path share_beside_program();

/// Says what failed on standard error and returns `code`.
int complain(const base::Error& error, int code);
/// The same for a command line that cannot be meant; returns kUsedWrongly.
int wrong_use(const std::string& what);

}  // namespace bangwu
