#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu {

/// A command line's options: --name VALUE for `with_value`, --name for `switches`; the rest are words in order.
/// `invalid_input` names an unknown option or one without its value.
class Arguments {
 public:
  [[nodiscard]] static base::Result<Arguments> parse(std::span<const std::string> given,
                                                     const std::set<std::string_view>& with_value,
                                                     const std::set<std::string_view>& switches);
  [[nodiscard]] bool has(std::string_view name) const { return switches_.contains(std::string(name)); }
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  std::map<std::string, std::string> values_;
  std::set<std::string> switches_;
  std::vector<std::string> words_;
};

}  // namespace bangwu
