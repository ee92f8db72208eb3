#include <csetjmp>
#include <cstdio>
#include <cstdlib>
// jpeglib.h wants size_t and FILE from the lines above.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "capture_worker/colour_profile.h"
#include "capture_worker/picture.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

/// libjpeg reports errors by calling back and leaves by longjmp: functions that can be left so hold nothing that must
/// be destroyed, everything lives in one of the two structs below.
struct JpegErrors {
  jpeg_error_mgr base{};
  std::jmp_buf leave{};
  bool is_damaged = false;
};

JpegErrors& errors_of(j_common_ptr codec) { return *reinterpret_cast<JpegErrors*>(codec->err); }

[[noreturn]] void on_error(j_common_ptr codec) { std::longjmp(errors_of(codec).leave, 1); }

/// Warnings that cameras and scanners earn by habit leave a sound picture; all others mean that a part of it is lost.
void on_message(j_common_ptr codec, int level) {
  if (level >= 0) {
    return;
  }
  switch (codec->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_PROGRESSION: break;
    default: errors_of(codec).is_damaged = true;
  }
}

jpeg_error_mgr* install(JpegErrors& errors) {
  jpeg_error_mgr* base = jpeg_std_error(&errors.base);
  base->error_exit = on_error;
  base->emit_message = on_message;
  return base;
}

struct JpegReader {
  JpegErrors errors;
  jpeg_decompress_struct codec{};
  std::vector<std::uint8_t> row;
  std::vector<std::uint8_t> rgb;  ///< the row's colours
  ColourProfile profile;
  std::optional<RowScaler> scaler;
  JpegReader() { codec.err = install(errors); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&codec); }
};

bool read_header(JpegReader& reader, const std::uint8_t* file, unsigned long size) {
  if (setjmp(reader.errors.leave) != 0) {
    return false;
  }
  jpeg_create_decompress(&reader.codec);
  jpeg_save_markers(&reader.codec, JPEG_APP0 + 1, 0xFFFF);
  jpeg_save_markers(&reader.codec, JPEG_APP0 + 2, 0xFFFF);
  jpeg_mem_src(&reader.codec, file, size);
  return jpeg_read_header(&reader.codec, TRUE) == JPEG_HEADER_OK;
}

/// Only the scales whose transform is vectorised.
void choose_scale(jpeg_decompress_struct& codec, int wanted_px) {
  const auto longest = static_cast<int>(std::max(codec.image_width, codec.image_height));
  codec.scale_num = 1;
  for (const int denominator : {8, 4, 2, 1}) {
    codec.scale_denom = static_cast<unsigned>(denominator);
    if (longest / denominator >= wanted_px) {
      return;
    }
  }
}

bool begin_pixels(JpegReader& reader) {
  if (setjmp(reader.errors.leave) != 0) {
    return false;
  }
  const bool is_cmyk = reader.codec.jpeg_color_space == JCS_CMYK || reader.codec.jpeg_color_space == JCS_YCCK;
  reader.codec.out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
  return jpeg_start_decompress(&reader.codec) == TRUE;
}

/// Adobe's CMYK is stored inverted: 255 is no ink.
void cmyk_to_rgb(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t pixels) {
  for (std::size_t i = 0; i < pixels; ++i, cmyk += 4, rgb += 3) {
    for (int channel = 0; channel < 3; ++channel) {
      rgb[channel] = static_cast<std::uint8_t>(cmyk[channel] * cmyk[3] / 255);
    }
  }
}

bool read_pixels(JpegReader& reader) {
  if (setjmp(reader.errors.leave) != 0) {
    return false;
  }
  jpeg_decompress_struct& codec = reader.codec;
  const bool is_cmyk = codec.out_color_space == JCS_CMYK;
  while (codec.output_scanline < codec.output_height) {
    JSAMPROW row = is_cmyk ? reader.row.data() : reader.rgb.data();
    if (jpeg_read_scanlines(&codec, &row, 1) != 1) {
      return false;
    }
    if (is_cmyk) {
      cmyk_to_rgb(reader.row.data(), reader.rgb.data(), codec.output_width);
    } else {
      reader.profile.to_srgb(reader.rgb.data(), codec.output_width);
    }
    reader.scaler->add_row(reader.rgb.data());
  }
  return jpeg_finish_decompress(&codec) == TRUE;
}

