#pragma once
#include <cstdint>
#include <span>
#include <tl/expected.hpp>
#include <vector>

#include "base/file.h"
#include "domain/page_fault.h"

namespace bangwu::capture_worker {

struct PreparedPdf {
  base::Bytes rewritten;                       ///< what is to be drawn; empty: the file as it is
  std::vector<domain::PageFault> page_faults;  ///< one a page: none, page_damaged or page_shape
  std::vector<bool> sizeless;                  ///< one a page: whether its size is ours, for it had none
};

/// A pass by qpdf before a PDF is drawn: what kind of PDF it is, whether it is whole, and mending what the drawing
/// would get wrong without a word (pdf_fonts.h, pdf_fields.h). Bytes behind the last %%EOF do not matter, unless they
/// are objects: then the file was cut off. Faults: file_damaged (cut off, or no page can be found), file_protected
/// (needs a password, or lost the table that tells how it is encrypted; one that is only locked against changes is
/// read), pdf_form, pdf_portfolio, too_many_pages (asked before any page is looked at), file_too_complex (unpacks to
/// more than is allowed, or takes more than 3 s of the processor).
[[nodiscard]] tl::expected<PreparedPdf, domain::PageFault> prepare_pdf(std::span<const std::uint8_t> file,
                                                                       int max_pages);

}  // namespace bangwu::capture_worker
