#pragma once
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "runtime/config.h"
#include "session/view.h"

namespace bangwu::runtime {

struct Slip {
  base::Bytes pdf;
  std::string file_name;  ///< "帮吾办回执-<number>.pdf": no applicant's data
};

/// The receipt slip for what the result screen shows, in the visitor's language. UI thread (it translates); some 30 ms.
[[nodiscard]] base::Result<Slip> make_slip(const session::ResultView& result, const session::View& view,
                                           const KioskConfig::Hall& hall);

}  // namespace bangwu::runtime
