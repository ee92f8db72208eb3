#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/hall/child_process.h"
#include "support/hall/finger.h"
#include "support/hall/inspector.h"
#include "support/scratch_directory.h"

namespace bangwu::support {

struct HallOptions {
  std::string kiosk_settings{};   ///< appended to the kiosk's [capture]
  std::string visit_settings{};   ///< appended to [visit]
  std::vector<std::string> kiosk_arguments{};
  std::map<std::string, std::string> kiosk_environment{};
  std::string central_url{};      ///< empty: central itself; else what the kiosk is told (a proxy)
  int width = 1080, height = 1920;
};

/// A whole hall on this machine: central service, virtual display, enrolled kiosk; its scanner is SANE's pnm backend
/// reading pages/scan.pnm, its stick the folder stick/. Everything ends with it.
class HallUnderTest {
 public:
  explicit HallUnderTest(HallOptions options = {});
  ~HallUnderTest();

  void start_central();
  void enrol();
  void start_kiosk();   ///< launch_kiosk() and connect_inspector()
  void launch_kiosk();
  void connect_inspector();
  void stop_kiosk();    ///< SIGTERM, waits
  void kill_kiosk();    ///< SIGKILL
  void kill_central();

  [[nodiscard]] Inspector& inspector() { return *inspector_; }
  [[nodiscard]] Finger& finger() { return *finger_; }
  [[nodiscard]] ChildProcess& kiosk() { return *kiosk_; }
  [[nodiscard]] std::filesystem::path folder(const std::string& name) const { return scratch_ / name; }
  [[nodiscard]] std::string central_port() const;
  [[nodiscard]] const std::string& display() const { return display_name_; }

  [[nodiscard]] Finished central_command(std::vector<std::string> words) const;
  [[nodiscard]] Finished queue_command(std::vector<std::string> words) const;
  /// Waits until the kiosk's queue holds nothing undelivered.
  [[nodiscard]] bool queue_is_empty() const;

 private:
  void write_settings();
  void start_display();

  HallOptions options_;
  ScratchDirectory scratch_;
  std::unique_ptr<ChildProcess> display_, central_, kiosk_;
  std::string display_name_;
  std::unique_ptr<Inspector> inspector_;
  std::unique_ptr<Finger> finger_;
};

}  // namespace bangwu::support
