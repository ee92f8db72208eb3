#include "central/support/service_under_test.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bangwu::support {
namespace {

constexpr const char* kItem = R"(name = "某某备案"
pinyin = "mou mou bei an"
summary = "一句话说明这件事"
domain = "market_access"
applicants = ["natural_person", "legal_person"]
department = "武进区行政审批局"
conditions = ["受理条件"]
pickup = ["窗口领取", "邮寄送达"]
source = "测试"
sample = true
[window]
name = "窗口"
telephone = "12345"
[consult]
name = "咨询"
telephone = "12345"
[complaint]
name = "投诉"
telephone = "12345"
[[fields]]
id = "purpose"
label = "用途"
kind = "text"
maximum = 60
[[materials]]
id = "id_card"
name = "身份证"
need = "required"
)";

std::string item(const std::string& code, const std::string& handling, int days) {
  std::string text = "code = \"" + code + "\"\nhandling = \"" + handling + "\"\n";
  std::string rest = kItem;
  rest.insert(rest.find("[window]"), "[limits]\nstatutory = 20\npromised = " + std::to_string(days) + "\n");
  return text + rest;
}

[[noreturn]] void become(const std::vector<std::string>& words, const std::vector<std::string>& environment, int output, int errors) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  for (const auto& entry : environment) ::putenv(const_cast<char*>(entry.c_str()));
  std::vector<char*> arguments = {const_cast<char*>(BANGWU_CENTRAL_PROGRAM)};
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

std::string drain(int descriptor) {
  std::string text;
  char buffer[4096];
  ssize_t got = 0;
  while ((got = ::read(descriptor, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(got));
  return text;
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

ServiceUnderTest::ServiceUnderTest(std::string settings) {
  write_file(folder_.path() / "config/catalogue/items/review.toml", item("T-REVIEW", "review", 5));
  write_file(folder_.path() / "config/catalogue/items/instant.toml", item("T-INSTANT", "instant", 0));
  std::filesystem::create_directories(folder_.path() / "config/catalogue/bundles");
  std::filesystem::create_directories(folder_.path() / "config/calendar");
  write_file(config(), "[catalogue]\ndirectory = \"catalogue\"\ncalendar = \"calendar\"\n" + settings);
}

ServiceUnderTest::~ServiceUnderTest() {
  if (is_running()) kill();
}

void ServiceUnderTest::start() {
  int output[2];
  if (::pipe2(output, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const int log_file = ::open((folder_.path() / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const std::vector<std::string> words = {"serve", "--config", config(), "--data", data(), "--port", "0", "--print-port"};
  pid_ = ::fork();
  if (pid_ == 0) become(words, environment, output[1], log_file);
  ::close(output[1]);
  ::close(log_file);
  std::string line;
  char c = 0;
  while (::read(output[0], &c, 1) == 1 && c != '\n') line += c;
  ::close(output[0]);
  if (line.empty()) {
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
    throw std::runtime_error("bangwu-central did not start: " + log());
  }
  port_ = static_cast<std::uint16_t>(std::stoi(line));
}

void ServiceUnderTest::kill() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

int ServiceUnderTest::terminate() {
  ::kill(pid_, SIGTERM);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_code_of(status);
}

Finished ServiceUnderTest::run(std::vector<std::string> words) const {
  const std::string command = words.at(0);
  words.insert(words.end(), {"--data", data()});
  const bool takes_config = command == "import" || command == "show" || command == "enrol";
  if (takes_config) words.insert(words.end(), {"--config", config()});
  return run_exactly(words);
}

Finished ServiceUnderTest::run_exactly(std::vector<std::string> words) {
  int output[2], errors[2];
  if (::pipe2(output, O_CLOEXEC) != 0 || ::pipe2(errors, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const pid_t pid = ::fork();
  if (pid == 0) become(words, {}, output[1], errors[1]);
  ::close(output[1]);
  ::close(errors[1]);
  Finished finished;
  finished.output = drain(output[0]);  // errors are short: they fit into the pipe
  finished.errors = drain(errors[0]);
  ::close(output[0]);
  ::close(errors[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  finished.exit_code = exit_code_of(status);
  return finished;
}

std::string ServiceUnderTest::log() const { return read_file(folder_.path() / "log"); }

}  // namespace bangwu::support
