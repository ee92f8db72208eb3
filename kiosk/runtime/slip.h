#pragma once
#include <string>

#include "paper/slip.h"
#include "runtime/config.h"
#include "session/view.h"

namespace bangwu::runtime {

/// What the receipt slip says: what the result screen shows, in the visitor's language. UI thread (it translates).
[[nodiscard]] paper::SlipContent slip_of(const session::ResultView& result, const session::View& view,
                                         const KioskConfig::Hall& hall);

/// "帮吾办回执-<number>.pdf": no applicant's data.
[[nodiscard]] std::string file_name_of(const paper::SlipContent& slip);

}  // namespace bangwu::runtime
