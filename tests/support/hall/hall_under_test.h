#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/central/central_process.h"
#include "support/child_process.h"
#include "support/hall/finger.h"
#include "support/hall/inspector.h"
#include "support/scratch_directory.h"

namespace bangwu::support {

/// How a kiosk reaches the central service: what it is told at its enrolment.
struct Line {
  std::string url;
  std::filesystem::path ca;
};

/// Whether the disk the kiosk's data lies on can be kept from answering (see HallUnderTest::hold_disk()).
enum class Answering { always, unless_held };

struct HallOptions {
  std::string capture_settings{};  ///< appended to the kiosk's [capture]
  std::string visit_settings{};    ///< appended to [visit]
  std::string scanner_settings{};  ///< appended to the test scanner's configuration, one option a line
  std::string central_settings{};  ///< appended to central.toml
  Answering disk = Answering::always;
  /// Lays the line to a central service that listens already; empty: straight to it, by TLS.
  std::function<Line(const CentralProcess&)> line{};
  int width = 1080, height = 1920;
};

/// A whole hall on this machine: central service, virtual display, enrolled kiosk; its scanner is SANE's own for tests,
/// flatbed and a feeder of ten sheets, configured in the folder sane/, its stick the folder stick/. Everything ends
/// with it.
class HallUnderTest {
 public:
  explicit HallUnderTest(const HallOptions& options = {});
  ~HallUnderTest();

  void start_kiosk();  ///< launch_kiosk() and connect_inspector()
  void launch_kiosk();
  void connect_inspector();
  /// From now on whoever changes anything in the kiosk's data waits until the disk is let go.
  void hold_disk() const;
  [[nodiscard]] bool somebody_waits_for_the_disk() const;  ///< looks until it is so
  void let_disk_go() const;
  void stop_kiosk();  ///< SIGTERM, waits
  void kill_kiosk();  ///< SIGKILL

  [[nodiscard]] CentralProcess& central() { return central_; }
  [[nodiscard]] const CentralProcess& central() const { return central_; }
  [[nodiscard]] Inspector& inspector() { return *inspector_; }
  [[nodiscard]] Finger& finger() { return *finger_; }
  [[nodiscard]] ChildProcess& kiosk() { return *kiosk_; }
  [[nodiscard]] const ChildProcess& kiosk() const { return *kiosk_; }
  [[nodiscard]] const std::string& display() const { return display_name_; }
  [[nodiscard]] std::filesystem::path folder(const std::string& name) const { return scratch_ / name; }
  [[nodiscard]] std::filesystem::path kiosk_data() const { return scratch_ / "kiosk"; }
  [[nodiscard]] std::string kiosk_log() const;

  [[nodiscard]] Finished queue_command(std::vector<std::string> words) const;
  /// Waits until the kiosk's queue holds nothing undelivered.
  [[nodiscard]] bool queue_is_empty(std::chrono::milliseconds patience = std::chrono::seconds{20}) const;

 private:
  void write_settings(const HallOptions& options);
  void start_display();
  void enrol(const Line& line);

  int width_, height_;
  std::map<std::string, std::string> environment_;  ///< of the kiosk
  ScratchDirectory scratch_;
  CentralProcess central_;
  std::unique_ptr<ChildProcess> display_, kiosk_;
  std::string display_name_;
  std::unique_ptr<Inspector> inspector_;
  std::unique_ptr<Finger> finger_;
};

}  // namespace bangwu::support
