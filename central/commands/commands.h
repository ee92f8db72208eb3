#pragma once
#include "commands/arguments.h"

namespace bangwu::commands {

/// The subcommands of bangwu-central; each prints its result to standard output and what went wrong to standard error.

/// Serves kiosks and applicants until SIGTERM. On the first start makes the data folder, keys and, if told so,
/// certificates.
[[nodiscard]] Exit serve(const Arguments& arguments);
/// Checks the settings and every file of the catalogue and the calendar they name; prints all that is wrong and what is
/// usable. Touches no data.
[[nodiscard]] Exit check_settings(const Arguments& arguments);
/// Prints a single-use code for a new kiosk, or for one that is known and keeps its id, and the fingerprints of the
/// keys the kiosk must be told. May run beside serve.
[[nodiscard]] Exit enrol(const Arguments& arguments);
/// The kiosks this service knows, and which of them are revoked.
[[nodiscard]] Exit list_kiosks(const Arguments& arguments);
/// From now on nothing of the kiosk is taken, beside a serve as well; it is told the reason.
[[nodiscard]] Exit revoke_kiosk(const Arguments& arguments);
[[nodiscard]] Exit rename_kiosk(const Arguments& arguments);
/// A machine that this service has forgotten, and that showed one of its receipts, is known again under its id.
[[nodiscard]] Exit readmit_kiosk(const Arguments& arguments);
/// The clock is right now and was wrong before: what it noted for times after now is believed no more, and numbers are
/// given again. Written in the service's journal with who said so and why.
[[nodiscard]] Exit accept_clock(const Arguments& arguments);
/// Takes in a file a kiosk exported, on the same path as the network. What is known already is passed over.
[[nodiscard]] Exit import_file(const Arguments& arguments);
/// Checks everything stored against everything else that tells about it: chains of events, receipts, signatures,
/// bodies, blobs. Prints counts; `failed` on damage.
[[nodiscard]] Exit verify_store(const Arguments& arguments);
/// Copies database, blobs and keys into a new folder as they are at one moment, lists them in a signed manifest and
/// verifies the copy. May run beside serve. The folder has its name only once all of it is there.
[[nodiscard]] Exit make_backup(const Arguments& arguments);
/// Makes a new data folder of a backup, or of what is left of a data folder: of a new generation, which gives no number
/// that may have been given after the backup.
[[nodiscard]] Exit restore_backup(const Arguments& arguments);
/// Prints one case with the applicant's answers and the visit's rating.
[[nodiscard]] Exit show_case(const Arguments& arguments);
/// Writes a case's pages, opened, and application.json to a new folder (0700, files 0600).
[[nodiscard]] Exit export_case(const Arguments& arguments);
/// Draws the cases of a random follow-up (Article 15) from a published seed and prints all that others need to draw
/// them again. A period that has not ended is refused: its cases are not all known.
[[nodiscard]] Exit draw_follow_up(const Arguments& arguments);
[[nodiscard]] Exit list_ratings(const Arguments& arguments);

}  // namespace bangwu::commands
