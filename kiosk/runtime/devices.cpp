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
    : scanner_([=, pages = PageIntake(vault, mailbox)] { return scanner_hands(settings, pages); }),
      sticks_([=, pages = PageIntake(vault, mailbox)] { return stick_hands(settings, pages); }),
      pictures_([=, pages = PageIntake(vault, mailbox)] { return picture_hands(settings, pages); }),
      paper_([settings, &mailbox] { return paper_hands(settings, mailbox); }) {}

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

bool Devices::idle() const { return scanner_.idle() && sticks_.idle() && pictures_.idle() && paper_.idle(); }

}  // namespace bangwu::runtime
