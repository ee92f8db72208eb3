#include "support/central/central_process.h"

#include <csignal>
#include <regex>
#include <stdexcept>

#include "support/central/two_items.h"
#include "support/files.h"

namespace bangwu::support {
namespace {

namespace fs = std::filesystem;

int number_after(const std::string& text, const std::string& word) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(word + "\\s+(\\d+)")) ? std::stoi(found[1]) : -1;
}

}  // namespace

CentralProcess::CentralProcess(CentralOptions options) : scratch_(options.where), through_(std::move(options.through)) {
  const fs::path knowledge = options.items == Items::two ? scratch_ / "config" : fs::path(BANGWU_SOURCE_DIR) / "config";
  if (options.items == Items::two) write_two_items(knowledge);
  write_file(config(), "[catalogue]\ndirectory = \"" + (knowledge / "catalogue").string() + "\"\ncalendar = \"" +
                           (knowledge / "calendar").string() + "\"\n" + options.settings);
}

std::uint16_t CentralProcess::start(const std::map<std::string, std::string>& environment) {
  std::error_code ignored;
  fs::remove(data() / "port", ignored);  // of one that was killed
  std::vector<std::string> words = through_;
  const std::vector<std::string> serve = {
      BANGWU_CENTRAL_PROGRAM, "serve", "--config", config(), "--data", data(), "--port", "0", "--print-port"};
  words.insert(words.end(), serve.begin(), serve.end());
  process_ = std::make_unique<ChildProcess>(Command{words, environment, scratch_ / "log"});
  std::string port;
  const bool is_there = eventually([&] {
    port = read_file(data() / "port");
    return port.ends_with('\n') || !process_->is_running();
  });
  if (!is_there || !port.ends_with('\n')) throw std::runtime_error("central did not start: " + log());
  return port_ = static_cast<std::uint16_t>(std::stoi(port));
}

void CentralProcess::kill() { process_->kill(); }

int CentralProcess::terminate() {
  process_->signal(SIGTERM);
  const auto code = process_->wait(std::chrono::minutes{1});
  if (!code) throw std::runtime_error("central does not stop: " + log());
  return *code;
}

Finished CentralProcess::run(std::vector<std::string> words) const {
  words.insert(words.end(), {"--data", data(), "--config", config()});
  return run_exactly(std::move(words));
}

Finished CentralProcess::run_exactly(std::vector<std::string> words) {
  words.insert(words.begin(), BANGWU_CENTRAL_PROGRAM);
  return support::run(words);
}

std::string CentralProcess::enrolment_code() const {
  const auto made = run({"enrol", "--name", "测试机"});
  std::smatch found;
  if (!std::regex_search(made.output, found, std::regex("[0-9A-Z]{4}(-[0-9A-Z]{4})+"))) {
    throw std::runtime_error("no enrolment code in: " + made.output + made.errors);
  }
  return found[0];
}

CentralProcess::Stock CentralProcess::verify() const {
  const auto made = run({"verify"});
  return {number_after(made.output, "envelopes"), number_after(made.output, "cases"),
          number_after(made.output, "ratings"),   number_after(made.output, "blobs"),
          number_after(made.output, "damaged"),   made.output + made.errors};
}

std::string CentralProcess::log() const { return read_file(scratch_ / "log"); }

}  // namespace bangwu::support
