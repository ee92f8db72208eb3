#include <iostream>

#include "commands/commands.h"
#include "commands/data_folder.h"
#include "enrolment/enrolment.h"
#include "settings/settings.h"

namespace bangwu::commands {
namespace {
constexpr std::chrono::hours kCodeLifetime{24};
}  // namespace

Exit enrol(const Arguments& arguments) {
  if (arguments.name.empty() && arguments.kiosk.empty()) {
    return complain(Exit::usage,
                    "--name NAME is missing: how people call the new machine; or --kiosk ID of a known one");
  }
  auto data = open_data_folder(arguments, store::OpenMode::create);
  if (!data) return complain(data.error());
  std::chrono::hours lifetime = kCodeLifetime;
  if (arguments.config) {
    const auto settings = settings::read_settings(*arguments.config);
    if (!settings) return complain(Exit::configuration, settings.error().detail);
    lifetime = settings->enrolment.code_lifetime;
  }
  base::KernelRandom random;
  const auto now = base::RealClock{}.now();
  enrolment::CodeFor code_for{.name = arguments.name, .kiosk = std::nullopt};
  if (!arguments.kiosk.empty()) code_for.kiosk = arguments.kiosk;
  const auto code = enrolment::make_code(*data->store, random, now, lifetime, code_for);
  if (!code && code.error().code == base::ErrorCode::not_found) return complain(Exit::failed, code.error().detail);
  if (!code) return complain(Exit::store, code.error().detail);
  std::cout << "code         " << *code << "\n"
            << "valid until  " << base::to_rfc3339(now + lifetime) << "\n"
            << "sealing key  " << envelope::fingerprint(data->unsealing_key.public_key()) << "\n"
            << "receipt key  " << envelope::fingerprint(data->receipt_key.public_key()) << "\n";
  return Exit::ok;
}

}  // namespace bangwu::commands
