#pragma once

namespace bangwu::domain {

/// Why a page, a file or a scanner could not be read. Screens map each to what happened, what it means and what to do.
enum class PageFault {
  none,
  // files
  file_empty,        ///< 0 bytes
  file_damaged,      ///< truncated or not decodable
  file_wrong_type,   ///< what is inside is not a kind we take, nor one of those below
  file_heic,         ///< a photograph as iPhones keep it by default (HEIC, HEIF)
  file_document,     ///< OFD, Word, WPS and the like: sound, but not laid out in pages of pictures
  picture_kind,      ///< a sound picture of a kind, coding or depth we do not read: BMP, GIF, lossless JPEG …
  pdf_form,          ///< a PDF whose pages only its own viewer can make (dynamic XFA)
  pdf_portfolio,     ///< a PDF that is a folder of other files
  folder_too_deep,   ///< a folder whose files are not looked for
  file_too_large,    ///< more bytes than the limit
  too_many_pages,    ///< a document of more pages than one material may have
  too_many_pixels,   ///< a picture that would not fit into memory
  file_too_complex,  ///< takes longer or grows larger than is allowed: a bomb, or built like one
  page_damaged,      ///< one page of a document cannot be decoded or has no size; the others may be sound
  page_shape,        ///< one page is a strip or a speck that would not be legible
  page_too_complex,  ///< one page takes longer to draw than is allowed; the others may be sound
  file_protected,    ///< needs a password
  file_gone,         ///< it was there when listed
  media_removed,     ///< the stick was pulled out while reading
  // scanner
  scanner_missing,
  scanner_busy,
  scanner_jammed,
  feeder_empty,
  cover_open,
  scanner_unplugged,  ///< it went away while scanning
  scanner_hanging,    ///< no byte for longer than the limit; it was stopped
  scanner_failed,
  scan_incomplete,  ///< ended with bytes missing
  // the machine
  cancelled,
  disk_full,
  internal,
};

[[nodiscard]] const char* name_of(PageFault fault);  ///< "file_empty", for logs

}  // namespace bangwu::domain
