#include "scan_folder.h"

namespace bangwu::capture::test {

ScanFolder ScanFolder::of_test_backend(const std::string& configuration) {
  ScanFolder scan("");
  scan.folder_->put("dll.conf", std::string_view("test\n"));
  scan.folder_->put("test.conf",
                    "number_of_devices 1\ngeometry_max 300.0\ntest-picture \"Color pattern\"\n" + configuration);
  return scan;
}

ScanFolder ScanFolder::of_faulty(const std::string& behaviour) {
  ScanFolder scan(behaviour);
  scan.folder_->put("dll.conf", std::string_view("faulty\n"));
  return scan;
}

WorkerSettings ScanFolder::worker() const {
  return {.program = "/proc/self/exe",
          .environment = {"SANE_CONFIG_DIR=" + folder_->path().string(), "LD_LIBRARY_PATH=" BACKENDS,
                          "SANE_FAULTY=" + behaviour_}};
}

}  // namespace bangwu::capture::test
