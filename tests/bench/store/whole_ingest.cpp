#include "bench/store/whole_ingest.h"

#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "central/support/kiosk.h"
#include "envelope/bodies.h"
#include "http_client/client.h"

namespace bangwu::bench {
namespace {

constexpr int kKiosks = 16;
constexpr double kLimit = 0.5;
/// More than are taken in a round, so that making them is not what is measured.
constexpr int kMade = 3000;

/// A kiosk with what it will send: applications without pages, whose uploads another bench measures.
struct Sender {
  support::Kiosk kiosk;
  std::vector<http_client::Request> requests{};
  std::size_t sent = 0;

  void make_requests() {
    requests.clear();
    sent = 0;
    for (int i = 0; i < kMade; ++i) {
      const auto body = envelope::to_json(support::Kiosk::sample("T-REVIEW", "开店"));
      const auto made = kiosk.seal(envelope::Kind::submission, body, {}, std::nullopt).envelope;
      requests.push_back({http_client::Method::put,
                          "/v1/envelopes/" + base::to_string(made.id),
                          {{"Content-Type", "application/json"}},
                          envelope::to_json(made)});
    }
  }
};

http_client::Client connect(const support::CentralProcess& central, const std::string& token) {
  auto origin = http_client::Origin::parse("https://127.0.0.1:" + std::to_string(central.port()),
                                           http_client::PlainHttp::refused);
  if (!origin) throw std::runtime_error(origin.error().detail);
  auto client = http_client::Client::open(std::move(*origin), {.ca_file = central.ca_file(), .bearer = token});
  if (!client) throw std::runtime_error(client.error().detail);
  return std::move(*client);
}

bool send_next(http_client::Client& client, Sender& sender) {
  const auto outcome = client.send(sender.requests.at(sender.sent++), {});
  const auto* answer = std::get_if<http_client::Answer>(&outcome);
  return answer != nullptr && answer->status == 201;
}

/// Envelopes a second that were acknowledged.
double rate_of(const support::CentralProcess& central, std::vector<Sender>& senders) {
  std::atomic<std::uint64_t> done = 0;
  std::atomic<bool> has_failed = false;
  for (auto& sender : senders) sender.make_requests();
  const auto begun = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (auto& sender : senders) {
      threads.emplace_back([&] {
        auto client = connect(central, sender.kiosk.token());
        while (std::chrono::steady_clock::now() < begun + kRound && sender.sent < sender.requests.size()) {
          if (send_next(client, sender)) ++done;
          else has_failed = true;
        }
      });
    }
  }
  if (has_failed) throw std::runtime_error("an envelope was not taken: " + central.log());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return static_cast<double>(done) / took.count();
}

}  // namespace

bool compare_whole_ingest(const support::ThrowawayPostgres& server, const Rival& rival) {
  const std::string settings = "[store]\ndatabase = \"" + server.database("service") + "\"\n" + support::kSmallReserve;
  support::CentralProcess central({.settings = support::kPlainHttp + settings});
  central.start();
  std::vector<Sender> senders;
  for (int i = 0; i < kKiosks; ++i) senders.push_back({support::Kiosk(central)});
  if (central.terminate() != 0) throw std::runtime_error("the service does not end");
  // The kiosks of tests enrol without TLS; what is measured is with it.
  std::string config = support::read_file(central.config());
  config.erase(config.find(support::kPlainHttp), std::string(support::kPlainHttp).size());
  support::write_file(central.config(), config);
  central.start();
  std::vector<double> ours, theirs;
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(rate_of(central, senders));
    theirs.push_back(rival.rate(kKiosks));
  }
  const double ratio = median(ours) / median(theirs);
  std::printf("the whole ingest a second, over HTTPS         ours    pgbench    ratio   limit\n");
  std::printf("%2d kiosks at once                      %10.0f %10.0f %8.2f %7.1f\n", kKiosks, median(ours),
              median(theirs), ratio, kLimit);
  return ratio >= kLimit;
}

}  // namespace bangwu::bench
