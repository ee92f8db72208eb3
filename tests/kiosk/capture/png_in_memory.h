#pragma once
#include <png.h>

#include "base/file.h"

namespace bangwu::capture::test {

/// A PNG being written into memory; rows and chunks are libpng's business.
class PngInMemory {
 public:
  PngInMemory(int width, int height, int depth, int colour, int interlace = PNG_INTERLACE_NONE);
  PngInMemory(const PngInMemory&) = delete;
  PngInMemory& operator=(const PngInMemory&) = delete;
  ~PngInMemory();
  [[nodiscard]] base::Bytes finish();
  png_structp png;
  png_infop info;

 private:
  base::Bytes bytes_;
};

}  // namespace bangwu::capture::test
