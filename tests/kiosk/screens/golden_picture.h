#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// Pictures that tests compare with.
namespace bangwu::tests {

struct Bitmap {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels{};  ///< 0x00RRGGBB, row by row
  bool operator==(const Bitmap&) const = default;
};

/// Lossless and small: with a palette where 256 colours do. False when the file cannot be written.
[[nodiscard]] bool write_png(const std::filesystem::path& file, const Bitmap& bitmap);
/// An empty bitmap when the file is missing or no PNG.
[[nodiscard]] Bitmap read_png(const std::filesystem::path& file);

/// Goldens keep the colours of surfaces (what fills a thousandth of the picture) and 16 levels of each channel for the
/// edges between them: a third of the size, and less than an eye sees is lost.
[[nodiscard]] Bitmap as_golden(const Bitmap& bitmap);

/// Compares as_golden(actual) with `folder`/<name>.png. Returns "" when they are the same, else what is wrong; then the
/// actual picture and the difference are in `folder`/actual. A missing golden is wrong. With the environment variable
/// BANGWU_UPDATE_GOLDENS=1 the golden is written instead, and the answer is "".
[[nodiscard]] std::string compare_with_golden(const std::filesystem::path& folder, const std::string& name,
                                              const Bitmap& actual);

}  // namespace bangwu::tests
