#include "uploads/upload_record.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "base/file.h"
#include "json/members.h"

namespace bangwu::uploads {

std::string to_json(const UploadRecord& record) {
  return json::write({{"kiosk", record.kiosk},
                      {"length", record.length},
                      {"sha256", record.sha256},
                      {"expires_at", record.expires_at.time_since_epoch().count()},
                      {"boot", record.boot},
                      {"synced", record.synced},
                      {"metadata", record.metadata}});
}

base::Result<UploadRecord> record_from_json(std::string_view text) {
  constexpr json::Length kAny{0, 4096};
  const auto document = json::parse_object(text, "an upload's record").value_or(json::Value());
  json::Fault fault;
  json::Members members(document, "record", fault);
  UploadRecord record;
  record.kiosk = members.text("kiosk", kAny);
  record.length = static_cast<std::uint64_t>(members.integer("length", 0, INT64_MAX));
  record.sha256 = members.text("sha256", kAny);
  record.expires_at = base::SystemTime(std::chrono::milliseconds(members.integer("expires_at", INT64_MIN, INT64_MAX)));
  record.boot = members.text("boot", kAny);
  record.synced = static_cast<std::uint64_t>(members.integer("synced", 0, INT64_MAX));
  record.metadata = members.text("metadata", kAny);
  if (fault.is_noted()) return base::fail(base::ErrorCode::corrupt, "an upload's record does not read");
  return record;
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
