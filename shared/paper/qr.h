#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::paper {

/// A QR code's modules (ISO/IEC 18004, error correction M) without the quiet zone: whoever draws it leaves four light
/// modules on each side and makes a module at least 3.6 pixels of the screen or of the printer.
struct QrMatrix {
  static constexpr std::size_t kQuietModules = 4;

  std::size_t size = 0;     ///< modules on a side, 21–177
  std::vector<bool> cells;  ///< row by row from the top left; true is dark

  [[nodiscard]] bool is_dark(std::size_t x, std::size_t y) const { return cells[y * size + x]; }
  bool operator==(const QrMatrix&) const = default;
};

/// The smallest code that holds the bytes of `text`. invalid_input: text is empty or longer than 2,331 bytes.
[[nodiscard]] base::Result<QrMatrix> qr_modules(std::string_view text);

/// What the QR code of a receipt says: "BANGWU1|<number>". Nothing about the applicant: finding the case by it takes a
/// further proof.
[[nodiscard]] std::string receipt_code(std::string_view number);

}  // namespace bangwu::paper
