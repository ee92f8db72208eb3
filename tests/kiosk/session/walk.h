#pragma once
#include <random>
#include <set>

#include "kiosk/session/driver.h"

namespace bangwu::session {

/// A stranger at the machine under one seed: mostly does what the screen asks for, often goes back, now and then
/// presses or answers anything. What is typed in a visit bears its number, so that it is known again elsewhere.
class Stranger {
 public:
  explicit Stranger(unsigned seed) : random_(seed) {}

  [[nodiscard]] std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>{0, limit - 1}(random_);
  }
  [[nodiscard]] bool one_in(std::size_t limit) { return below(limit) == 0; }
  /// `visit`: the number of this visit, `ticket`: what was last ordered to be stored.
  [[nodiscard]] Message next(Driver& driver, const View& view, int visit, Ticket ticket);
  [[nodiscard]] Message anything(Driver& driver, int visit, Ticket ticket);

 private:
  template <class T, std::size_t N>
  [[nodiscard]] const T& one_of(const T (&options)[N]) {
    return options[below(N)];
  }
  struct Sensible;
  [[nodiscard]] std::string text(domain::FieldKind kind, int visit);
  std::mt19937 random_;
};

}  // namespace bangwu::session
