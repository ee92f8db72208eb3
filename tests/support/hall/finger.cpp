#include "support/hall/finger.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

#include <stdexcept>

namespace bangwu::support {

struct Finger::Display {
  ::Display* x = nullptr;
};

Finger::Finger(const std::string& display) : display_(std::make_unique<Display>()) {
  display_->x = XOpenDisplay(display.c_str());
  if (display_->x == nullptr) throw std::runtime_error("no X display " + display);
}

Finger::~Finger() { XCloseDisplay(display_->x); }

void Finger::tap(double x, double y) { draw({{x, y}}); }

void Finger::draw(const std::vector<std::pair<double, double>>& points) {
  const auto move = [&](const auto& point) {
    XTestFakeMotionEvent(display_->x, -1, static_cast<int>(point.first), static_cast<int>(point.second), CurrentTime);
  };
  move(points.front());
  XTestFakeButtonEvent(display_->x, 1, True, CurrentTime);
  for (const auto& point : points) move(point);
  XTestFakeButtonEvent(display_->x, 1, False, CurrentTime);
  XSync(display_->x, False);
}

void Finger::type(const std::string& keys) {
  for (const char key : keys) {
    const KeySym symbol = key == '\b' ? XK_BackSpace : static_cast<KeySym>(static_cast<unsigned char>(key));
    const KeyCode code = XKeysymToKeycode(display_->x, symbol);
    XTestFakeKeyEvent(display_->x, code, True, CurrentTime);
    XTestFakeKeyEvent(display_->x, code, False, CurrentTime);
  }
  XSync(display_->x, False);
}

}  // namespace bangwu::support
