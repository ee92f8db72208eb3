#include "courier/reunion.h"

#include <utility>
#include <vector>

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
  std::vector<std::pair<std::uint64_t, std::uint64_t>> settled_also;  ///< sequences behind a gap: first and last
  std::optional<std::uint64_t> wanted_from;
};

/// Of a service of before: none.
std::vector<std::pair<std::uint64_t, std::uint64_t>> spans_from(const json::Value* array) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> spans;
  if (array == nullptr) return spans;
  for (const auto& span : array->elements()) {
    if (span.elements().size() != 2) continue;
    const auto first = span.elements()[0].natural(), last = span.elements()[1].natural();
    if (first && last) spans.emplace_back(*first, *last);
  }
  return spans;
}

std::optional<Known> known_from(const std::string& body) {
  const auto document = json::parse(body).value_or(json::Value());
  const auto number = [&document](const char* name) {
    const json::Value* found = document.find(name);
    return found == nullptr ? std::nullopt : found->natural();
  };
  const std::string* generation = document.text_of("generation");
  const auto settled = number("settled"), highest = number("highest");
  if (generation == nullptr || !settled || !highest) return std::nullopt;
  return Known{*generation, *settled, *highest, spans_from(document.find("settled_also")), number("wanted_from")};
}

/// What the service answers about an envelope. Only a plain answer that it has not arrived counts as such: a line that
/// is down, or a front that does not know the address, says nothing.
enum class Has { it, it_not, unknown };
Has ask(Desk& desk, const base::Uuid& id, const std::stop_token& stop, const Courier::MayGoOn& may_go_on) {
  const auto outcome =
      desk.http.send({http_client::Method::get, "/v1/envelopes/" + base::to_string(id), {}, {}}, stop, may_go_on);
  const auto* answer = std::get_if<http_client::Answer>(&outcome);
  if (answer == nullptr) return Has::unknown;
  const auto step = judge(Exchange::question, answer->status, answer->problem()).step;
  return step == Step::absent ? Has::it_not : step == Step::accepted ? Has::it : Has::unknown;
}

/// What came of looking through all that could be given again.
struct Pass {
  std::size_t given = 0;
  bool is_whole = true;  ///< the service answered about each
};

/// It was given again, and is not there yet.
Result<bool> is_under_way(outbox::Outbox& outbox, const outbox::Entry& entry) {
  if (std::holds_alternative<outbox::Dead>(entry.state)) return false;
  const auto details = outbox.show(entry.id);
  if (!details) return tl::unexpected(details.error());
  return details->receipt.has_value();
}

/// What is kept of this identity, from that sequence on.
Result<Pass> give_again(Desk& desk, const std::string& kiosk, std::uint64_t from, const std::stop_token& stop,
                        const Courier::MayGoOn& may_go_on) {
  Pass pass;
  for (std::size_t offset = 0; !stop.stop_requested(); offset += kPage) {
    const auto entries = desk.outbox.list(outbox::Which::all, kPage, offset);
    if (!entries) return tl::unexpected(entries.error());
    if (entries->empty()) return pass;
    for (const auto& entry : *entries) {
      if (entry.kiosk != kiosk || entry.sequence < from) continue;
      if (!std::holds_alternative<outbox::Delivered>(entry.state)) {
        const auto under_way = is_under_way(desk.outbox, entry);
        if (!under_way) return tl::unexpected(under_way.error());
        if (*under_way) pass.is_whole = false;
      }
      if (!entry.is_kept) continue;
      const Has has = ask(desk, entry.id, stop, may_go_on);
      if (has == Has::unknown) pass.is_whole = false;
      if (has != Has::it_not) continue;
      if (const auto ready = desk.outbox.give_again(entry.id); !ready) return tl::unexpected(ready.error());
      ++pass.given;
    }
  }
  pass.is_whole = false;
  return pass;
}

Outcome compare(Desk& desk, std::string told, const std::stop_token& stop, const Courier::MayGoOn& may_go_on) {
  return desk.http.send(
      {http_client::Method::post, "/v1/kiosk/sync", {{"Content-Type", "application/json"}}, std::move(told)}, stop,
      may_go_on);
}

Result<void> settle(outbox::Outbox& outbox, const Known& known) {
  if (const auto settled = outbox.settle(known.settled); !settled) return tl::unexpected(settled.error());
  for (const auto& [first, last] : known.settled_also) {
    if (const auto settled = outbox.settle(last, first); !settled) return tl::unexpected(settled.error());
  }
  return {};
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

/// It knows this machine, and says what is safe there and how far it has got.
Result<void> learn(Desk& desk, const Known& known) {
  desk.line_is_cut = false;
  for (const auto refused : {Finding::revoked, Finding::unknown}) desk.findings.erase(refused);
  if (auto settled = settle(desk.outbox, known); !settled) return settled;
  const auto is_ahead = desk.outbox.learn_sequence(known.highest);
  if (!is_ahead) return tl::unexpected(is_ahead.error());
  if (!*is_ahead) return {};
  desk.findings.insert(Finding::disk_is_older);
  base::log(base::LogLevel::error, "courier.disk_is_older", {{"highest", std::to_string(known.highest)}});
  return {};
}

}  // namespace

Result<void> meet_central(Desk& desk, const std::stop_token& stop, const Courier::MayGoOn& may_go_on) {
  const auto newest = desk.outbox.latest_receipt();
  if (!newest) return tl::unexpected(newest.error());
  const std::string told =
      R"({"last_receipt":)" + (*newest ? envelope::to_json(**newest) : "null") + R"(,"run":")" + desk.run + '"';
  const Outcome outcome = compare(desk, told + "}", stop, may_go_on);
  const auto* answer = std::get_if<http_client::Answer>(&outcome);
  if (answer == nullptr) return desk.line_is_cut = true, Result<void>{};
  if (answer->status == 401 && answer->problem() == "unknown-kiosk" && *newest)
    ask_to_be_known(desk, **newest, stop, may_go_on);
  const auto known = answer->status == 200 ? known_from(answer->body) : std::nullopt;
  if (!known) return desk.heard(judge(Exchange::question, answer->status, answer->problem()).reason), Result<void>{};
  if (auto learnt = learn(desk, *known); !learnt) return learnt;
  if (!known->wanted_from || !*newest) return desk.findings.erase(Finding::gives_again), Result<void>{};
  desk.findings.insert(Finding::gives_again);
  const auto pass = give_again(desk, (*newest)->kiosk, *known->wanted_from, stop, may_go_on);
  if (!pass) return tl::unexpected(pass.error());
  base::log(base::LogLevel::warning, "courier.gives_again",
            {{"count", std::to_string(pass->given)}, {"generation", known->generation}});
  if (pass->given > 0 || !pass->is_whole) return {};
  // All it can give is there: numbers it never used, or gave up, are no reason to wait for it.
  // If it is not heard, the next pass says it again.
  static_cast<void>(compare(desk, told + R"(,"gave_all_of":)" + json::write(known->generation) + "}", stop, may_go_on));
  return {};
}

}  // namespace bangwu::courier
