#include "runtime/devices.h"

#include "runtime/device_hands.h"

namespace bangwu::runtime {

DeviceSettings device_settings(const KioskConfig::Capture& config, const std::filesystem::path& parts) {
  DeviceSettings settings;
  settings.scanner = config.scanner;
  settings.resolution = config.resolution;
  settings.worker.program = parts / "bangwu-capture-worker";
  if (!config.sane_config.empty())
    settings.worker.environment.push_back("SANE_CONFIG_DIR=" + config.sane_config.string());
  settings.places = {config.media, config.folders};
  settings.hand_out.file_systems = config.file_systems;
  settings.paper_module = parts / "bangwu-paper.so";
  settings.import_limits.max_pages = config.pages_per_material;
  return settings;
}

Devices::Devices(const DeviceSettings& settings, PageVault& vault, Mailbox& mailbox)
    : mailbox_(mailbox),
      scanner_([=, pages = PageIntake(vault, mailbox)] { return scanner_hands(settings, pages); }, mailbox),
      sticks_([=, pages = PageIntake(vault, mailbox)] { return stick_hands(settings, pages); }, mailbox),
      pictures_([=, pages = PageIntake(vault, mailbox)] { return picture_hands(settings, pages); }, mailbox),
      paper_([settings, &mailbox] { return paper_hands(settings, mailbox); }, mailbox) {}

void Devices::cancel(Ticket ticket) {
  scanner_.cancel(ticket);
  sticks_.cancel(ticket);
  pictures_.cancel(ticket);
}

void Devices::end_visit(VisitNumber visit) {
  scanner_.cancel_all_of(visit);
  sticks_.cancel_all_of(visit);
  pictures_.cancel_all_of(visit);
  order(visit, ForgetFilesJob{});
  order(visit, ForgetPicturesJob{});
}

std::vector<Watched> Devices::watched() {
  using session::MachineFault;
  // A slip is written by a process that is waited for without a look.
  constexpr int kPatience = 4, kPatienceForPaper = 8;
  return {watched_device("scanner", scanner_, MachineFault::scanner_stuck, mailbox_, kPatience),
          watched_device("sticks", sticks_, MachineFault::sticks_stuck, mailbox_, kPatience),
          watched_device("pictures", pictures_, MachineFault::pictures_stuck, mailbox_, kPatience),
          watched_device("paper", paper_, MachineFault::paper_stuck, mailbox_, kPatienceForPaper)};
}

bool Devices::any_hangs() const {
  return scanner_.is_given_up() || sticks_.is_given_up() || pictures_.is_given_up() || paper_.is_given_up();
}

bool Devices::idle() const { return scanner_.idle() && sticks_.idle() && pictures_.idle() && paper_.idle(); }

}  // namespace bangwu::runtime
