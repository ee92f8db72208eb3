#include "http/descriptors.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "base/log.h"

namespace bangwu::http {
namespace {

constexpr rlim_t kOwn = 64;     // database, listeners, event loops, blobs being read
constexpr rlim_t kOfEach = 2;   // a connection and the file it writes
constexpr rlim_t kFewest = 16;  // connections

}  // namespace

base::Result<std::uint32_t> make_room_for_connections(std::uint32_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return base::fail(base::ErrorCode::io_failed, std::string("getrlimit: ") + std::strerror(errno));
  const rlim_t needed = kOwn + kOfEach * wanted;
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = std::min(needed, limit.rlim_max);
    // What cannot be raised is lived with.
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur >= needed) return wanted;
  if (limit.rlim_cur < kOwn + kOfEach * kFewest) {
    return base::fail(base::ErrorCode::unsupported,
                      "only " + std::to_string(limit.rlim_cur) +
                          " files may be open: raise the limit (ulimit -n, LimitNOFILE=) to 1024 or more");
  }
  const auto fitting = static_cast<std::uint32_t>((limit.rlim_cur - kOwn) / kOfEach);
  base::log(base::LogLevel::warning, "http.few_descriptors",
            {{"files", std::to_string(limit.rlim_cur)}, {"connections", std::to_string(fitting)}});
  return fitting;
}

}  // namespace bangwu::http
