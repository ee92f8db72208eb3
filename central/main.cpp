// bangwu-central: the service that kiosks push to, and the commands of its operator.
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>
#include <vector>

#include "base/printable.h"
#include "commands/commands.h"
#include "envelope/keys.h"
#include "pages/redraw.h"

namespace {

using bangwu::commands::Arguments;
using bangwu::commands::Exit;

constexpr std::string_view kHelp = R"(bangwu-central — receives what kiosks send, answers it and keeps it.

  serve   --config FILE --data DIR [--port N] [--print-port]
          Serve until SIGTERM. Port 0: a free one. The port is written to DIR/port.
  check   --config FILE
          Check the settings, the catalogue and the calendars they name: all that is wrong.
  enrol   --name NAME | --kiosk ID [--name NAME]  --data DIR [--config FILE]
          Print a single-use code for a new kiosk, or for one that is known and keeps its id, revoked or not. May run
          beside serve.
  kiosks list --data DIR [--json]
          The kiosks, by id.
  kiosks revoke ID --because WORDS --data DIR
          From now on nothing of this kiosk is taken. Its screen shows the words to staff.
  kiosks rename ID NAME --data DIR
          How people call it.
  kiosks readmit ID --data DIR
          Let a machine in again that this restored service has forgotten: it showed one of the service's receipts, and
          kiosks list names it.
  clock accept --because WORDS --data DIR
          The clock was wrong, ahead, and is right now: take envelopes again. What came meanwhile keeps its dates.
  import  FILE --config FILE --data DIR
          Take in a file that a kiosk exported while the network was down.
  verify  --data DIR [--config FILE]
          Check all that is stored: chains of events, receipts, signatures, blobs. DIR may be a backup.
  backup  FOLDER --data DIR [--config FILE]
          Copy database, blobs and keys into a new folder, whole and of one moment, and verify the copy. May run beside
          serve. Keep its folder keys/ elsewhere than the rest.
  restore FOLDER --data NEW [--config FILE]
          Make a new data folder of a backup; if FILE names a PostgreSQL database, that must be empty and gets the rows.
          What came after the backup was made is not in it; no number is given twice.
  show    NUMBER --data DIR [--config FILE] [--json]
          Print a case with the applicant's answers. With --config fields have their names.
  export  NUMBER FOLDER --data DIR [--config FILE] [--original]
          Write a case's pages, drawn anew as they were shown, its signature and application.json to a new folder.
          With --original also the bytes the kiosk sent: open them only where nothing can be harmed.
  ratings --data DIR [--config FILE] [--json]
          List the visitors' ratings.
  sample  --seed TEXT --from DATE --to DATE --count N --data DIR [--config FILE] [--json]
          Draw cases received on these days for a random follow-up (随机回访). Who knows the seed and the numbers of
          the cases draws the same: take a seed nobody could choose, drawn in public after the last day.
  --help, --version

A service on PostgreSQL is found by --config only: its [store] names the database.

Ends with 0 when all is well, 1 when the command failed or found damage, 2 for a wrong command line,
3 for wrong settings, 4 when the data folder cannot be used.
)";

struct Command {
  std::string_view name;
  Exit (*run)(const Arguments&);
  std::vector<std::string_view> options;
  std::size_t operands;
};

int run(const Command& command, std::span<const std::string_view> words) {
  const auto arguments = bangwu::commands::parse_arguments(words, command.options, command.operands);
  if (!arguments) {
    const std::string what =
        std::string(command.name) + ": " + arguments.error().detail + "; see bangwu-central --help";
    return static_cast<int>(bangwu::commands::complain(Exit::usage, what));
  }
  return static_cast<int>(command.run(*arguments));
}

}  // namespace

int main(int count, char** values) try {
  using namespace bangwu::commands;
  const bangwu::base::PrintableOutput safe_output(std::cout), safe_errors(std::cerr);
  ::unsetenv("SSLKEYLOGFILE");  // a library that minds it would write every connection's keys there
  const std::array<Command, 16> commands = {
      {{"serve", serve, {"config", "data", "port", "print-port"}, 0},
       {"check", check_settings, {"config"}, 0},
       {"enrol", enrol, {"config", "data", "kiosk", "name"}, 0},
       {"kiosks list", list_kiosks, {"config", "data", "json"}, 0},
       {"kiosks revoke", revoke_kiosk, {"because", "config", "data"}, 1},
       {"kiosks rename", rename_kiosk, {"config", "data"}, 2},
       {"kiosks readmit", readmit_kiosk, {"config", "data"}, 1},
       {"clock accept", accept_clock, {"because", "config", "data"}, 0},
       {"import", import_file, {"config", "data"}, 1},
       {"backup", make_backup, {"config", "data"}, 1},
       {"restore", restore_backup, {"config", "data"}, 1},
       {"verify", verify_store, {"config", "data"}, 0},
       {"show", show_case, {"config", "data", "json"}, 1},
       {"export", export_case, {"config", "data", "original"}, 2},
       {"ratings", list_ratings, {"config", "data", "json"}, 0},
       {"sample", draw_follow_up, {"config", "count", "data", "from", "json", "seed", "to"}, 0}}};
  const std::vector<std::string_view> words(values + 1, values + count);
  if (words.empty() || words[0] == "--help") {
    (words.empty() ? std::cerr : std::cout) << kHelp;
    return static_cast<int>(words.empty() ? Exit::usage : Exit::ok);
  }
  if (words[0] == "--version") {
    std::cout << "bangwu-central " << BANGWU_VERSION << "\n";
    return static_cast<int>(Exit::ok);
  }
  if (words[0] == bangwu::pages::kRedrawCommand && words.size() == 3)
    bangwu::pages::run_redraw(words[1], words[2].size() == 1 ? (words[2][0] - '0') & 3 : 0);
  ::umask(0077);  // what is kept is nobody else's
  if (!bangwu::envelope::initialise_cryptography())
    return static_cast<int>(complain(Exit::failed, "this machine has no working random numbers"));
  for (const auto& command : commands) {
    if (command.name == words[0]) return run(command, std::span(words).subspan(1));
    const auto space = command.name.find(' ');
    const bool is_said_in_two = space != std::string_view::npos && words.size() > 1 &&
                                command.name.substr(0, space) == words[0] && command.name.substr(space + 1) == words[1];
    if (is_said_in_two) return run(command, std::span(words).subspan(2));
  }
  return static_cast<int>(
      complain(Exit::usage, "unknown command " + std::string(words[0]) + "; see bangwu-central --help"));
} catch (const std::exception& error) {
  std::cerr << "bangwu-central: " << error.what() << "\n";
  return static_cast<int>(bangwu::commands::Exit::failed);
}
