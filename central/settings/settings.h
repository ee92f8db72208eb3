#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace bangwu::settings {

/// What config/central.toml says. Every member has the default written there, except the folders of the catalogue and
/// the calendar, which must be named. Paths in the file are relative to the file.
struct Settings {
  struct Http {
    std::string address = "127.0.0.1";  ///< an IPv4 or IPv6 address to listen on
    std::uint16_t port = 8443;          ///< 0: one that is free
    bool allow_plain_http_on_loopback = false;
    unsigned io_threads = 2;                           ///< receive and send
    unsigned worker_threads = 16;                      ///< wait for the disk
    std::chrono::seconds idle_timeout{60};             ///< between two requests
    std::chrono::seconds head_timeout{10};             ///< for a request's head, the handshake included
    std::chrono::seconds body_window{15};              ///< in each a body brings at least...
    std::uint32_t least_body_bytes_per_second = 1000;  ///< ...so much, on the average
    std::uint32_t most_connections = 8192, most_connections_per_address = 256;
    std::vector<std::string> proxies;  ///< addresses that speak for many: believed, and not capped
    std::chrono::seconds drain{10};    ///< how long SIGTERM waits for answers under way
  } http;
  struct Tls {
    bool generate = true;               ///< on the first start: a CA and a certificate for localhost in DATA/tls
    std::filesystem::path certificate;  ///< PEM chain; empty: the generated one
    std::filesystem::path key;
  } tls;
  struct Catalogue {
    std::filesystem::path directory, calendar;
  } catalogue;
  struct Uploads {
    std::uint64_t largest_bytes = 512ULL << 20;
    std::chrono::hours expire_after{24};
    std::uint32_t most_open_per_kiosk = 2000;
    std::uint32_t most_files_per_kiosk = 3000;        ///< that no envelope refers to, unfinished ones included
    std::uint64_t most_bytes_per_kiosk = 8ULL << 30;  ///< of those
  } uploads;
  struct Storage {
    std::uint64_t keep_free_bytes = 1024ULL << 20;  ///< below it new uploads and envelopes are refused with 507
    std::chrono::hours collect_after{24 * 30};      ///< blobs no envelope refers to are removed
  } storage;
  struct Store {
    std::string database;  ///< PostgreSQL's connection string, never to be told; empty: SQLite in the data folder
  } store;
  struct Backup {
    std::chrono::days settled_after{0};  ///< kiosks need not keep what came so long ago; 0: only a backup settles
  } backup;
  struct Enrolment {
    std::chrono::hours code_lifetime{24};
  } enrolment;
  struct Limits {
    enum class RunFrom { hand_in, arrival } run_from = RunFrom::hand_in;
    std::chrono::days longest_delay{60};  ///< a hand-in further back is not believed
  } limits;
  struct Clock {
    std::chrono::days furthest_leap{400};  ///< further ahead of the last envelope the machine's clock is not believed
  } clock;
  struct Lookup {
    unsigned wrong_proofs_an_hour = 5;
  } lookup;
};

/// Reads the file strictly: an unknown key, a wrong type, a value out of its range, or a named file or folder that is
/// not there is `invalid_input` (a missing settings file `not_found`); `detail` says "file:line: what is wrong: what
/// to do", one line for each thing found.
[[nodiscard]] base::Result<Settings> read_settings(const std::filesystem::path& file);

}  // namespace bangwu::settings
