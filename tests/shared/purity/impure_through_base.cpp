#include "base/clock.h"

long today_by_the_houses_clock() { return bangwu::base::RealClock{}.now().time_since_epoch().count(); }
