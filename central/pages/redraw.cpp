#include "pages/redraw.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>

#include "pages/confine.h"
#include "pages/picture.h"

namespace bangwu::pages {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr int kPatience = 30'000;  // milliseconds of clock

/// Clockwise.
Picture turned_once(const Picture& from) {
  Picture to{from.height, from.width, from.channels, base::Bytes(from.pixels.size())};
  for (std::size_t y = 0; y < from.height; ++y) {
    for (std::size_t x = 0; x < from.width; ++x) {
      const std::uint8_t* source = &from.pixels[(y * from.width + x) * from.channels];
      std::uint8_t* target = &to.pixels[(x * to.width + (to.width - 1 - y)) * to.channels];
      for (std::size_t c = 0; c < from.channels; ++c) target[c] = source[c];
    }
  }
  return to;
}

Result<base::FileHandle> memory_file(std::span<const std::uint8_t> content) {
  base::FileHandle file{::memfd_create("page", MFD_CLOEXEC)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "create", "memory file"));
  if (auto written = base::write_all(file.get(), content, "memory file"); !written)
    return tl::unexpected(written.error());
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

Result<base::Bytes> content_of(const base::FileHandle& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return tl::unexpected(base::error_from_errno(errno, "stat", "memory file"));
  base::Bytes bytes(static_cast<std::size_t>(status.st_size));
  const ssize_t got = ::pread(file.get(), bytes.data(), bytes.size(), 0);
  if (got != static_cast<ssize_t>(bytes.size())) return fail(ErrorCode::io_failed, "the redrawn page does not read");
  return bytes;
}

std::optional<pid_t> start(const base::FileHandle& in, const base::FileHandle& out, std::string_view media_type,
                           int quarter_turns) {
  std::string words[] = {"bangwu-central", std::string(kRedrawCommand), std::string(media_type),
                         std::to_string(quarter_turns)};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  char* no_environment[] = {nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, out.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, "/proc/self/exe", &files, nullptr, arguments, no_environment);
  posix_spawn_file_actions_destroy(&files);
  return failed == 0 ? std::optional(child) : std::nullopt;
}

/// Its exit code; nothing if it was ended, by us or by the kernel.
std::optional<int> end_of(pid_t child, bool& in_time) {
  const base::FileHandle handle{static_cast<int>(::syscall(SYS_pidfd_open, child, 0))};
  pollfd waiting{handle.get(), POLLIN, 0};
  in_time = handle.is_open() && ::poll(&waiting, 1, kPatience) == 1;
  if (!in_time) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

int redraw_here(std::string_view media_type, int quarter_turns) try {
  base::Bytes page;
  base::Bytes piece(1U << 20);
  for (ssize_t got = 0; (got = ::read(STDIN_FILENO, piece.data(), piece.size())) > 0;)
    page.insert(page.end(), piece.begin(), piece.begin() + got);
  const bool is_png = media_type == "image/png";
  auto picture = is_png ? decode_png(page) : decode_jpeg(page);
  if (!picture) return picture.error().code == ErrorCode::unsupported ? kTooLarge : kNoPicture;
  for (int turn = 0; turn < quarter_turns; ++turn) *picture = turned_once(*picture);
  const base::Bytes drawn = is_png ? encode_png(*picture) : encode_jpeg(*picture);
  if (drawn.empty()) return EXIT_FAILURE;
  return base::write_all(STDOUT_FILENO, drawn, "standard output") ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::bad_alloc&) {
  return kTooLarge;
}

}  // namespace

Result<base::Bytes> redraw(std::span<const std::uint8_t> page, std::string_view media_type, int quarter_turns) {
  if (media_type != "image/jpeg" && media_type != "image/png")
    return fail(ErrorCode::unsupported, "pages of type " + std::string(media_type) + " are not redrawn");
  const auto in = memory_file(page), out = memory_file({});
  if (!in) return tl::unexpected(in.error());
  if (!out) return tl::unexpected(out.error());
  const auto child = start(*in, *out, media_type, quarter_turns);
  if (!child) return fail(ErrorCode::internal, "the process that redraws pages does not start");
  bool in_time = false;
  const auto code = end_of(*child, in_time);
  if (!in_time) return fail(ErrorCode::timed_out, "the page takes too long to decode");
  if (code == 0) return content_of(*out);
  if (code == kNoPicture) return fail(ErrorCode::corrupt, "the page is no picture that can be decoded");
  if (code == kTooLarge) return fail(ErrorCode::unsupported, "the page has too many pixels or takes too much memory");
  return fail(ErrorCode::internal, "the process that redraws pages died: the page is not safe to open");
}

void run_redraw(std::string_view media_type, int quarter_turns) {
  // Destructors of a whole program's statics would want more of the kernel than is left.
  ::_exit(confine_this_process() ? redraw_here(media_type, quarter_turns) : EXIT_FAILURE);
}

}  // namespace bangwu::pages
