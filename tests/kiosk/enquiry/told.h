#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "enquiry/enquiry.h"

namespace bangwu::enquiry {

/// Who asked: keeps what was published.
class Told {
 public:
  [[nodiscard]] Enquiry::Publish publish() {
    return [this](Answer answer) {
      const std::scoped_lock lock{mutex_};
      answers_.push_back(std::move(answer));
      changed_.notify_all();
    };
  }
  /// The next answer, or nothing after `patience`.
  [[nodiscard]] std::optional<Answer> next(std::chrono::milliseconds patience = std::chrono::seconds{20}) {
    std::unique_lock lock{mutex_};
    if (!changed_.wait_for(lock, patience, [this] { return !answers_.empty(); })) return std::nullopt;
    auto first = std::move(answers_.front());
    answers_.erase(answers_.begin());
    return first;
  }
  [[nodiscard]] std::optional<Failure> next_failure() {
    const auto answer = next();
    const auto* failure = answer ? std::get_if<Failure>(&answer->found) : nullptr;
    return failure != nullptr ? std::optional(*failure) : std::nullopt;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Answer> answers_;  // guarded by mutex_
};

}  // namespace bangwu::enquiry
