#include "capture/file_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;
using namespace std::string_view_literals;

struct Magic {
  std::string_view begins;
  FileKind kind;
};
constexpr std::array kMagics{
    Magic{"\xFF\xD8\xFF"sv, FileKind::jpeg},
    Magic{"\x89PNG\r\n\x1A\n"sv, FileKind::png},
    Magic{"II*\0"sv, FileKind::tiff},
    Magic{"MM\0*"sv, FileKind::tiff},
    Magic{"II+\0"sv, FileKind::tiff},
    Magic{"MM\0+"sv, FileKind::tiff},
    Magic{"GIF87a"sv, FileKind::gif},
    Magic{"GIF89a"sv, FileKind::gif},
    Magic{"8BPS\0\1"sv, FileKind::other_picture},                   // Photoshop
    Magic{"AC10"sv, FileKind::other_picture},                       // DWG
    Magic{"\0\0\0\x0CjP  \r\n\x87\n"sv, FileKind::other_picture},   // JPEG 2000 (ISO/IEC 15444-1, I.5.1)
    Magic{"\xFF\x4F\xFF\x51"sv, FileKind::other_picture},           // its bare code stream
    Magic{"\xFF\x0A"sv, FileKind::other_picture},                   // JPEG XL, bare
    Magic{"\0\0\0\x0CJXL \r\n\x87\n"sv, FileKind::other_picture},   // and in boxes
    Magic{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, FileKind::office},  // OLE2: doc, xls, ppt, wps
    Magic{"{\\rtf"sv, FileKind::office},
};

constexpr std::array kPictureEndings{"jpg"sv,  "jpeg"sv, "jpe"sv, "jfif"sv, "mpo"sv,  "png"sv,  "tif"sv,
                                     "tiff"sv, "pdf"sv,  "bmp"sv, "gif"sv,  "heic"sv, "heif"sv, "webp"sv};
constexpr std::array kOfficeEndings{"doc"sv, "docx"sv, "xls"sv, "xlsx"sv, "ppt"sv, "pptx"sv,
                                    "wps"sv, "et"sv,   "dps"sv, "odt"sv,  "ods"sv, "rtf"sv};

std::string ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) {
    return {};
  }
  return base::lower(std::string(name.substr(dot + 1)));
}

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& endings, std::string_view ending) {
  return std::ranges::find(endings, ending) != endings.end();
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_heic(std::string_view text) {
  if (text.size() < 16 || text.substr(4, 4) != "ftyp"sv) {
    return false;
  }
  const std::string_view brands = text.substr(8, 32);
  return contains(brands, "heic"sv) || contains(brands, "heix"sv) || contains(brands, "mif1"sv) ||
         contains(brands, "msf1"sv) || contains(brands, "hevc"sv) || contains(brands, "avif"sv);
}

/// 'BM' alone begins many a file: the four reserved bytes are 0 and the header has one of its known lengths.
bool is_bmp(std::string_view text) {
  return text.size() >= 18 && text.starts_with("BM"sv) && text.substr(6, 4) == "\0\0\0\0"sv &&
         contains("\x0C\x28\x34\x38\x40\x6C\x7C"sv, text.substr(14, 1)) && text.substr(15, 3) == "\0\0\0"sv;
}

FileKind kind_of_zip(std::string_view text) {
  if (contains(text, "OFD.xml"sv)) {
    return FileKind::ofd;
  }
  return contains(text, "[Content_Types].xml"sv) || contains(text, "mimetypeapplication/vnd."sv) ? FileKind::office
                                                                                                 : FileKind::unknown;
}

bool is_zip(std::string_view text) { return text.starts_with("PK\3\4"sv); }

std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), kBytesToTellKind)};
}

}  // namespace

FileKind kind_of_content(std::span<const std::uint8_t> first_bytes) {
  const std::string_view text = text_of(first_bytes);
  const auto* magic = std::ranges::find_if(kMagics, [&](const Magic& one) { return text.starts_with(one.begins); });
  if (magic != kMagics.end()) {
    return magic->kind;
  }
  if (text.starts_with("RIFF"sv) && text.size() >= 12 && text.substr(8, 4) == "WEBP"sv) {
    return FileKind::webp;
  }
  if (is_heic(text)) {
    return FileKind::heic;
  }
  if (is_bmp(text)) {
    return FileKind::bmp;
  }
  if (is_zip(text)) {
    return kind_of_zip(text);
  }
  return contains(text, "%PDF-"sv) ? FileKind::pdf : FileKind::unknown;
}

FileKind kind_of_file(std::span<const std::uint8_t> first_bytes, std::string_view name) {
  const FileKind kind = kind_of_content(first_bytes);
  if (kind != FileKind::unknown || !is_zip(text_of(first_bytes))) {
    return kind;
  }
  const std::string ending = ending_of(name);
  return ending == "ofd" ? FileKind::ofd : is_one_of(kOfficeEndings, ending) ? FileKind::office : FileKind::unknown;
}

bool promises_pages(std::string_view name) {
  const std::string ending = ending_of(name);
  return ending == "ofd" || is_one_of(kPictureEndings, ending) || is_one_of(kOfficeEndings, ending);
}

PageFault fault_of_kind(FileKind kind) {
  switch (kind) {
    case FileKind::jpeg:
    case FileKind::png:
    case FileKind::pdf:
    case FileKind::tiff: return PageFault::none;
    case FileKind::heic: return PageFault::file_heic;
    case FileKind::bmp:
    case FileKind::gif:
    case FileKind::webp:
    case FileKind::other_picture: return PageFault::picture_kind;
    case FileKind::ofd:
    case FileKind::office: return PageFault::file_document;
    case FileKind::folder: return PageFault::folder_too_deep;
    case FileKind::unknown: break;
  }
  return PageFault::file_wrong_type;
}

}  // namespace bangwu::capture
