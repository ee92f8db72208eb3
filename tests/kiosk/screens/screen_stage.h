#pragma once
#include <memory>
#include <string>
#include <vector>

#include "golden_picture.h"
#include "sample_tools.h"
#include "screens/previews/previews.h"
#include "screens/screens.h"
#include "widgets/stage.h"

namespace bangwu::tests {

struct Variant {
  std::string name;
  session::Language language;
  widgets::Panel panel;
};
/// Every language on the kiosk's panel and on a desk's.
[[nodiscard]] const std::vector<Variant>& variants();
/// Its name as GoogleTest takes it.
[[nodiscard]] std::string test_name(const Variant& variant);

/// A screen drawn off-screen: its picture, its items, and what it emits when touched. One at a time: the fonts of a
/// variant are loaded once in a process and shared.
class ScreenStage {
 public:
  ScreenStage(const Variant& variant, session::View view);

  void draw();  ///< as often as it takes to settle
  /// A finger down and up on the middle of the item; returns what that emitted. Fails the test when there is none.
  std::vector<session::Message> tap(const std::string& id);
  std::vector<session::Message> type(const std::string& text);

  [[nodiscard]] Bitmap bitmap() const;
  [[nodiscard]] const std::vector<widgets::Item>& items() const { return stage_->items(); }
  [[nodiscard]] const widgets::Panel& panel() const { return panel_; }
  session::View view;
  SamplePinyin pinyin;
  screens::Tools tools;
  screens::ScreenState state;

 private:
  void frame();
  widgets::Panel panel_;
  SamplePages pages_;
  widgets::Stage* stage_;  // borrowed from the process
  std::vector<std::uint32_t> pixels_;
  std::vector<session::Message> emitted_;
};

/// The preview of that name; fails the test when there is none.
[[nodiscard]] session::View preview_view(const std::string& name);

}  // namespace bangwu::tests
