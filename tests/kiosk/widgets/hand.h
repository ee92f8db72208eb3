#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "widgets/stage.h"

namespace bangwu::tests {

/// A stage with a finger: draws a page into memory, touches what is on it by id, and keeps what it draws with.
class Hand {
 public:
  using Page = std::function<widgets::Drawn(widgets::Ui&)>;

  explicit Hand(Page page, widgets::Panel panel = {}) : page_(std::move(page)), panel_(panel) {
    auto made = widgets::Stage::create({.panel = panel, .icons = BANGWU_ICONS});
    if (!made) {
      throw std::runtime_error(made.error().detail);
    }
    stage_ = std::move(*made);
    memory_.resize(static_cast<std::size_t>(panel.width) * static_cast<std::size_t>(panel.height));
    look();
  }

  /// Frames until all input is used.
  void look() {
    do {
      stage_->frame(now, page_, pixels());
      ++frames;
    } while (stage_->input_pending());
  }

  void feed(widgets::Input input) { stage_->feed({std::move(input), now}); }

  [[nodiscard]] const widgets::Item& item(const std::string& id) const {
    const widgets::Item* found = widgets::find_item(stage_->items(), id);
    if (found == nullptr) {
      throw std::runtime_error("not on the screen: " + id);
    }
    return *found;
  }
  [[nodiscard]] bool shows(const std::string& id) const { return widgets::find_item(stage_->items(), id) != nullptr; }
  [[nodiscard]] const std::vector<widgets::Item>& items() const { return stage_->items(); }

  void press(const std::string& id) {
    feed(widgets::PointerDown{item(id).visible.centre()});
    look();
  }
  void release(const std::string& id) {
    feed(widgets::PointerUp{item(id).visible.centre()});
    look();
  }
  /// Down and up at the place where the item is now, both before the next frame.
  void tap(const std::string& id) {
    const widgets::Point at = item(id).visible.centre();
    feed(widgets::PointerDown{at});
    feed(widgets::PointerUp{at});
    look();
  }
  /// On a physical keyboard, and then a pause.
  void type(const std::string& text) {
    feed(widgets::TextTyped{text});
    pause();
  }
  void pause() {
    look();
    now += std::chrono::milliseconds{50};
    look();
  }

  [[nodiscard]] widgets::Pixels pixels() { return {memory_.data(), panel_.width, panel_.height, panel_.width}; }
  [[nodiscard]] const std::vector<std::uint32_t>& memory() const { return memory_; }
  [[nodiscard]] widgets::Stage& stage() { return *stage_; }

  base::SteadyTime now{std::chrono::seconds{1000}};
  int frames = 0;

 private:
  Page page_;
  widgets::Panel panel_;
  std::unique_ptr<widgets::Stage> stage_;
  std::vector<std::uint32_t> memory_;
};

}  // namespace bangwu::tests
