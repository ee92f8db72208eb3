#include "arguments.h"

namespace bangwu {

base::Result<Arguments> Arguments::parse(std::span<const std::string> given,
                                         const std::set<std::string_view>& with_value,
                                         const std::set<std::string_view>& switches) {
  Arguments arguments;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = given[i];
    if (!word.starts_with("--")) {
      arguments.words_.push_back(word);
      continue;
    }
    const std::string name = word.substr(2);
    if (switches.contains(name)) {
      arguments.switches_.insert(name);
    } else if (with_value.contains(name)) {
      if (i + 1 >= given.size()) return base::fail(base::ErrorCode::invalid_input, word + " needs a value");
      arguments.values_[name] = given[++i];
    } else {
      return base::fail(base::ErrorCode::invalid_input, "unknown option " + word);
    }
  }
  return arguments;
}

std::optional<std::string> Arguments::value(std::string_view name) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace bangwu
