#include "base/log.h"

void tell() { bangwu::base::log(bangwu::base::LogLevel::info, "told"); }
