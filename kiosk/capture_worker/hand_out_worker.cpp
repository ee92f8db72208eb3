#include "capture_worker/hand_out_worker.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "base/encoding.h"
#include "capture/messages.h"
#include "capture/worker_process.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using base::ErrorCode;

constexpr int kDirectory = kWorkerDirectory;
constexpr int kMostNames = 100;

ErrorCode code_of(int number) {
  return number == EROFS || number == EPERM ? ErrorCode::unauthorised : base::error_from_errno(number, "", {}).code;
}

tl::unexpected<base::Error> failed() { return base::fail(code_of(errno), {}); }

base::Result<std::string> unforeseeable_name() {
  std::array<std::uint8_t, 8> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) return failed();
  return ".bangwu-" + base::to_hex(random);
}

/// A file that was not there before, in this directory and no other, not through a link.
base::FileHandle make(const std::string& name) {
  open_how how{};
  how.flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  how.mode = 0644;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
  return base::FileHandle(static_cast<int>(::syscall(SYS_openat2, kDirectory, name.c_str(), &how, sizeof how)));
}

/// "回执.pdf", "回执 (2).pdf", …
std::string numbered(const std::string& name, int number) {
  if (number == 1) return name;
  const auto dot = name.rfind('.');
  const std::string ending = dot == std::string::npos || dot == 0 ? "" : name.substr(dot);
  return name.substr(0, name.size() - ending.size()) + " (" + std::to_string(number) + ")" + ending;
}

base::Result<std::string> give_name(const std::string& temporary, const std::string& name) {
  for (int number = 1; number <= kMostNames; ++number) {
    std::string wanted = numbered(name, number);
    if (::renameat2(kDirectory, temporary.c_str(), kDirectory, wanted.c_str(), RENAME_NOREPLACE) == 0) return wanted;
    if (errno != EEXIST) return failed();
  }
  return base::fail(ErrorCode::already_exists, {});
}

base::Result<std::string> write_new_file(const std::string& name, std::span<const std::uint8_t> bytes) {
  const auto temporary = unforeseeable_name();
  if (!temporary) return temporary;
  const base::FileHandle file = make(*temporary);
  if (!file.is_open()) return failed();
  base::Result<std::string> given = *temporary;
  const auto written = base::write_all(file.get(), bytes, name);
  if (!written) given = base::fail(written.error().code, {});
  else if (::fsync(file.get()) != 0) given = failed();
  else given = give_name(*temporary, name);
  if (!given) {
    ::unlinkat(kDirectory, temporary->c_str(), 0);
    return given;
  }
  if (::fsync(kDirectory) != 0) return failed();
  return given;
}

}  // namespace

void run_hand_out_worker(const Channel& channel) {
  constexpr std::size_t kMostBytes = 64U << 20;
  constexpr std::size_t kLongestName = 200;
  Message message;
  if (channel.receive(message, kMostBytes) != Transfer::done || message.kind != MessageKind::hand_out) return;
  Reader reader(message.body);
  const std::string name = reader.text(kLongestName);
  const auto bytes = reader.raw();
  if (!reader.is_at_end()) return;
  auto written = write_new_file(name, bytes);
  const HandedOut answer = written ? HandedOut{.failed = std::nullopt, .name = std::move(*written)}
                                   : HandedOut{.failed = written.error().code, .name = {}};
  [[maybe_unused]] const Transfer sent = channel.send(MessageKind::handed_out, {encode(answer)});
}

}  // namespace bangwu::capture_worker
