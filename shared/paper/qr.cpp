#include "paper/qr.h"

#include <qrencode.h>

#include <memory>

namespace bangwu::paper {

base::Result<QrMatrix> qr_modules(std::string_view text) {
  constexpr std::size_t kMostBytes = 2331;  // version 40, level M, byte mode
  if (text.empty() || text.size() > kMostBytes)
    return base::fail(base::ErrorCode::invalid_input,
                      "QR code: " + std::to_string(text.size()) + " bytes; 1 to 2331 can be coded");
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_M),
      &QRcode_free);
  if (!code) return base::fail(base::ErrorCode::internal, "QR code: libqrencode failed");
  QrMatrix matrix{.size = static_cast<std::size_t>(code->width), .cells = {}};
  matrix.cells.reserve(matrix.size * matrix.size);
  for (std::size_t i = 0; i < matrix.size * matrix.size; ++i) matrix.cells.push_back((code->data[i] & 1U) != 0);
  return matrix;
}

std::string receipt_code(std::string_view number) { return "BANGWU1|" + std::string(number); }

}  // namespace bangwu::paper
