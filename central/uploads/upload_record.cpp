#include "uploads/upload_record.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/file.h"

namespace bangwu::uploads {

std::string to_json(const UploadRecord& record) {
  return nlohmann::json{{"kiosk", record.kiosk},      {"length", record.length},
                        {"sha256", record.sha256},    {"expires_at", record.expires_at.time_since_epoch().count()},
                        {"boot", record.boot},        {"synced", record.synced},
                        {"metadata", record.metadata}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

base::Result<UploadRecord> record_from_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  try {
    return UploadRecord{json.at("kiosk").get<std::string>(),
                        json.at("length").get<std::uint64_t>(),
                        json.at("sha256").get<std::string>(),
                        base::SystemTime(std::chrono::milliseconds(json.at("expires_at").get<std::int64_t>())),
                        json.at("boot").get<std::string>(),
                        json.at("synced").get<std::uint64_t>(),
                        json.at("metadata").get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    return base::fail(base::ErrorCode::corrupt, "an upload's record does not read");
  }
}

std::string current_boot() {
  const base::FileHandle file{::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)};
  std::array<char, 64> text{};
  const ssize_t got = file.is_open() ? ::read(file.get(), text.data(), text.size()) : 0;
  std::string boot(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  while (!boot.empty() && boot.back() == '\n') boot.pop_back();
  return boot;
}

}  // namespace bangwu::uploads
