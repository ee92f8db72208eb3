#include "e2e/sample_pages.h"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <stdexcept>

namespace bangwu {

SamplePage noise_page(unsigned seed, int width, int height) {
  SamplePage page{std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3), width, height};
  std::mt19937 random{seed};
  for (auto& byte : page.rgb) byte = static_cast<std::uint8_t>(random());
  return page;
}

void write_png(const SamplePage& page, const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(page.width);
  image.height = static_cast<png_uint_32>(page.height);
  image.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&image, file.c_str(), 0, page.rgb.data(), 0, nullptr) == 0) throw std::runtime_error("no PNG");
}

void write_jpeg(const SamplePage& page, const std::filesystem::path& file) {
  tjhandle handle = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  if (tjCompress2(handle, page.rgb.data(), page.width, 0, page.height, TJPF_RGB, &bytes, &size, TJSAMP_420, 85, 0) != 0) {
    throw std::runtime_error("no JPEG");
  }
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  tjFree(bytes);
  tjDestroy(handle);
}

void write_pnm(const SamplePage& page, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  out << "P6\n" << page.width << " " << page.height << "\n255\n";
  out.write(reinterpret_cast<const char*>(page.rgb.data()), static_cast<std::streamsize>(page.rgb.size()));
}

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool contains(const std::vector<std::uint8_t>& hay, const std::vector<std::uint8_t>& needle) {
  return std::search(hay.begin(), hay.end(), std::boyer_moore_horspool_searcher(needle.begin(), needle.end())) != hay.end();
}

}  // namespace bangwu
