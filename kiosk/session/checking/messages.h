#pragma once
#include <string>
#include <variant>

namespace bangwu::session {

struct ChangeAsked {
  std::string line;
  bool operator==(const ChangeAsked&) const = default;
};  ///< CheckLine::id

namespace checking {
using Message = std::variant<ChangeAsked>;
}

}  // namespace bangwu::session
