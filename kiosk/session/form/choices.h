#pragma once
#include <optional>
#include <string>

#include "domain/form.h"

namespace bangwu::session::form {

/// The screenful of a long list of answers that is shown: the one turned to, else the one of the chosen answer.
[[nodiscard]] int choice_screenful(const domain::Field& field, const std::string& chosen, std::optional<int> turned_to);

}  // namespace bangwu::session::form
