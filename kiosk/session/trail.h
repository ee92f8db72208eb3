#pragma once
#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

namespace bangwu::session {

/// The steps of a part: where it stands, where 上一步 leads, and what was begun on steps that were left by 上一步. A
/// step's room gives two functions: is_same_question(a, b), and take_typed(next, left), which moves what was typed on
/// `left` into `next`.
template <class Step>
struct Trail {
  Step step;
  std::vector<Step> behind{};
  std::vector<Step> ahead{};  ///< left by 上一步, unconfirmed

  /// Forward: 上一步 comes back to the present step; what was begun on the next one stands there again.
  void go(Step next) {
    behind.push_back(std::move(step));
    step = std::move(next);
    for (auto left = ahead.begin(); left != ahead.end(); ++left) {
      if (!is_same_question(*left, step)) continue;
      take_typed(step, *left);
      ahead.erase(left);
      return;
    }
  }
  /// False, and nothing changed, on the first step.
  [[nodiscard]] bool back() {
    if (behind.empty()) return false;
    std::erase_if(ahead, [&](const Step& left) { return is_same_question(left, step); });
    ahead.push_back(std::move(step));
    step = std::move(behind.back());
    behind.pop_back();
    return true;
  }
  /// Back to the last step of kind S, confirmed: nothing is kept of the steps between. False, and nothing changed, when
  /// there is none.
  template <class S>
  [[nodiscard]] bool return_to() {
    for (std::size_t i = behind.size(); i-- > 0;) {
      if (!std::holds_alternative<S>(behind[i])) continue;
      step = std::move(behind[i]);
      behind.erase(behind.begin() + static_cast<std::ptrdiff_t>(i), behind.end());
      return true;
    }
    return false;
  }
};

}  // namespace bangwu::session
