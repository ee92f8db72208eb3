#pragma once
#include <filesystem>

#include "base/file.h"
#include "base/result.h"
#include "paper/slip.h"

namespace bangwu::runtime {

/// The room paper, loaded from its module (bangwu-paper.so) when the first paper is asked for, and kept. One thread.
class PaperLibrary {
 public:
  explicit PaperLibrary(std::filesystem::path module) : module_(std::move(module)) {}
  /// As paper::slip_pdf(); `unavailable` as well when the module is not installed.
  [[nodiscard]] base::Result<base::Bytes> slip_pdf(const paper::SlipContent& content);

 private:
  using SlipPdf = void(const paper::SlipContent& content, base::Result<base::Bytes>& pdf);
  std::filesystem::path module_;
  SlipPdf* slip_pdf_ = nullptr;
};

}  // namespace bangwu::runtime
