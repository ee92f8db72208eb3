#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/printable.h"
#include "commands.h"
#include "envelope/keys.h"

namespace {

constexpr const char* kHelp = R"(bangwu-kiosk - 帮吾办自助服务机 / self-service kiosk

  bangwu-kiosk run --config FILE --data DIR      open the machine's window
      [--fullscreen | --size WxH] [--landscape]  (default: a window of 1080x1920, or smaller if the display is)
      [--share DIR]                              icons, translations, dictionaries (default: beside the program)
      [--development]                            not in production: the window can be closed, what visitors type
                                                 be looked at, and files are refused, not the start, without a cell
      [--inspect SOCKET]                         answer tests on a Unix socket; only with --development
  bangwu-kiosk enrol --data DIR --url URL        make this machine known to a central service; it asks for the
      [--code - | --code-file FILE] [--name N]   code, or reads it there: never on the command line
      [--ca FILE] [--plain-http-on-loopback]     an enrolled machine keeps its id; one made from another's disk
      [--as-another]                             gets its own
  bangwu-kiosk queue --data DIR list [--all] | show ID | retry ID|all | export FILE
                                                 what waits to be delivered; never an applicant's data
  bangwu-kiosk check --config FILE [--data DIR]  configuration, catalogue, scanners, fonts, enrolment: all that
      [--share DIR]                              is wrong; ends with the code of the first
  bangwu-kiosk --help | --version

Exit codes: 0 done · 1 failed · 2 used wrongly · 3 configuration · 4 data folder (not enrolled, damaged, in use)
)";

}  // namespace

int main(int argc, char** argv) {
  const bangwu::base::PrintableOutput safe_output(std::cout), safe_errors(std::cerr);
  // libcurl would write every connection's keys there: the token and all that is sent could be read.
  ::unsetenv("SSLKEYLOGFILE");
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string_view command = words.empty() ? "" : std::string_view(words.front());
  if (command == "--help" || command == "help") return std::fputs(kHelp, stdout), bangwu::kDone;
  if (command == "--version") return std::printf("bangwu-kiosk %s\n", BANGWU_VERSION), bangwu::kDone;
  if (!bangwu::envelope::initialise_cryptography()) {
    std::fputs("bangwu-kiosk: this machine has no working random numbers\n", stderr);
    return bangwu::kFailed;
  }
  const std::span rest = std::span(words).subspan(words.empty() ? 0 : 1);
  if (command == "run") return bangwu::run_command(rest);
  if (command == "queue") return bangwu::queue_command(rest);
  if (command == "enrol") return bangwu::enrol_command(rest);
  if (command == "check") return bangwu::check_command(rest);
  std::fputs(kHelp, stderr);
  return bangwu::kUsedWrongly;
}
