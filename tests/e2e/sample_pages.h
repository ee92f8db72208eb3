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
/// What the SANE pnm backend's "scanner" reads.
void write_pnm(const SamplePage& page, const std::filesystem::path& file);
[[nodiscard]] std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file);
[[nodiscard]] bool contains(const std::vector<std::uint8_t>& hay, const std::vector<std::uint8_t>& needle);

}  // namespace bangwu
