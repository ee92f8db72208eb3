#pragma once
#include <qpdf/QPDF.hh>

#include "capture_worker/allowance.h"

namespace bangwu::capture_worker {

/// Chinese fonts that are only named, not embedded, in PDFs of Windows printer drivers claim WinAnsiEncoding although
/// their strings are GBK: viewers without that very font show "Ä¿ Â¼" for 目录. Tells such fonts by their names, says
/// what their strings are (ISO 32000-1, 9.7.5.2, GBK-EUC-H) and gives them a name that prepare_fonts() knows. Returns
/// how many it mended. Throws TooMuch and what qpdf throws.
int mend_chinese_fonts(QPDF& pdf, const Allowance& allowance);

}  // namespace bangwu::capture_worker
