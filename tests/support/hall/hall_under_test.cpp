#include "support/hall/hall_under_test.h"

#include <csignal>
#include <stdexcept>

#include "support/files.h"
#include "support/hall/display.h"

namespace bangwu::support {
namespace {

namespace fs = std::filesystem;

constexpr const char* kKiosk = BANGWU_BINARY_DIR "/kiosk/bangwu-kiosk";
constexpr const char* kHold = "hold-disk";

Line straight_to(const CentralProcess& central) {
  return {"https://127.0.0.1:" + std::to_string(central.port()), central.ca_file()};
}

}  // namespace

HallUnderTest::HallUnderTest(const HallOptions& options)
    : width_(options.width),
      height_(options.height),
      central_({.items = Items::of_the_hall, .settings = kSmallReserve + options.central_settings}) {
  for (const char* name : {"stick", "sane"}) fs::create_directory(scratch_ / name);
  write_settings(options);
  if (options.disk == Answering::unless_held) {
    environment_ = {{"LD_PRELOAD", BANGWU_POWER_CUT},
                    {"POWER_CUT_MODE", "hold"},
                    {"POWER_CUT_ROOT", kiosk_data()},
                    {"POWER_CUT_HOLD", scratch_ / kHold}};
  }
  start_display();
  central_.start();
  enrol(options.line ? options.line(central_) : straight_to(central_));
  start_kiosk();
}

HallUnderTest::~HallUnderTest() = default;

void HallUnderTest::write_settings(const HallOptions& options) {
  write_file(scratch_ / "sane/dll.conf", "test\n");
  write_file(scratch_ / "sane/test.conf",
             "number_of_devices 1\ngeometry_max 300.0\ntest-picture \"Color pattern\"\n" + options.scanner_settings);
  write_file(scratch_ / "kiosk.toml",
             "[hall]\ncatalogue = \"" BANGWU_SOURCE_DIR "/config/catalogue\"\n" + std::string(kSmallReserve) +
                 // What was delivered goes at once, so that tests see nothing stay that nobody needs.
                 "keep_delivered_mebibytes = 0\n[capture]\nscanner = \"test:0\"\nsane_config = \"sane\"\nmedia = "
                 "[]\nfolders = [\"stick\"]\n" +
                 options.capture_settings + "\n[visit]\n" + options.visit_settings + "\n");
}

void HallUnderTest::start_display() {
  display_ = start_virtual_display(scratch_ / "display", width_, height_, display_name_);
  finger_ = std::make_unique<Finger>(display_name_);
}

void HallUnderTest::enrol(const Line& line) {
  write_file(scratch_ / "code", central_.enrolment_code());
  const auto enrolled = support::run(
      {kKiosk, "enrol", "--data", kiosk_data(), "--url", line.url, "--ca", line.ca, "--code-file", scratch_ / "code"});
  if (enrolled.code != 0) throw std::runtime_error("enrolment failed: " + enrolled.output + enrolled.errors);
}

void HallUnderTest::start_kiosk() {
  launch_kiosk();
  connect_inspector();
}

void HallUnderTest::connect_inspector() { inspector_ = std::make_unique<Inspector>(scratch_ / "inspect"); }

void HallUnderTest::launch_kiosk() {
  inspector_.reset();
  std::error_code ignored;
  fs::remove(scratch_ / "inspect", ignored);
  const std::string size = std::to_string(width_) + "x" + std::to_string(height_);
  auto environment = environment_;
  environment.insert({{"DISPLAY", display_name_}, {"SDL_VIDEODRIVER", "x11"}});
  kiosk_ = std::make_unique<ChildProcess>(
      Command{{kKiosk, "run", "--config", scratch_ / "kiosk.toml", "--data", kiosk_data(), "--size", size,
               "--development", "--inspect", scratch_ / "inspect"},
              environment,
              scratch_ / "kiosk.log"});
}

void HallUnderTest::hold_disk() const { write_file(scratch_ / kHold, ""); }
bool HallUnderTest::somebody_waits_for_the_disk() const {
  return eventually([&] { return fs::exists(scratch_ / (std::string(kHold) + ".waits")); });
}
void HallUnderTest::let_disk_go() const {
  fs::remove(scratch_ / kHold);
  fs::remove(scratch_ / (std::string(kHold) + ".waits"));
}

void HallUnderTest::stop_kiosk() {
  inspector_.reset();
  kiosk_->signal(SIGTERM);
  if (!kiosk_->wait(std::chrono::seconds{20})) throw std::runtime_error("the kiosk does not stop");
}

void HallUnderTest::kill_kiosk() {
  inspector_.reset();
  kiosk_->kill();
}

std::string HallUnderTest::kiosk_log() const { return read_file(scratch_ / "kiosk.log"); }

Finished HallUnderTest::queue_command(std::vector<std::string> words) const {
  words.insert(words.begin(), {kKiosk, "queue", "--data", kiosk_data()});
  return support::run(words);
}

bool HallUnderTest::queue_is_empty(std::chrono::milliseconds patience) const {
  return eventually(
      [&] { return queue_command({"list"}).output.starts_with("0 ready, 0 being sent, 0 waiting, 0 dead"); }, patience);
}

}  // namespace bangwu::support
