#include "capture/places.h"

#include <glob.h>
#include <iconv.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>

#include "base/utf8.h"
#include "domain/characters.h"

namespace bangwu::capture {
namespace {

constexpr std::size_t kLongestName = 120;

/// Controls, invisible characters and those that change the direction of what follows (Unicode 15, 23.2): with them
/// "gpj.exe" can be made to look like "exe.jpg".
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB);
}

/// A stick that is pulled out may stay mounted for a while, or for good where nothing unmounts it.
bool has_its_device(dev_t device) {
  constexpr const char* kBlockDevices = "/sys/dev/block";
  const std::string entry = kBlockDevices + ("/" + std::to_string(major(device)) + ":" + std::to_string(minor(device)));
  return major(device) == 0 || ::access(entry.c_str(), F_OK) == 0 || ::access(kBlockDevices, F_OK) != 0;
}

class Converter {
 public:
  Converter() : handle_(::iconv_open("UTF-8", "GB18030")) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_open()) {
      ::iconv_close(handle_);
    }
  }
  [[nodiscard]] bool is_open() const { return handle_ != kNoHandle; }
  [[nodiscard]] iconv_t get() const { return handle_; }

 private:
  inline static const iconv_t kNoHandle = reinterpret_cast<iconv_t>(-1);  // as iconv_open() says it
  iconv_t handle_;
};

/// Names as Windows wrote them in China before Unicode (GB 18030). What is none either stays as it is.
std::string from_gb18030(std::string_view bytes) {
  const Converter converter;
  std::string in(bytes);
  std::string out(bytes.size() * 3, '\0');  // two bytes become at most three, four at most four
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  if (!converter.is_open() || ::iconv(converter.get(), &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
    return in;
  }
  out.resize(out.size() - room);
  return out;
}

/// Something is mounted on a directory when it lies on another device than the directory above.
bool is_mounted(const std::filesystem::path& path) {
  struct stat here {};
  struct stat above {};
  return ::lstat(path.c_str(), &here) == 0 && S_ISDIR(here.st_mode) &&
         ::stat(path.parent_path().c_str(), &above) == 0 && here.st_dev != above.st_dev && has_its_device(here.st_dev);
}

std::vector<std::filesystem::path> matches(const std::string& pattern) {
  glob_t found{};
  std::vector<std::filesystem::path> paths;
  if (::glob(pattern.c_str(), GLOB_NOSORT | GLOB_ONLYDIR, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  ::globfree(&found);
  return paths;
}

Place place_at(const std::filesystem::path& path, bool is_removable) {
  return {.path = path, .label = clean_name(path.filename().string()), .is_removable = is_removable};
}

}  // namespace

std::vector<Place> present_places(const ImportPlaces& places) {
  std::vector<std::filesystem::path> media;
  for (const std::string& pattern : places.media) {
    for (const auto& path : matches(pattern)) {
      if (is_mounted(path)) {
        media.push_back(path);
      }
    }
  }
  std::ranges::sort(media);
  media.erase(std::unique(media.begin(), media.end()), media.end());
  std::vector<Place> present;
  for (const auto& path : media) {
    present.push_back(place_at(path, true));
  }
  std::vector<std::filesystem::path> folders = places.folders;
  std::ranges::sort(folders);
  for (const auto& path : folders) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
      present.push_back(place_at(path, false));
    }
  }
  return present;
}

std::string clean_name(std::string_view bytes) {
  std::string text;
  std::size_t length = 0;
  const std::string as_utf8 = domain::is_utf8(bytes) ? std::string(bytes) : from_gb18030(bytes);
  for (const char32_t c : domain::decode_utf8(as_utf8)) {
    if (!is_hidden(c) && length < kLongestName) {
      text += base::to_utf8(c);
      ++length;
    }
  }
  return text.empty() ? "?" : text;
}

}  // namespace bangwu::capture
