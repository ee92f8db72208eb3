#pragma once
#include <string>

#include "capture/scanner.h"
#include "sample_files.h"

namespace bangwu::capture::test {

/// A SANE configuration of one backend, for workers only.
class ScanFolder {
 public:
  /// SANE's own backend for tests, with lines added to its configuration.
  [[nodiscard]] static ScanFolder of_test_backend(const std::string& configuration = {});
  /// The backend in faulty_scanner.cpp.
  [[nodiscard]] static ScanFolder of_faulty(const std::string& behaviour);
  [[nodiscard]] WorkerSettings worker() const;
  [[nodiscard]] const char* device() const { return behaviour_.empty() ? "test:0" : "faulty:page"; }

 private:
  explicit ScanFolder(std::string behaviour) : behaviour_(std::move(behaviour)) {}
  std::unique_ptr<Folder> folder_ = std::make_unique<Folder>();
  std::string behaviour_;
};

}  // namespace bangwu::capture::test
