#include "outbox/mark.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <sstream>

#include "base/sha256.h"
#include "envelope/keys.h"

namespace bangwu::outbox {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kPlace = 4096;  // a sector of any disk, so that writing one cannot spoil the other
constexpr int kPlaces = 2;
constexpr std::string_view kFormat = "bangwu-mark-1";

struct Written {
  std::uint64_t turn = 0;
  Promised promised;
};

struct Places {
  std::array<std::optional<Written>, kPlaces> read;
  bool is_blank = true;  // never written

  [[nodiscard]] const Written* latest() const {
    const Written* latest = nullptr;
    for (const auto& place : read) {
      if (place && (latest == nullptr || place->turn > latest->turn)) latest = &*place;
    }
    return latest;
  }
};

/// One line, its hash in the next, zeros to the end of the place.
std::string text_of(const Written& written) {
  std::ostringstream line;
  line << kFormat << ' ' << written.turn << ' ' << written.promised.number << ' ' << written.promised.sequence << ' '
       << written.promised.kiosk;
  std::string text = line.str() + '\n' + base::sha256_hex(line.str()) + '\n';
  text.resize(kPlace, '\0');
  return text;
}

std::optional<Written> written_in(const std::string& place) {
  const auto end = place.find('\n');
  if (end == std::string::npos) return std::nullopt;
  const std::string line = place.substr(0, end);
  if (place.compare(end + 1, 65, base::sha256_hex(line) + '\n') != 0) return std::nullopt;
  std::istringstream words(line);
  std::string format;
  Written written;
  words >> format >> written.turn >> written.promised.number >> written.promised.sequence;
  if (!words || format != kFormat) return std::nullopt;
  words >> written.promised.kiosk;  // none: not enrolled
  return written;
}

Result<Places> read_places(const base::FileHandle& file, const fs::path& path) {
  Places places;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    std::string bytes(kPlace, '\0');
    const ssize_t got = ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(i * kPlace));
    if (got < 0) return tl::unexpected(base::error_from_errno(errno, "read", path));
    places.is_blank = places.is_blank && std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
    places.read[i] = written_in(bytes);
  }
  return places;
}

Result<void> write_place(const base::FileHandle& file, const fs::path& path, const Written& written) {
  const std::string text = text_of(written);
  const auto at = static_cast<off_t>(written.turn % kPlaces * kPlace);
  const ssize_t done = ::pwrite(file.get(), text.data(), text.size(), at);
  if (done < 0) return tl::unexpected(base::error_from_errno(errno, "write", path));
  if (static_cast<std::size_t>(done) != text.size())
    return base::fail(ErrorCode::io_failed, path.string() + " was cut");
  if (::fdatasync(file.get()) != 0) return tl::unexpected(base::error_from_errno(errno, "fsync", path));
  return {};
}

/// One process after the other, from reading to writing.
class Turn {
 public:
  explicit Turn(int file) : file_(file) {
    while (::flock(file_, LOCK_EX) != 0 && errno == EINTR) continue;
  }
  ~Turn() { ::flock(file_, LOCK_UN); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  int file_;
};

Promised higher_of(const Promised& before, const Promised& now) {
  Promised higher = now;
  higher.number = std::max(before.number, now.number);
  if (now.kiosk.empty()) higher.kiosk = before.kiosk;
  if (higher.kiosk == before.kiosk) higher.sequence = std::max(before.sequence, now.sequence);
  return higher;
}

}  // namespace

Result<Mark> Mark::open(const fs::path& file) {
  base::FileHandle handle{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
  if (!handle.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", file));
  struct stat status {};
  if (::fstat(handle.get(), &status) != 0) return tl::unexpected(base::error_from_errno(errno, "stat", file));
  if (status.st_size < static_cast<off_t>(kPlaces * kPlace)) {
    // Its room is taken now: a full disk must not keep a promise from being noted.
    if (const int error = ::posix_fallocate(handle.get(), 0, kPlaces * kPlace); error != 0) {
      return tl::unexpected(base::error_from_errno(error, "make room for", file));
    }
    if (::fsync(handle.get()) != 0) return tl::unexpected(base::error_from_errno(errno, "fsync", file));
    if (auto synced = base::sync_directory(file.parent_path()); !synced)
      return tl::unexpected(std::move(synced).error());
  }
  return Mark(std::move(handle), file);
}

Result<std::optional<Promised>> Mark::read() const {
  const auto places = read_places(handle_, file_);
  if (!places) return tl::unexpected(places.error());
  if (const Written* latest = places->latest()) return latest->promised;
  if (places->is_blank) return std::nullopt;
  return base::fail(ErrorCode::corrupt, file_.string() + " is not as it was written");
}

Result<void> Mark::raise(const Promised& promised) const {
  const Turn turn(handle_.get());
  const auto places = read_places(handle_, file_);
  if (!places) return tl::unexpected(places.error());
  Written next{.turn = 1, .promised = promised};
  if (const Written* latest = places->latest()) {
    next = {.turn = latest->turn + 1, .promised = higher_of(latest->promised, promised)};
    if (next.promised == latest->promised) return {};
  }
  return write_place(handle_, file_, next);
}

Result<void> Mark::write_again() const {
  const Turn turn(handle_.get());
  const auto places = read_places(handle_, file_);
  if (!places) return tl::unexpected(places.error());
  const Written* latest = places->latest();
  if (latest == nullptr) return base::fail(ErrorCode::corrupt, file_.string() + " is not as it was written");
  return write_place(handle_, file_, {.turn = latest->turn + 1, .promised = latest->promised});
}

}  // namespace bangwu::outbox
