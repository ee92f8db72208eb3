#pragma once
#include <string>
#include <vector>

namespace bangwu::session {

struct PrivacyView {
  std::string procedure;
  std::vector<std::string> collected;
};  ///< labels of what will be asked
struct PickupView {
  std::vector<std::string> ways;
  std::string chosen;
};

}  // namespace bangwu::session