Orientation orientation_of(const jpeg_decompress_struct& codec) {
  constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/";
  Orientation in_xmp = Orientation::top_left;
  for (const jpeg_marker_struct* marker = codec.marker_list; marker != nullptr; marker = marker->next) {
    const std::string_view text(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (const auto found = orientation_of_exif({marker->data, marker->data_length}); found != Orientation::top_left) {
      return found;
    }
    if (text.starts_with(kXmp)) {
      in_xmp = orientation_of_xmp(text);
    }
  }
  return in_xmp;
}

/// JFIF's density (ITU-T T.871, 10.1); what would stretch a picture beyond a fax's two to one is a mistake of its
/// maker.
double aspect_of(const jpeg_decompress_struct& codec) {
  if (codec.saw_JFIF_marker == FALSE || codec.X_density == 0 || codec.Y_density == 0) {
    return 1;
  }
  return sane_aspect(static_cast<double>(codec.X_density) / codec.Y_density);
}

ColourProfile profile_of(jpeg_decompress_struct& codec) {
  JOCTET* icc = nullptr;
  unsigned size = 0;
  if (codec.out_color_space != JCS_RGB || jpeg_read_icc_profile(&codec, &icc, &size) == FALSE) {
    return ColourProfile();
  }
  ColourProfile profile({icc, size});
  std::free(icc);
  return profile;
}

/// What stopped libjpeg: most is damage, some of it is only more than it, or we, can do.
domain::PageFault fault_of(const JpegErrors& errors) {
  switch (errors.base.msg_code) {
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PRECISION:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_NOT_COMPILED: return domain::PageFault::picture_kind;
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW: return domain::PageFault::too_many_pixels;
    default: return domain::PageFault::file_damaged;
  }
}

struct JpegWriter {
  JpegErrors errors;
  jpeg_compress_struct codec{};
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  JpegWriter() { codec.err = install(errors); }
  JpegWriter(const JpegWriter&) = delete;
  JpegWriter& operator=(const JpegWriter&) = delete;
  ~JpegWriter() {
    jpeg_destroy_compress(&codec);
    std::free(buffer);
  }
};

bool write_picture(JpegWriter& writer, const Raster& raster, int quality, int dots_per_inch) {
  if (setjmp(writer.errors.leave) != 0) {
    return false;
  }
  jpeg_compress_struct& codec = writer.codec;
  jpeg_create_compress(&codec);
  jpeg_mem_dest(&codec, &writer.buffer, &writer.size);
  codec.image_width = static_cast<JDIMENSION>(raster.width);
  codec.image_height = static_cast<JDIMENSION>(raster.height);
  codec.input_components = 3;
  codec.in_color_space = JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, quality, TRUE);
  codec.density_unit = 1;  // dots an inch
  codec.X_density = codec.Y_density = static_cast<UINT16>(dots_per_inch);
  jpeg_start_compress(&codec, TRUE);
  const std::uint8_t* pixels = raster.rgb.data();
  while (codec.next_scanline < codec.image_height) {
    // libjpeg's type has no const; it only reads.
    JSAMPROW row = const_cast<JSAMPROW>(pixels + std::size_t{codec.next_scanline} * codec.image_width * 3);
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  return true;
}

}  // namespace

Decoding decode_jpeg(std::span<const std::uint8_t> file, const DecodeLimits& limits) {
  using domain::PageFault;
  JpegReader reader;
  if (!read_header(reader, file.data(), file.size())) {
    return tl::unexpected(fault_of(reader.errors));
  }
  jpeg_decompress_struct& codec = reader.codec;
  DecodedPicture picture;
  picture.size = {static_cast<int>(codec.image_width), static_cast<int>(codec.image_height)};
  if (std::int64_t{picture.size.width} * picture.size.height > limits.max_pixels) {
    return tl::unexpected(PageFault::too_many_pixels);
  }
  picture.orientation = orientation_of(codec);
  picture.aspect = aspect_of(codec);
  choose_scale(codec, limits.wanted_px);
  if (!begin_pixels(reader)) {
    return tl::unexpected(fault_of(reader.errors));
  }
  reader.profile = profile_of(codec);
  picture.colours = reader.profile.may_be_ignored() ? FileColours::plain : FileColours::need_their_profile;
  reader.row.resize(std::size_t{codec.output_width} * static_cast<std::size_t>(codec.output_components));
  reader.rgb.resize(std::size_t{codec.output_width} * 3);
  const PixelSize decoded{static_cast<int>(codec.output_width), static_cast<int>(codec.output_height)};
  reader.scaler.emplace(decoded, fit(with_square_pixels(decoded, picture.aspect), limits.wanted_px));
  if (!read_pixels(reader)) {
    return tl::unexpected(fault_of(reader.errors));
  }
  if (reader.errors.is_damaged) {
    return tl::unexpected(PageFault::file_damaged);
  }
  picture.raster = reader.scaler->take();
  return picture;
}

base::Bytes encode_jpeg(const Raster& raster, int quality, int dots_per_inch) {
  JpegWriter writer;
  if (!write_picture(writer, raster, quality, dots_per_inch)) {
    return {};
  }
  return {writer.buffer, writer.buffer + writer.size};
}

}  // namespace bangwu::capture_worker
