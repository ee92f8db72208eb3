#pragma once
#include <qpdf/QPDF.hh>

#include "capture_worker/allowance.h"

namespace bangwu::capture_worker {

/// Makes what was filled in or noted visible where a viewer that does not edit shows nothing: fields whose appearance
/// is lacking, empty, without its font or left to the viewer (ISO 32000-1, 12.7.3.3, NeedAppearances), ticks without a
/// picture, and FreeText notes without one. Returns how many appearances it made. Throws TooMuch
/// and what qpdf throws.
int draw_fields_and_notes(QPDF& pdf, const Allowance& allowance);

}  // namespace bangwu::capture_worker
