#pragma once
#include <string>
#include <utility>
#include <vector>

#include "widgets/text_engine.h"

namespace bangwu::support {

/// A TextEngine that knows one reading: any letters compose, the candidates are those given, and choosing one commits
/// it whole.
class FakeTextEngine final : public widgets::TextEngine {
 public:
  explicit FakeTextEngine(std::vector<std::string> candidates) : candidates_(std::move(candidates)) {}

  bool press(char letter) override {
    letters_ += letter;
    return true;
  }
  bool backspace() override {
    if (letters_.empty()) {
      return false;
    }
    letters_.pop_back();
    return true;
  }
  [[nodiscard]] std::string composition() const override { return letters_; }
  [[nodiscard]] std::vector<std::string> candidates(std::size_t first, std::size_t count) const override {
    std::vector<std::string> page;
    for (std::size_t i = first; !letters_.empty() && i < candidates_.size() && page.size() < count; ++i) {
      page.push_back(candidates_[i]);
    }
    return page;
  }
  [[nodiscard]] std::string choose(std::size_t index) override {
    letters_.clear();
    return index < candidates_.size() ? candidates_[index] : std::string();
  }
  [[nodiscard]] std::string commit_letters() override { return std::exchange(letters_, {}); }
  void clear() override { letters_.clear(); }

 private:
  std::vector<std::string> candidates_;
  std::string letters_;
};

}  // namespace bangwu::support
