#pragma once
#include <string>
#include <string_view>

#include "domain/catalogue.h"

namespace bangwu::screens {

/// A kept answer as it is read: a date in words, an amount with 元, a choice's label translated.
[[nodiscard]] std::string value_words(const domain::Field& field, std::string_view value);
/// The same where the field is not known: dates are recognised by their form.
[[nodiscard]] std::string value_words(std::string_view value);

}  // namespace bangwu::screens
