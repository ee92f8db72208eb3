#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bangwu {

/// Pages with pixels like no others, so that any trace of them can be recognised.
struct SamplePage {
  std::vector<std::uint8_t> rgb;  ///< width × height × 3
  int width = 0, height = 0;
};
[[nodiscard]] SamplePage noise_page(unsigned seed, int width, int height);
void write_png(const SamplePage& page, const std::filesystem::path& file);
void write_jpeg(const SamplePage& page, const std::filesystem::path& file);
/// As a JPEG of this quality, 4:2:0.
[[nodiscard]] std::vector<std::uint8_t> jpeg_of(const SamplePage& page, int quality);
[[nodiscard]] SamplePage page_of_jpeg(const std::vector<std::uint8_t>& jpeg);
/// Mean difference of a byte of one page and of the other, 0…255; 255 if their sizes differ.
[[nodiscard]] double mean_difference(const SamplePage& one, const SamplePage& other);
/// The run of `size` bytes with the most different ones in it: what would not be anywhere else by chance.
[[nodiscard]] std::vector<std::uint8_t> most_telling_run(const std::vector<std::uint8_t>& bytes, std::size_t size);
[[nodiscard]] std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file);
[[nodiscard]] bool contains(const std::vector<std::uint8_t>& hay, const std::vector<std::uint8_t>& needle);

}  // namespace bangwu
