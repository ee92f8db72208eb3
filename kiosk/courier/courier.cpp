#include "courier/courier.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "courier/delivery.h"
#include "courier/reunion.h"

namespace bangwu::courier {
namespace {

const char* reason_of(const outbox::State& state) {
  if (const auto* waiting = std::get_if<outbox::Waiting>(&state)) return outbox::name_of(waiting->reason);
  if (const auto* dead = std::get_if<outbox::Dead>(&state)) return outbox::name_of(dead->reason);
  return "";
}

constexpr std::size_t kMostDetail = 500;

/// Dead letters need a person; so does what waits for one, but not anew at each attempt.
base::LogLevel level_of(const outbox::State& state, std::optional<outbox::Reason> before) {
  if (std::holds_alternative<outbox::Dead>(state)) return base::LogLevel::error;
  const auto* waiting = std::get_if<outbox::Waiting>(&state);
  if (waiting == nullptr || !needs_a_person(waiting->reason)) return base::LogLevel::info;
  return before == waiting->reason ? base::LogLevel::warning : base::LogLevel::error;
}

/// What an attempt tells of the line and of the machine.
void learn(Desk& desk, const Attempt& attempt) {
  if (attempt.receipt) {
    desk.heard();
    for (const auto refused : {Finding::revoked, Finding::unknown, Finding::shared}) desk.findings.erase(refused);
    return;
  }
  const auto* waiting = std::get_if<outbox::Waiting>(&attempt.state);
  const auto* dead = std::get_if<outbox::Dead>(&attempt.state);
  if (!waiting && !dead) return;
  const auto reason = waiting ? waiting->reason : dead->reason;
  if (reason == outbox::Reason::network || reason == outbox::Reason::outcome_unknown) desk.line_is_cut = true;
  else desk.heard(reason);
}

void log_attempt(const Attempt& attempt, int attempts, std::optional<outbox::Reason> before) {
  base::log(level_of(attempt.state, before), "courier.attempt",
            {{"envelope", base::to_string(attempt.id)},
             {"state", outbox::name_of(attempt.state)},
             {"reason", reason_of(attempt.state)},
             {"attempts", std::to_string(attempts)},
             {"detail", std::string_view(attempt.detail).substr(0, kMostDetail)}});
}

}  // namespace

CourierSettings settings_for(const identity::KioskIdentity& identity) {
  CourierSettings settings;
  settings.http.ca_file = identity.ca_file;
  settings.http.bearer = identity.token;
  settings.device_key = identity.device.public_key();
  return settings;
}

Courier::Courier(std::unique_ptr<Desk> desk) : desk_(std::move(desk)) {}
Courier::Courier(Courier&&) noexcept = default;
Courier& Courier::operator=(Courier&&) noexcept = default;
Courier::~Courier() = default;

base::Result<Courier> Courier::open(CourierSettings settings, const std::string& central_url, outbox::Outbox& outbox,
                                    blobs::BlobStore blobs, const base::Clock& clock, base::Random& random) {
  auto origin = http_client::Origin::parse(central_url, settings.plain);
  if (!origin) return tl::unexpected(origin.error());
  auto http = http_client::Client::open(std::move(*origin), settings.http);
  if (!http) return tl::unexpected(http.error());
  return Courier{std::unique_ptr<Desk>(new Desk{std::move(settings), std::move(*http), outbox, std::move(blobs), clock,
                                                random, std::nullopt, std::nullopt,
                                                base::to_string(base::make_uuid_v7(clock.now(), random))})};
}

void Desk::heard(outbox::Reason refusal) {
  heard();
  if (refusal == outbox::Reason::kiosk_revoked) findings.insert(Finding::revoked);
  if (refusal == outbox::Reason::unknown_kiosk) findings.insert(Finding::unknown);
  if (refusal == outbox::Reason::duplicate_identity) findings.insert(Finding::shared);
}

const Findings& Courier::findings() const { return desk_->findings; }

std::chrono::milliseconds Courier::until_meeting() const {
  const auto& settings = desk_->settings;
  const auto each = desk_->line_is_cut ? std::min(settings.meet_again_each, settings.meet_each) : settings.meet_each;
  if (!desk_->met) return std::chrono::milliseconds{0};
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(desk_->clock.steady() - *desk_->met);
  return std::max(each - since, std::chrono::milliseconds{0});
}

base::Result<void> Courier::meet_central(const std::stop_token& stop, const MayGoOn& may_go_on) {
  if (until_meeting() > std::chrono::milliseconds{0}) return {};
  bool is_interrupted = false;
  const auto met = courier::meet_central(*desk_, stop, [&] {
    is_interrupted = is_interrupted || (may_go_on && !may_go_on());
    return !is_interrupted;
  });
  // Whatever interrupted it is done first; then it is due at once, not as after a line that was cut.
  desk_->met = is_interrupted ? std::nullopt : std::optional(desk_->clock.steady());
  return met;
}

base::Result<std::optional<Attempt>> Courier::deliver_one(const std::stop_token& stop, const MayGoOn& may_go_on) {
  Desk& desk = *desk_;
  auto parcel = desk.outbox.lease_next(desk.clock.now(), desk.settings.lease);
  if (!parcel) return tl::unexpected(parcel.error());
  if (!*parcel) return std::optional<Attempt>{};
  const int attempts = (*parcel)->attempts;
  const auto before = (*parcel)->last_failure;
  const outbox::Lease lease = (*parcel)->lease;
  Delivery delivery{desk, std::move(**parcel)};
  auto attempt = delivery.run(stop, may_go_on);
  if (!attempt) {
    // The outbox failed, and may fail again here: then the lease ends by itself.
    static_cast<void>(desk.outbox.release(lease));
    return tl::unexpected(attempt.error());
  }
  learn(desk, *attempt);
  log_attempt(*attempt, attempts, before);
  return std::move(*attempt);
}

}  // namespace bangwu::courier
