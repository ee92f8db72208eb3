#include "support/central/central_process.h"

#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

namespace bangwu::support {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

int number_after(const std::string& text, const std::string& word) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(word + "\\s+(\\d+)")) ? std::stoi(found[1]) : -1;
}

}  // namespace

CentralProcess::CentralProcess(Transport transport) {
  const fs::path source = BANGWU_SOURCE_DIR;
  std::ofstream(scratch_ / "central.toml") << "[http]\nport = 0\nallow_plain_http_on_loopback = "
                                           << (transport == Transport::plain ? "true" : "false")
                                           << "\n[catalogue]\ndirectory = \"" << (source / "config/catalogue").string()
                                           << "\"\ncalendar = \"" << (source / "config/calendar").string()
                                           << "\"\n[storage]\nkeep_free_mebibytes = 16\n";
  start();
}

void CentralProcess::start() {
  std::error_code ignored;
  fs::remove(data() / "port", ignored);
  process_ = std::make_unique<ChildProcess>(Command{{BANGWU_CENTRAL_PROGRAM, "serve", "--config", (scratch_ / "central.toml").string(),
                                                     "--data", data().string()},
                                                    {},
                                                    scratch_ / "central.log"});
  if (!eventually([&] { return !read_port().empty(); })) {
    throw std::runtime_error("central did not start: " + read(scratch_ / "central.log"));
  }
}

void CentralProcess::kill() { process_->kill(); }

std::string CentralProcess::read_port() const {
  const std::string text = read(data() / "port");
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : std::string{};
}

std::uint16_t CentralProcess::port() const { return static_cast<std::uint16_t>(std::stoi(read_port())); }

fs::path CentralProcess::ca_file() const { return data() / "tls" / "ca.crt"; }

std::string CentralProcess::enrolment_code() const {
  const auto made = run({BANGWU_CENTRAL_PROGRAM, "enrol", "--name", "test", "--data", data().string()});
  std::smatch found;
  if (!std::regex_search(made.output, found, std::regex("[0-9A-Z]{4}-[0-9A-Z]{4}"))) {
    throw std::runtime_error("no enrolment code in: " + made.output);
  }
  return found[0];
}

CentralProcess::Stock CentralProcess::verify() const {
  const auto made = run({BANGWU_CENTRAL_PROGRAM, "verify", "--data", data().string()});
  return {number_after(made.output, "envelopes"), number_after(made.output, "cases"), number_after(made.output, "blobs"),
          number_after(made.output, "damaged"), made.output};
}

}  // namespace bangwu::support
