#pragma once
#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>

#include "base/clock.h"
#include "outbox/outbox.h"

namespace bangwu::outbox {

/// What `queue` prints when it is used wrongly, and in the program's help.
[[nodiscard]] const char* queue_usage();

/// The subcommand `queue`, for technicians at the machine or by remote shell; `args` follow the word "queue":
///   list [--all]   one line an item that is not delivered (with --all: every line of the ledger)
///   show ID        one item: state, why it does not go and what to do, attempts, uploads, receipt
///   retry ID|all   a dead or waiting item is tried again now; all: every one of them
///   export FILE    everything undelivered into one sealed file for `bangwu-central import`
/// Prints nothing of an applicant. Returns the exit code: 0 done, 1 not found or failed, 2 used wrongly.
[[nodiscard]] int queue_command(std::span<const std::string> args, Outbox& outbox, base::SystemTime now,
                                std::ostream& out);

/// `queue recover`: goes on after the database was lost (outbox/recovery.h), with the kiosk stopped, and says what is
/// missing. Not by queue_command(), for then there is no Outbox to be opened.
[[nodiscard]] int recover_command(const std::filesystem::path& directory, const blobs::BlobStore& blobs,
                                  base::SystemTime now, std::ostream& out);

}  // namespace bangwu::outbox
