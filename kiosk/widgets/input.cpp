#include "widgets/input.h"

namespace bangwu::widgets {
namespace {

enum class Step { alone, move, typing };

Step step_of(const Input& input) {
  if (std::holds_alternative<PointerMoved>(input)) {
    return Step::move;
  }
  if (std::holds_alternative<TextTyped>(input) || std::holds_alternative<KeyPressed>(input)) {
    return Step::typing;
  }
  return Step::alone;
}

}  // namespace

void InputQueue::push(TimedInput input) { queue_.push_back(std::move(input)); }

std::vector<TimedInput> InputQueue::take_step() {
  std::size_t count = queue_.empty() ? 0 : 1;
  if (count != 0) {
    const Step step = step_of(queue_.front().input);
    while (step != Step::alone && count < queue_.size() && step_of(queue_[count].input) == step) {
      ++count;
    }
  }
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<TimedInput> taken(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return taken;
}

}  // namespace bangwu::widgets
