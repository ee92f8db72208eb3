#include "domain/page_fault.h"

namespace bangwu::domain {

const char* name_of(PageFault fault) {
  switch (fault) {
    case PageFault::none: return "none";
    case PageFault::file_empty: return "file_empty";
    case PageFault::file_damaged: return "file_damaged";
    case PageFault::file_wrong_type: return "file_wrong_type";
    case PageFault::file_heic: return "file_heic";
    case PageFault::file_document: return "file_document";
    case PageFault::picture_kind: return "picture_kind";
    case PageFault::pdf_form: return "pdf_form";
    case PageFault::pdf_portfolio: return "pdf_portfolio";
    case PageFault::folder_too_deep: return "folder_too_deep";
    case PageFault::file_too_large: return "file_too_large";
    case PageFault::too_many_pages: return "too_many_pages";
    case PageFault::too_many_pixels: return "too_many_pixels";
    case PageFault::file_too_complex: return "file_too_complex";
    case PageFault::page_damaged: return "page_damaged";
    case PageFault::page_shape: return "page_shape";
    case PageFault::page_too_complex: return "page_too_complex";
    case PageFault::file_protected: return "file_protected";
    case PageFault::file_gone: return "file_gone";
    case PageFault::media_removed: return "media_removed";
    case PageFault::scanner_missing: return "scanner_missing";
    case PageFault::scanner_busy: return "scanner_busy";
    case PageFault::scanner_jammed: return "scanner_jammed";
    case PageFault::feeder_empty: return "feeder_empty";
    case PageFault::cover_open: return "cover_open";
    case PageFault::scanner_unplugged: return "scanner_unplugged";
    case PageFault::scanner_hanging: return "scanner_hanging";
    case PageFault::scanner_failed: return "scanner_failed";
    case PageFault::scan_incomplete: return "scan_incomplete";
    case PageFault::cancelled: return "cancelled";
    case PageFault::disk_full: return "disk_full";
    case PageFault::internal: return "internal";
  }
  return "internal";
}

}  // namespace bangwu::domain
