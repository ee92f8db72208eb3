#pragma once
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace bangwu::bench {

struct Area {
  int x = 0, y = 0, w = 0, h = 0;
};

/// Milliseconds, sorted.
struct Times {
  std::vector<double> ms;
  [[nodiscard]] double at(double part) const;  ///< 0.5: the median
};

/// A camera and a finger on an X display: what is timed is what a person would see, from the input event sent to the
/// first pixel that differs on the X screen.
class Observer {
 public:
  explicit Observer(const std::string& display);
  ~Observer();
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  enum class Clock { from_press, from_release };
  /// Touches there; the time until a pixel in `watched` differs, or −1 after two seconds. `held` is the time between
  /// press and release, as a finger has it.
  [[nodiscard]] double touch_to_pixel(int x, int y, const Area& watched, Clock clock);
  void tap(int x, int y);
  /// Waits until nothing in the area has changed for a tenth of a second.
  void wait_until_still(const Area& area);
  /// Milliseconds from now until a picture is there: more than two colours in the area; −1 after `patience_ms`.
  [[nodiscard]] double until_picture(const Area& area, double patience_ms);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Proportional set size of the process and all its descendants, MiB.
[[nodiscard]] double pss_mib(pid_t root);
/// The part of it that is in no file: what they have written. Unlike the rest it does not depend on who else runs.
[[nodiscard]] double own_mib(pid_t root);
/// Processor time used so far by them and their threads that live, seconds; from the scheduler, to the nanosecond.
[[nodiscard]] double cpu_seconds(pid_t root);

[[nodiscard]] double now_ms();
void pause_ms(double ms);
/// A finger needs so long to aim at a new screen; the kiosk takes none sooner (Ui::begin_screen()).
inline constexpr double kAimingMs = 350;

}  // namespace bangwu::bench
