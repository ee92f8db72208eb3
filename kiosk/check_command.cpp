#include <algorithm>
#include <cstdio>

#include "arguments.h"
#include "base/printable.h"
#include "capture/scanner.h"
#include "catalogue/load.h"
#include "commands.h"
#include "identity/identity.h"
#include "program.h"
#include "runtime/config.h"
#include "runtime/devices.h"
#include "widgets/window.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;

/// All that is wrong, not only the first of it. The program ends with the code of the first.
class Findings {
 public:
  void add(int code, const std::string& what) {
    std::printf("%s\n", base::printable(what).c_str());
    if (code_ == kDone) code_ = code;
  }
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_ = kDone;
};

void check_cell(const runtime::KioskConfig::Capture& config, Findings& findings) {
  const auto walls = capture::try_cell(runtime::device_settings(config, program_folder()).worker);
  if (!walls) return findings.add(kFailed, "cell: " + walls.error().detail);
  std::printf("cell: %s\n", cell::to_string(*walls).c_str());
  if (!cell::has_fonts(*walls))
    findings.add(kFailed, "cell: without Landlock and namespaces no PDF is taken: enable one of them in the kernel");
}

// Lists what answers, so that a name can be taken over. A scanner that is named but not listed may be one that only
// opens (SANE's net and airscan), but more often it is switched off or spelt otherwise.
void check_scanners(const runtime::KioskConfig::Capture& config, Findings& findings) {
  const auto settings = runtime::device_settings(config, program_folder());
  const auto found = capture::Scanners(settings.worker, settings.scan_limits).list_scanners(capture::CancelToken{});
  if (!found)
    return findings.add(kFailed, std::string("scanners: cannot be listed: ") + domain::name_of(found.error()));
  if (found->empty()) std::printf("scanners: none answers\n");
  for (const auto& scanner : *found) {
    const std::string told = scanner.name + " (" + scanner.vendor + " " + scanner.model + ", " + scanner.type + ")";
    std::printf("scanner: %s\n", base::printable(told).c_str());
  }
  const bool answers =
      std::any_of(found->begin(), found->end(), [&](const auto& scanner) { return scanner.name == config.scanner; });
  if (config.scanner.empty() || answers) return;
  findings.add(kFailed,
               "capture.scanner: " + config.scanner +
                   " does not answer: switch it on or name a scanner that does; the kiosk tries it all the same");
}

void check_settings(const fs::path& file, Findings& findings) {
  const auto config = runtime::read_config(file);
  if (!config) {
    findings.add(kBadConfiguration, config.error().detail);
    std::printf("catalogue: not looked at, because the settings that name it are wrong\n");
    return;
  }
  const auto loaded = catalogue::load_catalogue(config->hall.catalogue);
  std::printf("catalogue: %zu items, %zu bundles, %zu problems\n", loaded.catalogue.items.size(),
              loaded.catalogue.bundles.size(), loaded.problems.size());
  std::error_code ignored;
  for (const auto& folder : config->capture.folders) {
    if (!fs::is_directory(folder, ignored)) {
      findings.add(kBadConfiguration, "capture.folders: there is no folder " + folder.string() +
                                          ": nothing of it is offered until there is");
    }
  }
  for (const auto& problem : loaded.problems) findings.add(kBadConfiguration, "  " + catalogue::to_string(problem));
  check_cell(config->capture, findings);
  check_scanners(config->capture, findings);
}

void check_program(const fs::path& share, Findings& findings) {
  std::vector<fs::path> parts{share / "icons", share / "locale", share / "rime",
                              program_folder() / "bangwu-capture-worker", program_folder() / "bangwu-paper.so"};
  std::error_code ignored;
  for (const auto& part : parts) {
    if (!fs::exists(part, ignored)) findings.add(kFailed, "missing: " + part.string() + "; install the program whole");
  }
  for (const auto& font : widgets::font_files()) {
    if (!fs::exists(font, ignored))
      findings.add(kFailed, "missing: " + font.string() + "; install the package fonts-noto-cjk");
  }
}

void check_enrolment(const fs::path& data, Findings& findings) {
  const auto identity = identity::load_identity(data);
  if (identity)
    std::printf("enrolled as %s (%s) with %s\n", identity->kiosk.c_str(), base::printable(identity->name).c_str(),
                identity->central_url.c_str());
  else findings.add(kBadData, identity.error().detail);
}

}  // namespace

int check_command(std::span<const std::string> given) {
  const auto arguments = Arguments::parse(given, {"config", "data", "share"}, {});
  if (!arguments) return wrong_use(arguments.error().detail);
  const auto config_file = arguments->value("config");
  if (!config_file || !arguments->words().empty()) return wrong_use("check needs --config FILE");
  Findings findings;
  check_settings(*config_file, findings);
  check_program(arguments->value("share").value_or(share_beside_program().string()), findings);
  if (const auto data = arguments->value("data")) check_enrolment(*data, findings);
  if (findings.code() == kDone) std::printf("all is well\n");
  return findings.code();
}

}  // namespace bangwu
