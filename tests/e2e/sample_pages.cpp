#include "e2e/sample_pages.h"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <stdexcept>

namespace bangwu {
namespace {

using Codec = std::unique_ptr<void, decltype(&tjDestroy)>;

}  // namespace

SamplePage noise_page(unsigned seed, int width, int height) {
  SamplePage page{std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3),
                  width, height};
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
  if (png_image_write_to_file(&image, file.c_str(), 0, page.rgb.data(), 0, nullptr) == 0)
    throw std::runtime_error("no PNG");
}

void write_jpeg(const SamplePage& page, const std::filesystem::path& file) {
  const auto bytes = jpeg_of(page, 85);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

std::vector<std::uint8_t> jpeg_of(const SamplePage& page, int quality) {
  const Codec codec(tjInitCompress(), &tjDestroy);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  if (tjCompress2(codec.get(), page.rgb.data(), page.width, 0, page.height, TJPF_RGB, &bytes, &size, TJSAMP_420,
                  quality, TJFLAG_ACCURATEDCT) != 0) {
    throw std::runtime_error("no JPEG");
  }
  std::vector<std::uint8_t> jpeg(bytes, bytes + size);
  tjFree(bytes);
  return jpeg;
}

SamplePage page_of_jpeg(const std::vector<std::uint8_t>& jpeg) {
  const Codec codec(tjInitDecompress(), &tjDestroy);
  SamplePage page;
  if (tjDecompressHeader(codec.get(), const_cast<unsigned char*>(jpeg.data()), jpeg.size(), &page.width,
                         &page.height) != 0) {
    throw std::runtime_error("this is no JPEG");
  }
  page.rgb.resize(static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.height) * 3);
  if (tjDecompress2(codec.get(), jpeg.data(), jpeg.size(), page.rgb.data(), page.width, 0, page.height, TJPF_RGB,
                    TJFLAG_ACCURATEDCT) != 0) {
    throw std::runtime_error("the JPEG is damaged");
  }
  return page;
}

double mean_difference(const SamplePage& one, const SamplePage& other) {
  if (one.width != other.width || one.rgb.size() != other.rgb.size()) return 255;
  const double sum = std::transform_reduce(one.rgb.begin(), one.rgb.end(), other.rgb.begin(), 0.0, std::plus<>{},
                                           [](std::uint8_t a, std::uint8_t b) { return std::abs(a - b); });
  return sum / static_cast<double>(one.rgb.size());
}

std::vector<std::uint8_t> most_telling_run(const std::vector<std::uint8_t>& bytes, std::size_t size) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t different = std::set<std::uint8_t>(from, from + static_cast<std::ptrdiff_t>(size)).size();
    if (different > most) best = at, most = different;
  }
  const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(best);
  return {from, from + static_cast<std::ptrdiff_t>(size)};
}

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool contains(const std::vector<std::uint8_t>& hay, const std::vector<std::uint8_t>& needle) {
  return std::search(hay.begin(), hay.end(), std::boyer_moore_horspool_searcher(needle.begin(), needle.end())) !=
         hay.end();
}

}  // namespace bangwu
