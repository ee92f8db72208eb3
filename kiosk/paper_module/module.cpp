#include "paper/slip.h"

// The module's only name. It is built together with the kiosk, so both mean the same by the types.
extern "C" [[gnu::visibility("default")]] void bangwu_slip_pdf(const bangwu::paper::SlipContent& content,
                                                               bangwu::base::Result<bangwu::base::Bytes>& pdf) {
  pdf = bangwu::paper::slip_pdf(content);
}
