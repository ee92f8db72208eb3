#pragma once
#include <atomic>
#include <memory>
#include <thread>

#include "base/log.h"
#include "input/pinyin.h"
#include "runtime/kiosk.h"
#include "widgets/text_engine.h"

namespace bangwu::runtime {

/// Opens the pinyin engine beside the first picture, and puts it behind the keyboard's interface.
struct Kiosk::PinyinLoader final : widgets::TextEngine {
  PinyinLoader(input::PinyinDirs dirs, std::function<void()> wake)
      : thread_([this, dirs = std::move(dirs), wake = std::move(wake)] {
          auto opened = input::PinyinEngine::open(dirs);
          if (opened) engine_ = std::move(*opened);
          else base::log(base::LogLevel::error, "pinyin.missing", {{"detail", opened.error().detail}});
          done_.store(true, std::memory_order_release);
          wake();
        }) {}

  [[nodiscard]] bool is_loading() const { return thread_.joinable(); }
  /// True once; joins the thread, after which the engine belongs to the UI thread.
  [[nodiscard]] bool has_finished() {
    if (!thread_.joinable() || !done_.load(std::memory_order_acquire)) return false;
    thread_.join();
    return engine_ != nullptr;
  }

  bool press(char letter) override { return engine_->press(letter); }
  bool backspace() override { return engine_->backspace(); }
  [[nodiscard]] std::string composition() const override { return engine_->composition(); }
  [[nodiscard]] std::vector<std::string> candidates(std::size_t first, std::size_t count) const override {
    return engine_->candidates(first, count);
  }
  [[nodiscard]] std::string choose(std::size_t index) override { return engine_->choose(index); }
  [[nodiscard]] std::string commit_letters() override { return engine_->commit_letters(); }
  void clear() override { engine_->clear(); }

 private:
  std::atomic<bool> done_ = false;
  std::unique_ptr<input::PinyinEngine> engine_;  // written by thread_, read after the join
  std::jthread thread_;
};

}  // namespace bangwu::runtime
