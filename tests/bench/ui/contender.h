#pragma once
#include <memory>
#include <string>

#include "bench/ui/measure.h"

namespace bangwu::bench {

/// What both sides show, where it is touched, and where the answer is seen.
struct Places {
  Area picture{};              ///< part of the first picture
  int tile_x = 0, tile_y = 0;  ///< start → next screen
  int back_x = 0, back_y = 0;  ///< and back
  Area heading{};              ///< differs between the two
  int search_x = 0, search_y = 0;
  int key_x = 0, key_y = 0, erase_x = 0, erase_y = 0;
  Area field{};
};

/// A program that shows the start screen on a display of its own.
class Contender {
 public:
  virtual ~Contender() = default;
  virtual void start() = 0;  ///< the process is started when this returns; its picture may not be there yet
  virtual void stop() = 0;
  [[nodiscard]] virtual pid_t pid() const = 0;
  [[nodiscard]] virtual std::string display() const = 0;
  /// Once the first picture is there.
  [[nodiscard]] virtual Places places() = 0;
  /// From the search screen to the start screen.
  virtual void leave_search(Observer& observer) = 0;
};

/// Changes the page twenty times, there and back.
void change_pages(Observer& observer, const Places& at);

[[nodiscard]] std::unique_ptr<Contender> make_kiosk();
[[nodiscard]] std::unique_ptr<Contender> make_chromium();

}  // namespace bangwu::bench
