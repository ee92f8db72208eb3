#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "arguments.h"
#include "base/file.h"
#include "base/text.h"
#include "blobs/blob_store.h"
#include "commands.h"
#include "envelope/keys.h"
#include "identity/data_lock.h"
#include "identity/identity.h"
#include "outbox/outbox.h"
#include "program.h"

namespace bangwu {
namespace {

using base::ErrorCode;

constexpr std::size_t kLongestCodeFile = 4096;

/// Whoever lists processes reads command lines, so a code never stands on one.
base::Result<std::string> read_code(const Arguments& arguments) {
  if (arguments.value("code").value_or("-") != "-") {
    return base::fail(ErrorCode::invalid_input,
                      "--code takes only -, for standard input: on a command line others could read the code. Type it "
                      "when asked, or give --code-file FILE");
  }
  std::string line;
  if (const auto file = arguments.value("code-file")) {
    auto text = base::read_text_file(*file, kLongestCodeFile);
    if (!text) return text;
    line = text->substr(0, text->find('\n'));
  } else {
    if (::isatty(STDIN_FILENO) == 1) std::cerr << "code: " << std::flush;
    std::getline(std::cin, line);
  }
  line = std::string(base::trimmed(line));
  if (line.empty()) return base::fail(ErrorCode::invalid_input, "enrol needs a code from bangwu-central enrol");
  return line;
}

void print(const identity::KioskIdentity& identity, const std::string& typed_name) {
  std::cout << "enrolled as " << identity.kiosk << " (" << identity.name << ") with " << identity.central_url << "\n";
  if (!typed_name.empty() && typed_name != identity.name) {
    std::cout << "the code was made for " << identity.name << ": that is its name, not " << typed_name << "\n";
  }
  std::cout << "sealing key  " << envelope::fingerprint(identity.sealing_key) << "\nreceipt key  "
            << envelope::fingerprint(identity.receipt_key) << "\ncompare both with what bangwu-central enrol printed\n";
}

/// Nothing: this machine never had a queue.
base::Result<std::optional<outbox::Outbox>> open_queue(const std::string& data) {
  const auto queue = std::filesystem::path(data) / "outbox";
  if (!std::filesystem::exists(queue) && !std::filesystem::exists(queue.string() + ".mark")) return std::nullopt;
  auto blobs = blobs::BlobStore::open(std::filesystem::path(data) / "blobs");
  if (!blobs) return tl::unexpected(blobs.error());
  auto outbox = outbox::Outbox::open(queue, std::move(*blobs), std::nullopt, outbox::kKeepAll);
  if (!outbox) return tl::unexpected(outbox.error());
  return std::move(*outbox);
}

/// For whom the queue holds something, if the machine is to stay who it is; it must hold nothing if it is not.
base::Result<std::vector<std::string>> look_at_queue(const std::string& data, identity::EnrolAs as) {
  auto outbox = open_queue(data);
  if (!outbox) return tl::unexpected(outbox.error());
  if (!*outbox) return std::vector<std::string>{};
  if (as == identity::EnrolAs::itself) return (*outbox)->held_for();
  const auto counts = (*outbox)->counts();
  if (!counts) return tl::unexpected(counts.error());
  const std::size_t waiting = counts->ready + counts->leased + counts->waiting + counts->dead;
  if (waiting == 0) return std::vector<std::string>{};
  return base::fail(ErrorCode::conflict, std::to_string(waiting) +
                                             " items of the queue are sealed under the id this machine has: deliver "
                                             "them first (bangwu-kiosk queue retry all), then enrol as another");
}

}  // namespace

int enrol_command(std::span<const std::string> given) {
  const auto arguments = Arguments::parse(given, {"data", "url", "ca", "code", "code-file", "name"},
                                          {"plain-http-on-loopback", "as-another"});
  if (!arguments) return wrong_use(arguments.error().detail);
  const auto data = arguments->value("data");
  const auto url = arguments->value("url");
  if (!data || !url || !arguments->words().empty()) return wrong_use("enrol needs --data and --url");
  const auto code = read_code(*arguments);
  if (!code && code.error().code == ErrorCode::invalid_input) return wrong_use(code.error().detail);
  if (!code) return complain(code.error(), kFailed);
  const auto lock = identity::DataLock::acquire(*data);
  if (!lock) return complain(lock.error(), kBadData);
  const auto plain =
      arguments->has("plain-http-on-loopback") ? http_client::PlainHttp::on_loopback : http_client::PlainHttp::refused;
  const auto as = arguments->has("as-another") ? identity::EnrolAs::another : identity::EnrolAs::itself;
  auto held_for = look_at_queue(*data, as);
  if (!held_for) return complain(held_for.error(), kFailed);
  const std::string name = arguments->value("name").value_or("");
  const auto identity = identity::enrol({.url = *url,
                                         .ca = arguments->value("ca").value_or(""),
                                         .code = *code,
                                         .name = name,
                                         .data = *data,
                                         .plain = plain,
                                         .as = as,
                                         .held_for = std::move(*held_for)},
                                        std::stop_token{});
  if (!identity) return complain(identity.error(), kFailed);
  print(*identity, name);
  return kDone;
}

}  // namespace bangwu
