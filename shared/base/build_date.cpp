#include "base/build_date.h"

namespace bangwu::base {

SystemTime built_at() { return SystemTime(std::chrono::seconds(BANGWU_SOURCE_DATE)); }

}  // namespace bangwu::base
