#include "commands.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <stop_token>
#include <thread>

#include "arguments.h"
#include "base/clock.h"
#include "blobs/blob_store.h"
#include "identity/identity.h"
#include "outbox/outbox.h"
#include "outbox/queue_command.h"
#include "program.h"
#include "runtime/config.h"
#include "runtime/kiosk.h"
#include "runtime/wiping.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

int code_for(const base::Error& error) {
  const bool data =
      error.code == ErrorCode::busy || error.code == ErrorCode::corrupt || error.code == ErrorCode::unauthorised;
  return data ? kBadData : kFailed;
}

std::optional<std::pair<int, int>> parse_size(const std::string& text) {
  int width = 0;
  int height = 0;
  char end = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &end) != 2) return std::nullopt;
  if (width < 320 || height < 320 || width > 8192 || height > 8192) return std::nullopt;
  return std::pair{width, height};
}

bool set_window(const Arguments& arguments, const runtime::KioskConfig& config, widgets::WindowOptions& window) {
  window.mode = arguments.has("fullscreen") ? widgets::WindowMode::fullscreen : widgets::WindowMode::windowed;
  window.on_close = config.production ? widgets::OnClose::stay : widgets::OnClose::end;
  window.diagonal_inches = config.screen.diagonal_inches;
  if (arguments.has("landscape")) std::swap(window.width, window.height);
  if (const auto size = arguments.value("size")) {
    const auto parsed = parse_size(*size);
    if (!parsed) return false;
    std::tie(window.width, window.height) = *parsed;
  }
  return true;
}

// Signals reach one thread that waits for them, so that ending is an event of the loop like any other.
sigset_t block_ending_signals() {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&ending, number);
  ::pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  return ending;
}

std::jthread wait_for_ending_signals(sigset_t ending, runtime::Kiosk& kiosk) {
  return std::jthread([ending, &kiosk](const std::stop_token& stop) {
    // Its own end is a signal too: a thread that looked now and then would wake an idle machine.
    const std::stop_callback end_waiting(stop, [self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
    int number = 0;
    ::sigwait(&ending, &number);
    if (!stop.stop_requested()) kiosk.ask_to_end();
  });
}

}  // namespace

int run_command(std::span<const std::string> given) {
  auto arguments = Arguments::parse(given, {"config", "data", "share", "size", "inspect"},
                                    {"fullscreen", "landscape", "development"});
  if (!arguments) return wrong_use(arguments.error().detail);
  const auto config_file = arguments->value("config");
  const auto data = arguments->value("data");
  if (!config_file || !data || !arguments->words().empty()) return wrong_use("run needs --config FILE and --data DIR");
  auto config = runtime::read_config(*config_file);
  if (!config) return complain(config.error(), kBadConfiguration);
  if (arguments->has("development")) config->production = false;

  runtime::KioskOptions options;
  if (!set_window(*arguments, *config, options.window))
    return wrong_use("--size is WIDTHxHEIGHT in pixels, e.g. 1080x1920");
  options.config = std::move(*config);
  options.data = *data;
  options.share = arguments->value("share").value_or(share_beside_program().string());
  options.parts = program_folder();
  options.built = std::chrono::sys_days{std::chrono::days{BANGWU_BUILT_DAY}};
  if (const auto socket = arguments->value("inspect")) options.inspect = *socket;
  if (options.inspect && options.config.production) {
    return complain({ErrorCode::unsupported,
                     "--inspect shows what visitors type: a machine in production forbids it; see --development"},
                    kBadConfiguration);
  }
  runtime::forbid_core_dumps();
  runtime::keep_heap_small();
  const sigset_t ending = block_ending_signals();
  const base::RealClock clock;
  auto kiosk = runtime::Kiosk::start(std::move(options), clock);
  if (!kiosk) return complain(kiosk.error(), code_for(kiosk.error()));
  const std::jthread signals = wait_for_ending_signals(ending, **kiosk);
  const auto ran = (*kiosk)->run();
  return ran ? kDone : complain(ran.error(), code_for(ran.error()));
}

int queue_command(std::span<const std::string> given) {
  auto arguments = Arguments::parse(given, {"data"}, {"all"});
  if (!arguments) return wrong_use(arguments.error().detail);
  const auto data = arguments->value("data");
  if (!data) return wrong_use("queue needs --data DIR");
  std::error_code ignored;
  const fs::path queue = fs::path(*data) / "outbox";
  if (!fs::is_directory(queue, ignored) && !fs::exists(queue.string() + ".mark", ignored)) {
    return complain({ErrorCode::not_found, *data + " holds no queue: give the --data of the running kiosk"}, kBadData);
  }
  auto blobs = blobs::BlobStore::open(fs::path(*data) / "blobs");
  if (!blobs) return complain(blobs.error(), kBadData);
  if (arguments->words() == std::vector<std::string>{"recover"}) {
    const auto lock = identity::DataLock::acquire(*data);
    if (!lock) return complain(lock.error(), kBadData);
    return outbox::recover_command(queue, *blobs, base::RealClock{}.now(), std::cout);
  }
  auto identity = identity::load_identity(*data);
  std::optional<outbox::Identity> signer;
  if (identity) signer = outbox::Identity{identity->kiosk, &identity->device, identity->receipt_key};
  auto outbox = outbox::Outbox::open(queue, std::move(*blobs), signer, outbox::kKeepAll);
  if (!outbox) return complain(outbox.error(), kBadData);
  std::vector<std::string> words = arguments->words();
  if (arguments->has("all")) words.push_back("--all");
  return outbox::queue_command(words, *outbox, base::RealClock{}.now(), std::cout);
}

}  // namespace bangwu
