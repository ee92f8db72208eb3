#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "domain/numbers.h"
#include "envelope/receipt.h"
#include "evidence/evidence.h"
#include "http/endpoints.h"

namespace bangwu::http {
namespace {

constexpr std::size_t kProofLength = 6;
constexpr std::size_t kLongestNumber = 64;

/// Takes as long whatever is wrong.
bool is_end_of(const std::string& proof, const std::string& id_number) {
  if (id_number.size() < kProofLength || proof.size() != kProofLength) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < kProofLength; ++i) {
    difference |= static_cast<unsigned char>(proof[i]) ^
                  static_cast<unsigned char>(id_number[id_number.size() - kProofLength + i]);
  }
  return difference == 0;
}

bool proves(const std::string& proof, const evidence::ProvenCase& proven) {
  if (!proven.source.opened) return false;  // erased
  const auto& applicant = std::get<domain::Application>(proven.source.opened->body).applicant;
  const bool is_applicant = is_end_of(proof, applicant.identity.id_number);
  return (applicant.agent && is_end_of(proof, applicant.agent->id_number)) || is_applicant;
}

std::string to_json(const cases::CaseFile& file) {
  const domain::cases::Case& current = file.current;
  auto lacks = nlohmann::json::array();
  for (const auto& lack : current.lacks) {
    lacks.push_back(
        {{"what", envelope::name_of(lack.what)}, {"id", lack.id}, {"problem", envelope::name_of(lack.problem)}});
  }
  auto steps = nlohmann::json::array();
  for (const auto& step : current.steps)
    steps.push_back({{"step", domain::cases::name_of(step.step)}, {"at", base::to_rfc3339(step.at)}});
  nlohmann::json json{{"case_number", file.row.number},
                      {"state", domain::cases::name_of(current.state)},
                      {"outcome", domain::name_of(current.outcome)},
                      {"procedure", current.procedure},
                      {"procedure_name", current.procedure_name},
                      {"received_on", base::date_text(current.received_on)},
                      {"due", nullptr},
                      {"due_is_provisional", current.due_is_provisional},
                      {"lacks", std::move(lacks)},
                      {"steps", std::move(steps)}};
  if (current.due) json["due"] = base::date_text(*current.due);
  return json.dump();
}

}  // namespace

CaseEndpoint::CaseEndpoint(const Services& services)
    : services_(services), attempts_(services.clock, services.wrong_proofs_an_hour, std::chrono::hours(1)) {}

Reply CaseEndpoint::look_up(const Call& call) {
  const std::string proof = domain::tidy_number(call.request->header("bangwu-proof").substr(0, kLongestNumber));
  return look_up(call.parameter.substr(0, kLongestNumber), proof);
}

Reply CaseEndpoint::look_up(const std::string& number, const std::string& proof) {
  std::vector<evidence::ProvenCase> found;
  const auto read = services_.store.read([&](store::Transaction& transaction) -> base::Result<void> {
    auto cases = evidence::find_cases(transaction, number, services_.keys);
    if (!cases) return tl::unexpected(cases.error());
    found = std::move(*cases);
    return {};
  });
  if (!read) return store_reply(read.error());
  // Both numbers of a case share one count. What nobody has counts too: it must not be told apart.
  const std::string key = found.empty() ? number : found.front().file.row.number;
  if (const auto wait = attempts_.refused_for(key)) {
    return to_reply({429,
                     "too-many-requests",
                     "too many wrong proofs for this number: come back later or ask at the hall",
                     {},
                     *wait});
  }
  const auto shown = std::ranges::find_if(found, [&](const evidence::ProvenCase& each) { return proves(proof, each); });
  if (shown == found.end()) {
    attempts_.note_wrong(key);
    return to_reply({404, "no-such-case", "no case has this number with this proof: check both", {}, {}});
  }
  return json_reply(200, to_json(shown->file));
}

}  // namespace bangwu::http
