#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include "pages/picture.h"
// libjpeg's header needs <cstdio> before it.
#include <jpeglib.h>

namespace bangwu::pages {
namespace {

constexpr int kQuality = 92;

/// libjpeg's way to fail is to jump; everything between the setjmp and the jump is plain data.
struct Failure {
  jpeg_error_mgr manager;
  std::jmp_buf back;
};

[[noreturn]] void jump_back(j_common_ptr info) { std::longjmp(reinterpret_cast<Failure*>(info->err)->back, 1); }

jpeg_error_mgr* silent(Failure& failure) {
  jpeg_std_error(&failure.manager);
  failure.manager.error_exit = jump_back;
  failure.manager.output_message = [](j_common_ptr) {};
  return &failure.manager;
}

enum class Read { whole, damaged, too_large };

Read read_header(jpeg_decompress_struct& info, Failure& failure, std::span<const std::uint8_t> bytes,
                 Picture& picture) {
  if (setjmp(failure.back) != 0) return Read::damaged;
  jpeg_mem_src(&info, bytes.data(), bytes.size());
  jpeg_read_header(&info, TRUE);
  const bool is_grey = info.jpeg_color_space == JCS_GRAYSCALE;
  info.out_color_space = is_grey ? JCS_GRAYSCALE : JCS_RGB;
  picture.width = info.image_width;
  picture.height = info.image_height;
  picture.channels = is_grey ? 1 : 3;
  return picture.width * picture.height > kMostPixels ? Read::too_large : Read::whole;
}

Read read_rows(jpeg_decompress_struct& info, Failure& failure, Picture& picture) {
  if (setjmp(failure.back) != 0) return Read::damaged;
  jpeg_start_decompress(&info);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = picture.pixels.data() + info.output_scanline * picture.width * picture.channels;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return Read::whole;
}

}  // namespace

base::Result<Picture> decode_jpeg(std::span<const std::uint8_t> bytes) {
  Failure failure;
  jpeg_decompress_struct info{};
  info.err = silent(failure);
  if (setjmp(failure.back) != 0) return base::fail(base::ErrorCode::corrupt, "no JPEG");
  jpeg_create_decompress(&info);
  Picture picture;
  Read read = read_header(info, failure, bytes, picture);
  if (read == Read::whole) {
    picture.pixels.resize(picture.width * picture.height * picture.channels);
    read = read_rows(info, failure, picture);
  }
  jpeg_destroy_decompress(&info);
  if (read == Read::too_large) return base::fail(base::ErrorCode::unsupported, "the picture is too large");
  if (read == Read::damaged) return base::fail(base::ErrorCode::corrupt, "no JPEG that can be decoded");
  return picture;
}

base::Bytes encode_jpeg(const Picture& picture) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &memory, &size);
  info.image_width = static_cast<JDIMENSION>(picture.width);
  info.image_height = static_cast<JDIMENSION>(picture.height);
  info.input_components = static_cast<int>(picture.channels);
  info.in_color_space = picture.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, kQuality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<JSAMPROW>(picture.pixels.data() + info.next_scanline * picture.width * picture.channels);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  base::Bytes bytes(memory, memory + size);
  jpeg_destroy_compress(&info);
  std::free(memory);
  return bytes;
}

}  // namespace bangwu::pages
