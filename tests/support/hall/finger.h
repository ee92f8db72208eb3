#pragma once
#include <memory>
#include <string>
#include <vector>

namespace bangwu::support {

/// A visitor's finger and a keyboard on an X display: real input events by the XTEST extension, through the X server.
class Finger {
 public:
  explicit Finger(const std::string& display);
  ~Finger();
  Finger(const Finger&) = delete;
  Finger& operator=(const Finger&) = delete;
  void tap(double x, double y);
  /// Down at the first point, along the others, up at the last.
  void draw(const std::vector<std::pair<double, double>>& points);
  /// Keys of a plain keyboard: letters, digits, '\b'.
  void type(const std::string& keys);

 private:
  struct Display;
  std::unique_ptr<Display> display_;
};

}  // namespace bangwu::support
