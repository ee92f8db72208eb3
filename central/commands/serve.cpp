#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <thread>

#include "base/log.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/data_folder.h"
#include "commands/ingest_parts.h"
#include "commands/knowledge.h"
#include "commands/memory.h"
#include "http/address.h"
#include "http/descriptors.h"
#include "http/server.h"
#include "ingest/references.h"
#include "recovery/recovery.h"

namespace bangwu::commands {
namespace {

constexpr std::chrono::minutes kSweepEach{5};
constexpr std::chrono::hours kFirstCollection{1}, kCollectEach{24};

void collect(DataFolder& data, std::chrono::hours collect_after, const base::Clock& clock,
             const std::stop_token& stop) {
  // Until its kiosks have given again what a restored service forgot, what nobody refers to is theirs.
  const auto recovering = recovery::is_recovering(*data.store);
  if (recovering && *recovering) return;
  const auto removed = recovering
                           ? ingest::collect_unreferenced(*data.store, data.blobs, clock.now(), collect_after, stop)
                           : base::Result<std::size_t>(tl::unexpected(recovering.error()));
  if (!removed && removed.error().code == base::ErrorCode::cancelled) return;
  if (!removed) base::log(base::LogLevel::error, "blobs.not_collected", {{"why", removed.error().detail}});
  else if (*removed > 0) base::log(base::LogLevel::info, "blobs.collected", {{"count", std::to_string(*removed)}});
}

/// Removes what nobody will ask for: expired uploads now and then, and once a day blobs no envelope refers to.
void sweep(uploads::Uploads& uploads, DataFolder& data, std::chrono::hours collect_after, const base::Clock& clock,
           const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  auto next_collection = clock.steady() + kFirstCollection;
  while (!stop.stop_requested()) {
    wake.wait_for(lock, stop, kSweepEach, [] { return false; });
    if (stop.stop_requested()) return;
    if (const std::size_t removed = uploads.expire(); removed > 0) {
      base::log(base::LogLevel::info, "uploads.expired", {{"count", std::to_string(removed)}});
    }
    if (clock.steady() < next_collection) continue;
    next_collection = clock.steady() + kCollectEach;
    collect(data, collect_after, clock, stop);
  }
}

/// A group of the operator's choice may read it, as Debian's ssl-cert does.
base::Result<http::TlsFiles> with_secret_key(http::TlsFiles files) {
  struct stat status {};
  if (::stat(files.key.c_str(), &status) != 0) return tl::unexpected(base::error_from_errno(errno, "read", files.key));
  if ((status.st_mode & 0037U) == 0) return files;
  return base::fail(base::ErrorCode::unauthorised,
                    files.key.string() +
                        " can be read by everybody on this machine: chmod 600 it, and get a new "
                        "certificate with a new key if others use this machine");
}

base::Result<std::optional<http::TlsFiles>> tls_files(const settings::Settings& settings,
                                                      const std::filesystem::path& data) {
  if (settings.http.allow_plain_http_on_loopback) return std::nullopt;
  if (!settings.tls.certificate.empty()) {
    for (const auto& file : {settings.tls.certificate, settings.tls.key}) {
      if (::access(file.c_str(), R_OK) != 0) return tl::unexpected(base::error_from_errno(errno, "read", file));
    }
    return with_secret_key({settings.tls.certificate, settings.tls.key});
  }
  auto made = http::local_certificates(data / "tls");
  if (!made) return tl::unexpected(made.error());
  return with_secret_key(std::move(*made));
}

void announce(std::uint16_t port, const std::filesystem::path& data, bool print) {
  const std::string text = std::to_string(port) + "\n";
  const auto saved = base::write_file_durably(data / "port", base::bytes_of(text), 0644);
  if (!saved) base::log(base::LogLevel::warning, "serve.port_not_written", {{"why", saved.error().detail}});
  base::log(base::LogLevel::info, "serve.listening", {{"port", std::to_string(port)}});
  if (print) std::cout << port << std::endl;
}

std::vector<http::Address> proxies_of(const settings::Settings::Http& http) {
  std::vector<http::Address> proxies;
  for (const auto& proxy : http.proxies) {
    if (const auto address = http::parse_address(proxy))
      proxies.push_back(*address);  // the settings hold addresses only
  }
  return proxies;
}

http::ConnectionLimits limits_of(const settings::Settings::Http& http) {
  const auto window = std::chrono::duration_cast<std::chrono::seconds>(http.body_window);
  return {.most = http.most_connections,
          .most_per_address = http.most_connections_per_address,
          .head = http.head_timeout,
          .idle = http.idle_timeout,
          .window = window,
          .least_in_window = http.least_body_bytes_per_second * static_cast<std::uint64_t>(window.count()),
          .proxies = proxies_of(http)};
}

http::ServerOptions options_of(const settings::Settings& settings, const Arguments& arguments) {
  http::ServerOptions options;
  options.address = settings.http.address;
  options.port = arguments.port.value_or(settings.http.port);
  options.io_threads = settings.http.io_threads;
  options.connections = limits_of(settings.http);
  options.drain = settings.http.drain;
  options.largest_body = settings.uploads.largest_bytes;
  options.library_folder = *arguments.data / "library";
  options.on_listening = [data = *arguments.data, print = arguments.print_port](std::uint16_t port) {
    announce(port, data, print);
  };
  return options;
}

Exit run(const settings::Settings& settings, const Knowledge& knowledge, DataFolder& data, watermark::Keeper& keeper,
         http::ServerOptions options) {
  const base::RealClock clock;
  base::KernelRandom random;
  const uploads::Limits limits{.largest_bytes = settings.uploads.largest_bytes,
                               .expire_after = settings.uploads.expire_after,
                               .most_open_per_kiosk = settings.uploads.most_open_per_kiosk,
                               .most_files_per_kiosk = settings.uploads.most_files_per_kiosk,
                               .most_bytes_per_kiosk = settings.uploads.most_bytes_per_kiosk,
                               .referred =
                                   [&](std::string_view kiosk, const std::vector<std::string>& names) {
                                     return ingest::referred_by_kiosk(*data.store, kiosk, names);
                                   },
                               .keep_free_bytes = settings.storage.keep_free_bytes};
  const auto uploads = uploads::Uploads::open(data.path / "uploads", data.blobs, clock, random, limits);
  if (!uploads) return complain(Exit::store, uploads.error().detail);
  enrolment::Gate gate(*data.store, clock);
  const ingest::Ingest ingest(ingest_parts(settings, knowledge, data, clock, keeper));
  const std::jthread sweeper(
      [&](const std::stop_token& stop) { sweep(**uploads, data, settings.storage.collect_after, clock, stop); });
  http::Api api(
      {.store = *data.store,
       .ingest = ingest,
       .uploads = **uploads,
       .gate = gate,
       .clock = clock,
       .random = random,
       .keys = data.keys(),
       .calendar = knowledge.calendar,
       .sealing_key = data.unsealing_key.public_key(),
       .receipt_key = data.receipt_key.public_key(),
       .lookup = {.of_address_at_number = settings.lookup.wrong_proofs_an_hour,
                  .of_address = 4 * settings.lookup.wrong_proofs_an_hour},
       .proxies = proxies_of(settings.http),
       .version = BANGWU_VERSION,
       .settled_after =
           settings.backup.settled_after.count() > 0 ? std::optional(settings.backup.settled_after) : std::nullopt,
       .generation_begun = [&keeper](const std::string& generation) { keeper.begin_generation(generation); }},
      settings.http.worker_threads);
  const auto served = http::serve(options, api);
  std::error_code ignored;
  std::filesystem::remove(data.path / "port", ignored);
  if (!served) return complain(Exit::failed, served.error().detail);
  return Exit::ok;
}

}  // namespace

Exit serve(const Arguments& arguments) {
  if (!arguments.config) return complain(Exit::usage, "--config FILE is missing");
  const auto settings = settings::read_settings(*arguments.config);
  if (!settings) return complain(Exit::configuration, settings.error().detail);
  std::string problems;
  const Knowledge knowledge = load_knowledge(*settings, problems);
  // A wrong entry is left out, and its applications go to a window: no reason to leave all kiosks without a service.
  if (!problems.empty()) std::cerr << problems;
  if (knowledge.catalogue.items.empty()) {
    return complain(Exit::configuration,
                    "the catalogue in " + settings->catalogue.directory.string() + " has no usable item");
  }
  const auto connections = http::make_room_for_connections(settings->http.most_connections);
  if (!connections) return complain(Exit::failed, connections.error().detail);
  http::block_end_signals();
  const auto lock = lock_for_serving(*arguments.data);
  if (!lock) return complain(Exit::store, lock.error().detail);
  auto data = open_data_folder(arguments, store::OpenMode::create);
  if (!data) return complain(data.error());
  const auto keeper = keep_watermark(*data, arguments);
  if (!keeper) return complain(keeper.error());
  auto tls = tls_files(*settings, *arguments.data);
  if (!tls) return complain(Exit::configuration, tls.error().detail + ": check [tls] in " + arguments.config->string());
  http::ServerOptions options = options_of(*settings, arguments);
  options.connections.most = *connections;
  // However few fit, one address never takes them all.
  options.connections.most_per_address = std::min(options.connections.most_per_address, std::max(1U, *connections / 4));
  options.tls = *tls;
  return run(*settings, knowledge, *data, **keeper, std::move(options));
}

}  // namespace bangwu::commands
