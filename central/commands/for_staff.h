#pragma once
#include <string>

#include "commands/data_folder.h"

namespace bangwu::commands {

/// open_data_folder() of a folder that is there, for a command that shows something: what is not as it should be — the
/// service recovers, or its clock is not believed — is said on standard error first.
[[nodiscard]] base::Result<DataFolder> open_for_staff(const Arguments& arguments);

/// Who gives the order: the user of the operating system, before sudo if there was one.
[[nodiscard]] std::string operator_name();

}  // namespace bangwu::commands
