#pragma once
#include <string>
#include <vector>

namespace bangwu::widgets {

/// What turns letters into Chinese for text_keyboard(); room kiosk/input implements it. UI thread only; each call
/// takes well under a frame (≤ 5 ms). It remembers nothing of what was typed after clear().
class TextEngine {
 public:
  virtual ~TextEngine() = default;

  /// A letter a–z or an apostrophe joins the composition. False when it cannot (the letter is dropped).
  virtual bool press(char letter) = 0;

  /// Takes back the last letter. False when nothing is being composed: the caller deletes from the field instead.
  virtual bool backspace() = 0;

  /// What is being composed, as to be shown ("ni hao", or "你 hao" after a part was chosen); "" when nothing is.
  [[nodiscard]] virtual std::string composition() const = 0;

  /// Up to `count` candidates from number `first` on (0 is the best). Fewer when there are no more.
  [[nodiscard]] virtual std::vector<std::string> candidates(std::size_t first, std::size_t count) const = 0;

  /// Chooses candidate `index`. Returns the text to insert into the field, or "" while more is left to choose.
  [[nodiscard]] virtual std::string choose(std::size_t index) = 0;

  /// Ends the composition with its letters as typed ("nihao") and returns them.
  [[nodiscard]] virtual std::string commit_letters() = 0;

  /// Forgets the composition.
  virtual void clear() = 0;
};

}  // namespace bangwu::widgets
