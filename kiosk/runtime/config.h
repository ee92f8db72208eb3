#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/rating.h"

namespace bangwu::runtime {

/// What config/kiosk.toml says; each member has the default written there. Paths in the file are relative to it.
struct KioskConfig {
  bool production = true;  ///< nobody looks in, the window stays, no start without the decoders' cell
  struct Hall {
    std::string name = "武进区政务服务中心";
    std::string zone;
    std::string telephone = "12345";
    std::filesystem::path catalogue;  ///< required
  } hall;
  struct Screen {
    float diagonal_inches = 32;
  } screen;
  struct Visit {
    std::chrono::seconds idle{120};  ///< 60–600, journeys.md
    std::chrono::seconds countdown{45};
    std::chrono::seconds answer_wait{4};
    std::chrono::seconds thanks{8};
    domain::Instrument instrument = domain::Instrument::national;
  } visit;
  struct Capture {
    std::string scanner;                ///< a SANE device; empty: the first that answers
    std::filesystem::path sane_config;  ///< SANE's configuration folder; empty: the system's
    int resolution = 300;
    int pages_per_material = 50;
    std::vector<std::string> media = {"/media/*", "/media/*/*", "/run/media/*/*"};
    std::vector<std::filesystem::path> folders;
    std::vector<std::string> file_systems = {"vfat", "exfat"};  ///< of sticks that slips are written to
  } capture;
  struct Storage {
    std::uint64_t keep_free_bytes = 512ULL << 20;     ///< below it no new visit begins
    std::uint64_t keep_delivered_bytes = 2ULL << 30;  ///< of what was delivered, until central says it is settled
  } storage;
  struct Central {
    bool plain_http_on_loopback = false;
  } central;
};

/// Strict: an unknown key, a wrong type, a value out of range or a named folder that is not there is `invalid_input`
/// (a missing file `not_found`); the detail has "file:line: what: what to do", one line for each. capture.folders may
/// come and go while the kiosk runs and are not asked for.
[[nodiscard]] base::Result<KioskConfig> read_config(const std::filesystem::path& file);

}  // namespace bangwu::runtime
