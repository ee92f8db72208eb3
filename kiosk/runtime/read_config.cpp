#include "capture/hand_out.h"
#include "runtime/config.h"
#include "settings_file/strict_table.h"

namespace bangwu::runtime {
namespace {

using settings_file::Complaints;
using settings_file::StrictTable;

void read_hall(const toml::table& root, KioskConfig& config, Complaints& complaints) {
  StrictTable kiosk(root, "kiosk", complaints);
  kiosk.read_switch("production", config.production);
  kiosk.finish();

  StrictTable hall(root, "hall", complaints);
  hall.require("catalogue");
  hall.read_text("name", config.hall.name);
  hall.read_text("zone", config.hall.zone);
  hall.read_text("telephone", config.hall.telephone);
  hall.read_path("catalogue", config.hall.catalogue, StrictTable::Expect::folder);
  hall.finish();

  StrictTable screen(root, "screen", complaints);
  screen.read_decimal("diagonal_inches", config.screen.diagonal_inches, 7, 120);
  screen.finish();
}

void read_visit(const toml::table& root, KioskConfig::Visit& visit, Complaints& complaints) {
  StrictTable table(root, "visit", complaints);
  table.read_duration("idle_seconds", visit.idle, 60, 600);
  table.read_duration("countdown_seconds", visit.countdown, 10, 120);
  table.read_duration("answer_wait_seconds", visit.answer_wait, 1, 30);
  table.read_duration("thanks_seconds", visit.thanks, 3, 60);
  std::size_t instrument = static_cast<std::size_t>(visit.instrument);
  table.read_name("rating", instrument, {"review", "national"});
  visit.instrument = static_cast<domain::Instrument>(instrument);
  table.finish();
}

void read_capture(const toml::table& root, KioskConfig::Capture& capture, Complaints& complaints) {
  StrictTable table(root, "capture", complaints);
  table.read_text("scanner", capture.scanner);
  table.read_path("sane_config", capture.sane_config, StrictTable::Expect::folder);
  table.read_number("resolution", capture.resolution, 100, 600);
  table.read_number("pages_per_material", capture.pages_per_material, 1, 200);
  table.read_texts("media", capture.media);
  table.read_names("file_systems", capture.file_systems, capture::known_file_systems());
  std::vector<std::string> folders;
  table.read_texts("folders", folders);
  for (const auto& folder : folders) capture.folders.push_back(complaints.file.parent_path() / folder);
  table.finish();
}

void read_rest(const toml::table& root, KioskConfig& config, Complaints& complaints) {
  StrictTable storage(root, "storage", complaints);
  constexpr std::uint64_t kMebibyte = 1ULL << 20;
  std::uint64_t keep_free = config.storage.keep_free_bytes / kMebibyte;
  storage.read_number("keep_free_mebibytes", keep_free, 16, 1U << 20);
  config.storage.keep_free_bytes = keep_free * kMebibyte;
  std::uint64_t keep_delivered = config.storage.keep_delivered_bytes / kMebibyte;
  storage.read_number("keep_delivered_mebibytes", keep_delivered, 0, 1U << 20);
  config.storage.keep_delivered_bytes = keep_delivered * kMebibyte;
  storage.finish();

  StrictTable central(root, "central", complaints);
  central.read_switch("plain_http_on_loopback", config.central.plain_http_on_loopback);
  central.finish();
}

}  // namespace

base::Result<KioskConfig> read_config(const std::filesystem::path& file) {
  KioskConfig config;
  auto read = settings_file::read_strictly(file, {"kiosk", "hall", "screen", "visit", "capture", "storage", "central"},
                                           [&](const toml::table& root, Complaints& complaints) {
                                             read_hall(root, config, complaints);
                                             read_visit(root, config.visit, complaints);
                                             read_capture(root, config.capture, complaints);
                                             read_rest(root, config, complaints);
                                           });
  if (!read) return tl::unexpected(read.error());
  return config;
}

}  // namespace bangwu::runtime
