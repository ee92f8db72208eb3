#include "support/hall/hall_under_test.h"

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace bangwu::support {
namespace {

namespace fs = std::filesystem;

const fs::path kBuild = BANGWU_BINARY_DIR;
const fs::path kSource = BANGWU_SOURCE_DIR;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string kiosk_program() { return (kBuild / "kiosk/bangwu-kiosk").string(); }
std::string central_program() { return (kBuild / "central/bangwu-central").string(); }

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

HallUnderTest::HallUnderTest(HallOptions options) : options_(std::move(options)) {
  for (const char* name : {"stick", "pages", "sane"}) fs::create_directory(scratch_ / name);
  write_settings();
  start_display();
  start_central();
  enrol();
  start_kiosk();
}

HallUnderTest::~HallUnderTest() = default;

void HallUnderTest::write_settings() {
  write(scratch_ / "sane/dll.conf", "pnm\n");
  write(scratch_ / "kiosk.toml", "[hall]\ncatalogue = \"" + (kSource / "config/catalogue").string() + "\"\n[storage]\nkeep_free_mebibytes = 16\n[capture]\n" +
                                     "scanner = \"pnm:0\"\nsane_config = \"sane\"\nmedia = []\nfolders = [\"stick\"]\n" + options_.kiosk_settings +
                                     "\n[visit]\n" + options_.visit_settings + "\n");
  write(scratch_ / "central.toml", "[http]\nport = 0\n[catalogue]\ndirectory = \"" + (kSource / "config/catalogue").string() + "\"\ncalendar = \"" +
                                       (kSource / "config/calendar").string() + "\"\n[storage]\nkeep_free_mebibytes = 16\n");
}

void HallUnderTest::start_display() {
  const fs::path number = scratch_ / "display";
  const std::string size = std::to_string(options_.width) + "x" + std::to_string(options_.height) + "x24";
  // Xvfb picks a free display and writes its number to the descriptor.
  display_ = std::make_unique<ChildProcess>(Command{
      {"sh", "-c", "exec Xvfb -displayfd 3 -screen 0 " + size + " -nolisten tcp 3>\"$0\" 2>/dev/null", number.string()}, {}, {}});
  if (!eventually([&] { return !trimmed(read(number)).empty(); })) throw std::runtime_error("Xvfb did not start");
  display_name_ = ":" + trimmed(read(number));
  finger_ = std::make_unique<Finger>(display_name_);
}

void HallUnderTest::start_central() {
  std::error_code ignored;
  fs::remove(scratch_ / "central/port", ignored);
  central_ = std::make_unique<ChildProcess>(Command{{central_program(), "serve", "--config", (scratch_ / "central.toml").string(), "--data",
                                                     (scratch_ / "central").string()}, {}, scratch_ / "central.log"});
  if (!eventually([&] { return !central_port().empty(); })) throw std::runtime_error("central did not start: " + read(scratch_ / "central.log"));
}

std::string HallUnderTest::central_port() const { return trimmed(read(scratch_ / "central/port")); }

void HallUnderTest::enrol() {
  const auto made = central_command({"enrol", "--name", "test"});
  const auto start = made.output.find_first_not_of("\n ");
  std::string code;
  for (std::size_t i = start; i + 8 < made.output.size(); ++i) {
    const auto part = made.output.substr(i, 9);
    if (part[4] != '-' || part.find_first_of(" \n:") != std::string::npos) continue;
    code = part;
    break;
  }
  const std::string url = options_.central_url.empty() ? "https://127.0.0.1:" + central_port() : options_.central_url;
  const auto enrolled = support::run({kiosk_program(), "enrol", "--data", (scratch_ / "kiosk").string(), "--url", url, "--ca",
                                      (scratch_ / "central/tls/ca.crt").string(), "--code", code, "--name", "test"});
  if (enrolled.code != 0) throw std::runtime_error("enrolment failed with code '" + code + "' from: " + made.output);
}

void HallUnderTest::start_kiosk() {
  launch_kiosk();
  connect_inspector();
}

void HallUnderTest::connect_inspector() { inspector_ = std::make_unique<Inspector>(scratch_ / "inspect"); }

void HallUnderTest::launch_kiosk() {
  inspector_.reset();
  std::vector<std::string> words{kiosk_program(), "run", "--config", (scratch_ / "kiosk.toml").string(), "--data", (scratch_ / "kiosk").string(),
                                 "--size", std::to_string(options_.width) + "x" + std::to_string(options_.height), "--inspect",
                                 (scratch_ / "inspect").string()};
  words.insert(words.end(), options_.kiosk_arguments.begin(), options_.kiosk_arguments.end());
  auto environment = options_.kiosk_environment;
  environment["DISPLAY"] = display_name_;
  environment["SDL_VIDEODRIVER"] = "x11";
  std::error_code ignored;
  fs::remove(scratch_ / "inspect", ignored);
  kiosk_ = std::make_unique<ChildProcess>(Command{words, environment, scratch_ / "kiosk.log"});
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

void HallUnderTest::kill_central() { central_->kill(); }

Finished HallUnderTest::central_command(std::vector<std::string> words) const {
  words.insert(words.begin(), central_program());
  words.insert(words.end(), {"--data", (scratch_ / "central").string()});
  // The commands that judge or name things need the catalogue, too.
  if (words[1] == "enrol" || words[1] == "import" || words[1] == "show") {
    words.insert(words.end(), {"--config", (scratch_ / "central.toml").string()});
  }
  return support::run(words);
}

Finished HallUnderTest::queue_command(std::vector<std::string> words) const {
  std::vector<std::string> all{kiosk_program(), "queue", "--data", (scratch_ / "kiosk").string()};
  all.insert(all.end(), words.begin(), words.end());
  return support::run(all);
}

bool HallUnderTest::queue_is_empty() const {
  return eventually([&] { return queue_command({"list"}).output.find("submission") == std::string::npos &&
                                 queue_command({"list"}).output.find("rating") == std::string::npos; });
}

}  // namespace bangwu::support
