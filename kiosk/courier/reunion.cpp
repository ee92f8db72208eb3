#include "courier/reunion.h"

#include <algorithm>

#include "base/log.h"
#include "json/text.h"

namespace bangwu::courier {
namespace {

using base::Result;

constexpr std::size_t kPage = 200;

/// What the service says it knows of this kiosk.
struct Known {
  std::string generation;
  std::uint64_t settled = 0, highest = 0;
  std::optional<std::uint64_t> wanted_from;
};

std::optional<Known> known_from(const std::string& body) {
  const auto document = json::parse(body).value_or(json::Value());
  const auto number = [&document](const char* name) {
    const json::Value* found = document.find(name);
    return found == nullptr ? std::nullopt : found->natural();
  };
  const std::string* generation = document.text_of("generation");
  const auto settled = number("settled"), highest = number("highest");
  if (generation == nullptr || !settled || !highest) return std::nullopt;
  return Known{*generation, *settled, *highest, number("wanted_from")};
}

/// Of this identity, with the highest number; nothing if there is none.
Result<std::optional<envelope::Receipt>> newest_receipt(outbox::Outbox& outbox) {
  const auto counts = outbox.counts();
  if (!counts) return tl::unexpected(counts.error());
  std::size_t end = counts->ready + counts->leased + counts->waiting + counts->dead + counts->delivered;
  while (end > 0) {
    const std::size_t begin = end > kPage ? end - kPage : 0;
    const auto entries = outbox.list(outbox::Which::all, end - begin, begin);
    if (!entries) return tl::unexpected(entries.error());
    const auto newest = std::find_if(entries->rbegin(), entries->rend(), [](const outbox::Entry& entry) {
      return std::holds_alternative<outbox::Delivered>(entry.state);
    });
    if (newest != entries->rend()) {
      const auto details = outbox.show(newest->id);
      if (!details) return tl::unexpected(details.error());
      return details->receipt;
    }
    end = begin;
  }
  return std::nullopt;
}

/// Only a plain answer that it has not arrived counts: a line that is down says nothing.
bool has_lost(Desk& desk, const base::Uuid& id, const std::stop_token& stop, const Courier::MayGoOn& may_go_on) {
  const auto outcome =
      desk.http.send({http_client::Method::get, "/v1/envelopes/" + base::to_string(id), {}, {}}, stop, may_go_on);
  const auto* answer = std::get_if<http_client::Answer>(&outcome);
  return answer != nullptr && judge(Exchange::question, answer->status, answer->problem()).step == Step::absent;
}

/// How many are given again.
Result<std::size_t> give_again(Desk& desk, std::uint64_t from, const std::stop_token& stop,
                               const Courier::MayGoOn& may_go_on) {
  std::size_t given = 0;
  for (std::size_t offset = 0; !stop.stop_requested(); offset += kPage) {
    const auto entries = desk.outbox.list(outbox::Which::all, kPage, offset);
    if (!entries) return tl::unexpected(entries.error());
    if (entries->empty()) break;
    for (const auto& entry : *entries) {
      const bool is_there = std::holds_alternative<outbox::Delivered>(entry.state) && entry.is_kept;
      if (!is_there || entry.sequence < from || !has_lost(desk, entry.id, stop, may_go_on)) continue;
      if (const auto ready = desk.outbox.give_again(entry.id); !ready) return tl::unexpected(ready.error());
      ++given;
    }
  }
  return given;
}

/// A restored service may have forgotten this kiosk: the receipt it gave proves that there was one. A person there lets
/// it in again; until then everything waits.
void ask_to_be_known(Desk& desk, const envelope::Receipt& receipt, const std::stop_token& stop,
                     const Courier::MayGoOn& may_go_on) {
  const std::string told = R"({"device_key":")" + envelope::key_to_hex(desk.settings.device_key) + R"(","receipt":)" +
                           envelope::to_json(receipt) + "}";
  const auto outcome =
      desk.http.send({http_client::Method::post, "/v1/kiosk/readmission", {{"Content-Type", "application/json"}}, told},
                     stop, may_go_on);
  const auto* answer = std::get_if<http_client::Answer>(&outcome);
  if (answer != nullptr && answer->status == 202) {
    base::log(base::LogLevel::error, "courier.forgotten",
              {{"kiosk", receipt.kiosk}, {"do", "at the central service: bangwu-central kiosks readmit"}});
  }
}

}  // namespace

Result<void> meet_central(Desk& desk, const std::stop_token& stop, const Courier::MayGoOn& may_go_on) {
  const auto newest = newest_receipt(desk.outbox);
  if (!newest) return tl::unexpected(newest.error());
  const std::string told =
      R"({"last_receipt":)" + (*newest ? envelope::to_json(**newest) : "null") + R"(,"run":")" + desk.run + "\"}";
  const auto outcome = desk.http.send(
      {http_client::Method::post, "/v1/kiosk/sync", {{"Content-Type", "application/json"}}, told}, stop, may_go_on);
  const auto* answer = std::get_if<http_client::Answer>(&outcome);
  if (answer != nullptr && answer->status == 401 && answer->problem() == "unknown-kiosk" && *newest)
    ask_to_be_known(desk, **newest, stop, may_go_on);
  const auto known = answer != nullptr && answer->status == 200 ? known_from(answer->body) : std::nullopt;
  if (!known) return {};
  if (const auto settled = desk.outbox.settle(known->settled); !settled) return tl::unexpected(settled.error());
  const auto is_ahead = desk.outbox.learn_sequence(known->highest);
  if (!is_ahead) return tl::unexpected(is_ahead.error());
  if (*is_ahead)
    base::log(base::LogLevel::error, "courier.disk_is_older", {{"highest", std::to_string(known->highest)}});
  if (!known->wanted_from) return {};
  const auto given = give_again(desk, *known->wanted_from, stop, may_go_on);
  if (!given) return tl::unexpected(given.error());
  base::log(base::LogLevel::warning, "courier.gives_again",
            {{"count", std::to_string(*given)}, {"generation", known->generation}});
  return {};
}

}  // namespace bangwu::courier
