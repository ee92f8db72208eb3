#include <arpa/inet.h>

#include <array>

#include "settings/settings.h"
#include "settings_file/strict_table.h"

namespace bangwu::settings {
namespace {

using settings_file::Complaints;
using settings_file::StrictTable;

constexpr std::uint64_t kMebibyte = 1ULL << 20;

bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return inet_pton(AF_INET, text.c_str(), parsed.data()) == 1 || inet_pton(AF_INET6, text.c_str(), parsed.data()) == 1;
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

void read_http(const toml::table& root, Settings::Http& http, Complaints& complaints) {
  StrictTable table(root, "http", complaints);
  table.read_text("address", http.address);
  table.read_number("port", http.port, 0, 65535);
  table.read_switch("allow_plain_http_on_loopback", http.allow_plain_http_on_loopback);
  table.read_number("io_threads", http.io_threads, 1, 64);
  table.read_number("worker_threads", http.worker_threads, 1, 256);
  table.read_duration("idle_timeout_seconds", http.idle_timeout, 1, 3600);
  table.read_duration("head_timeout_seconds", http.head_timeout, 1, 3600);
  table.read_duration("body_window_seconds", http.body_window, 1, 3600);
  table.read_number("least_body_bytes_per_second", http.least_body_bytes_per_second, 0, 1000000);
  table.read_number("most_connections", http.most_connections, 16, 1000000);
  table.read_number("most_connections_per_address", http.most_connections_per_address, 1, 1000000);
  table.read_texts("proxies", http.proxies);
  table.read_duration("drain_seconds", http.drain, 0, 300);
  table.finish();
  const toml::node* node = root.get("http");
  const toml::source_region where = node != nullptr ? node->source() : toml::source_region{};
  if (!is_address(http.address))
    complaints.add(where, "http.address " + http.address + " is no IP address: give one such as 127.0.0.1");
  for (const auto& proxy : http.proxies) {
    if (!is_address(proxy))
      complaints.add(where, "http.proxies: " + proxy + " is no IP address: give one such as 127.0.0.1");
  }
  if (http.allow_plain_http_on_loopback && !is_loopback(http.address)) {
    complaints.add(where,
                   "http.allow_plain_http_on_loopback is for addresses of this machine only: "
                   "set it to false or listen on 127.0.0.1");
  }
}

void read_tls(const toml::table& root, Settings::Tls& tls, Complaints& complaints) {
  StrictTable table(root, "tls", complaints);
  table.read_switch("generate_tls", tls.generate);
  table.read_path("certificate", tls.certificate, StrictTable::Expect::file);
  table.read_path("key", tls.key, StrictTable::Expect::file);
  table.finish();
  const toml::node* node = root.get("tls");
  const toml::source_region where = node != nullptr ? node->source() : toml::source_region{};
  if (tls.certificate.empty() != tls.key.empty()) {
    complaints.add(where, "[tls] names only one of certificate and key: name both or neither");
  }
  if (!tls.generate && tls.certificate.empty()) {
    complaints.add(where,
                   "[tls] has no certificate and generate_tls is false: name certificate and key, or set "
                   "generate_tls = true");
  }
}

/// The certificate the service makes itself is for this machine's names only.
void check_reach(const toml::table& root, const Settings& settings, Complaints& complaints) {
  if (!settings.tls.certificate.empty() || is_loopback(settings.http.address)) return;
  const toml::node* node = root.get("http");
  complaints.add(node != nullptr ? node->source() : toml::source_region{},
                 "http.address " + settings.http.address +
                     " is reached from other machines, but the generated certificate is for localhost only: name a "
                     "certificate and its key in [tls], or listen on 127.0.0.1");
}

void read_rest(const toml::table& root, Settings& settings, Complaints& complaints) {
  StrictTable catalogue(root, "catalogue", complaints);
  catalogue.require("directory");
  catalogue.require("calendar");
  catalogue.read_path("directory", settings.catalogue.directory, StrictTable::Expect::folder);
  catalogue.read_path("calendar", settings.catalogue.calendar, StrictTable::Expect::folder);
  catalogue.finish();

  StrictTable uploads(root, "uploads", complaints);
  std::uint64_t largest = settings.uploads.largest_bytes / kMebibyte;
  uploads.read_number("largest_mebibytes", largest, 1, 1U << 20);
  settings.uploads.largest_bytes = largest * kMebibyte;
  uploads.read_duration("expire_after_hours", settings.uploads.expire_after, 1, 24 * 90);
  uploads.read_number("most_open_per_kiosk", settings.uploads.most_open_per_kiosk, 1, 1000000);
  uploads.read_number("most_files_per_kiosk", settings.uploads.most_files_per_kiosk, 1, 1000000);
  std::uint64_t most = settings.uploads.most_bytes_per_kiosk / kMebibyte;
  uploads.read_number("most_mebibytes_per_kiosk", most, 1, 1U << 30);
  settings.uploads.most_bytes_per_kiosk = most * kMebibyte;
  uploads.finish();

  StrictTable storage(root, "storage", complaints);
  std::uint64_t keep_free = settings.storage.keep_free_bytes / kMebibyte;
  storage.read_number("keep_free_mebibytes", keep_free, 0, 1U << 30);
  settings.storage.keep_free_bytes = keep_free * kMebibyte;
  storage.read_duration("collect_after_hours", settings.storage.collect_after, 2, 24 * 365);
  storage.finish();

  StrictTable store(root, "store", complaints);
  store.read_text("database", settings.store.database);
  store.finish();

  StrictTable backup(root, "backup", complaints);
  backup.read_duration("settled_after_days", settings.backup.settled_after, 0, 3650);
  backup.finish();

  StrictTable enrolment(root, "enrolment", complaints);
  enrolment.read_duration("code_lifetime_hours", settings.enrolment.code_lifetime, 1, 24 * 14);
  enrolment.finish();

  StrictTable limits(root, "limits", complaints);
  auto run_from = static_cast<std::size_t>(settings.limits.run_from);
  limits.read_name("run_from", run_from, {"hand_in", "arrival"});
  settings.limits.run_from = static_cast<Settings::Limits::RunFrom>(run_from);
  limits.read_duration("longest_delay_days", settings.limits.longest_delay, 1, 3650);
  limits.finish();

  StrictTable clock(root, "clock", complaints);
  clock.read_duration("furthest_leap_days", settings.clock.furthest_leap, 1, 36500);
  clock.finish();

  StrictTable lookup(root, "lookup", complaints);
  lookup.read_number("wrong_proofs_an_hour", settings.lookup.wrong_proofs_an_hour, 1, 1000);
  lookup.finish();
}

}  // namespace

base::Result<Settings> read_settings(const std::filesystem::path& file) {
  Settings settings;
  auto read = settings_file::read_strictly(
      std::filesystem::absolute(file),
      {"http", "tls", "catalogue", "uploads", "storage", "store", "backup", "enrolment", "limits", "clock", "lookup"},
      [&](const toml::table& root, Complaints& complaints) {
        read_http(root, settings.http, complaints);
        read_tls(root, settings.tls, complaints);
        check_reach(root, settings, complaints);
        read_rest(root, settings, complaints);
      });
  if (!read) return tl::unexpected(read.error());
  return settings;
}

}  // namespace bangwu::settings
