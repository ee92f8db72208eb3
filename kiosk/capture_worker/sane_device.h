#pragma once
#include <sane/sane.h>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "capture/scanner.h"
#include "capture_worker/scan_frame.h"

namespace bangwu::capture_worker {
using capture::ScannerDevice;
using capture::ScanSource;

/// libsane, for as long as it lives; one a process.
class SaneLibrary {
 public:
  SaneLibrary();
  SaneLibrary(const SaneLibrary&) = delete;
  SaneLibrary& operator=(const SaneLibrary&) = delete;
  ~SaneLibrary();
  [[nodiscard]] bool is_ready() const { return is_ready_; }
  [[nodiscard]] tl::expected<std::vector<ScannerDevice>, SANE_Status> devices() const;

 private:
  bool is_ready_ = false;
};

/// An open scanner. One thread uses it; cancel() alone may come from another.
class SaneDevice {
 public:
  [[nodiscard]] SANE_Status open(const std::string& name);
  SaneDevice() = default;
  SaneDevice(const SaneDevice&) = delete;
  SaneDevice& operator=(const SaneDevice&) = delete;
  ~SaneDevice() { close(); }

  /// Sets up an A4 page in colour from the source. Options a device has not are left out; what it really does is told
  /// by frame() after start().
  void prepare(ScanSource source, int resolution);
  [[nodiscard]] int resolution() const;

  [[nodiscard]] SANE_Status start() { return sane_start(handle_); }
  [[nodiscard]] SANE_Status frame(FrameFormat& format) const;
  [[nodiscard]] SANE_Status read(std::uint8_t* bytes, int most, int& got);
  void cancel();
  void close();

 private:
  struct Option {
    SANE_Int index = 0;
    const SANE_Option_Descriptor* descriptor = nullptr;
  };
  [[nodiscard]] Option find(std::string_view name) const;
  /// Sets an option that is a number, brought into what the device takes; false if it has no such option.
  bool set_number(std::string_view name, double value);
  /// Sets an option that is one of several words to the one with the most points; none has points: it stays.
  void set_word(std::string_view name, const std::function<int(std::string_view)>& points);
  void set_millimetres(std::string_view name, double millimetres);

  SANE_Handle handle_ = nullptr;
  std::mutex closing_;  ///< cancel() against close()
};

}  // namespace bangwu::capture_worker
