#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace bangwu::input {

struct PinyinDirs {
  std::filesystem::path data;  ///< share/rime of the build or the installation; may be read-only
  std::filesystem::path
      scratch;  ///< librime insists on a user directory; nothing is ever written there, it need not exist
};

/// Pinyin to simplified Chinese: whole syllables or initials, phrases and sentences, with the places, items and
/// surnames of the district among its words.
///
/// It learns nothing: no user dictionary exists, so what one visitor types never changes what the next is offered, and
/// nothing is written to any disk. After clear() not even memory holds what was typed.
///
/// Threads: open() may run on any thread (a worker at idle: it takes some ten milliseconds); after that one thread at a
/// time. One engine may live in a process: librime's state is global.
///
/// Time: a key with its candidates takes 0.2 ms as a rule, less than 10 ms for the worst that can be typed.
class PinyinEngine {
 public:
  /// What one composition may hold; further letters are refused. Each bare initial multiplies the readings to weigh, so
  /// their number is what bounds the time of a key.
  static constexpr std::size_t kMaxLetters = 60;
  static constexpr std::size_t kMaxInitials = 7;

  /// not_found: the data is not in dirs.data. busy: another engine lives. internal: librime refused the data.
  [[nodiscard]] static base::Result<std::unique_ptr<PinyinEngine>> open(const PinyinDirs& dirs);
  ~PinyinEngine();
  PinyinEngine(const PinyinEngine&) = delete;
  PinyinEngine& operator=(const PinyinEngine&) = delete;

  /// A letter a–z, or ' between two syllables ("xi'an"), joins the composition. False: it cannot, and nothing changed.
  bool press(char letter);

  /// Takes back what was done last: a choice, else a letter. False when nothing is being composed.
  bool backspace();

  /// What is being composed, as to be shown: "ni hao", or "你 hao" after a part was chosen; "" when nothing is.
  [[nodiscard]] std::string composition() const;

  /// Up to `count` candidates from number `first` on; 0 is the best. Fewer when there are no more.
  [[nodiscard]] std::vector<std::string> candidates(std::size_t first, std::size_t count) const;

  /// Chooses candidate `index`. Returns the whole text when nothing is left to choose, else "" (also when there is no
  /// such candidate).
  [[nodiscard]] std::string choose(std::size_t index);

  /// Ends the composition and returns its letters as typed, those of parts already chosen too.
  [[nodiscard]] std::string commit_letters();

  /// Forgets the composition and everything typed since the last clear().
  void clear();

 private:
  PinyinEngine();
  class Librime;
  std::unique_ptr<Librime> rime_;
};

}  // namespace bangwu::input
