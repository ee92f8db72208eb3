#pragma once
#include <map>
#include <string>
#include <vector>

#include "screens/screens.h"

namespace bangwu::tests {

/// Page pictures that look like filled-in forms, drawn by code; page 5 is blank; from page 90 on there are none yet.
class SamplePages final : public screens::PagePictures {
 public:
  [[nodiscard]] const widgets::Picture* thumbnail(session::PageKey key) override { return find(key, 310, 438); }
  [[nodiscard]] const widgets::Picture* picture(session::PageKey key) override { return find(key, 1240, 1754); }

 private:
  [[nodiscard]] const widgets::Picture* find(session::PageKey key, int width, int height);
  std::map<std::pair<session::PageKey, int>, widgets::Picture> pictures_;
};

/// A pinyin engine that knows one syllable's candidates, enough for the keyboard's bar to be full.
class SamplePinyin final : public widgets::TextEngine {
 public:
  bool press(char letter) override {
    letters_ += letter;
    return true;
  }
  bool backspace() override;
  [[nodiscard]] std::string composition() const override { return letters_; }
  [[nodiscard]] std::vector<std::string> candidates(std::size_t first, std::size_t count) const override;
  [[nodiscard]] std::string choose(std::size_t index) override;
  [[nodiscard]] std::string commit_letters() override { return std::exchange(letters_, {}); }
  void clear() override { letters_.clear(); }

 private:
  std::string letters_;
};

/// A code that has the shape of one: finders and a fixed pattern that depends on the text.
[[nodiscard]] screens::QrModules sample_qr(std::string_view text);

}  // namespace bangwu::tests
