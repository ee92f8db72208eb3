#include <algorithm>

#include "base/date.h"
#include "cases/lookup_secret.h"
#include "domain/numbers.h"
#include "envelope/receipt.h"
#include "evidence/evidence.h"
#include "http/endpoints.h"
#include "http/lookup_limits.h"
#include "json/text.h"

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

/// Both are compared, whichever fits.
Proof proof_of(const std::string& typed, const evidence::ProvenCase& proven, const envelope::SigningKey& key) {
  if (is_end_of(cases::tidy_secret(typed), cases::lookup_secret(key, proven.source.row.id))) return Proof::secret;
  if (!proven.source.opened) return Proof::wrong;  // erased
  const std::string number = domain::tidy_number(typed);
  const auto& applicant = std::get<domain::Application>(proven.source.opened->body).applicant;
  const bool is_applicant = is_end_of(number, applicant.identity.id_number);
  const bool is_agent = applicant.agent && is_end_of(number, applicant.agent->id_number);
  return is_applicant || is_agent ? Proof::id_number : Proof::wrong;
}

std::string to_json(const cases::CaseFile& file) {
  const domain::cases::Case& current = file.current;
  auto lacks = json::Value::array();
  for (const auto& lack : current.lacks) {
    lacks.push_back(
        {{"what", envelope::name_of(lack.what)}, {"id", lack.id}, {"problem", envelope::name_of(lack.problem)}});
  }
  auto steps = json::Value::array();
  for (const auto& step : current.steps)
    steps.push_back({{"step", domain::cases::name_of(step.step)}, {"at", base::to_rfc3339(step.at)}});
  json::Value value{{"case_number", file.row.number},
                    {"state", domain::cases::name_of(current.state)},
                    {"outcome", domain::name_of(current.outcome)},
                    {"procedure", current.procedure},
                    {"procedure_name", current.procedure_name},
                    {"received_on", base::date_text(current.received_on)},
                    {"due", nullptr},
                    {"due_is_provisional", current.due_is_provisional},
                    {"lacks", std::move(lacks)},
                    {"steps", std::move(steps)}};
  if (current.due) value["due"] = base::date_text(*current.due);
  return json::write(value);
}

}  // namespace

Reply CaseEndpoint::look_up(const Call& call) {
  const std::string typed = call.request->header("bangwu-proof").substr(0, kLongestNumber);
  const std::string number = call.parameter.substr(0, kLongestNumber);
  const base::SystemTime now = services_.clock.now();
  Asked asked;
  const auto read = services_.store.read([&](store::Transaction& transaction) -> base::Result<void> {
    auto looked = look(transaction, number, typed);
    if (!looked) return tl::unexpected(looked.error());
    asked = std::move(*looked);
    const auto wrong = transaction.wrong_proofs().count_since(now - kWrongProofsCount, asked.key, call.address);
    if (!wrong) return tl::unexpected(wrong.error());
    asked.wrong = *wrong;
    return {};
  });
  if (!read) return store_reply(read.error());
  switch (judge(asked.wrong, asked.proof, services_.lookup)) {
    case Judgement::shown: return json_reply(200, to_json(*asked.file));
    case Judgement::come_back_later:
      return to_reply({429,
                       "too-many-requests",
                       "too many wrong proofs: come back in an hour or ask at the hall",
                       {},
                       std::chrono::seconds(kWrongProofsCount)});
    case Judgement::not_told: break;
  }
  const auto noted = services_.store.write([&](store::Transaction& transaction) -> base::Result<void> {
    if (auto forgotten = transaction.wrong_proofs().forget_before(now - kWrongProofsCount); !forgotten)
      return forgotten;
    return transaction.wrong_proofs().add({.key = asked.key, .address = call.address, .at = now});
  });
  // A wrong try that cannot be remembered is not answered: a full disk would let guessing go on.
  if (!noted) return store_reply(noted.error());
  return to_reply({404, "no-such-case", "no case has this number with this proof: check both", {}, {}});
}

/// Both numbers of a case share one count. What nobody has counts too: it must not be told apart.
base::Result<CaseEndpoint::Asked> CaseEndpoint::look(store::Transaction& transaction, const std::string& number,
                                                     const std::string& typed) const {
  auto found = evidence::find_cases(transaction, number, services_.keys);
  if (!found) return tl::unexpected(found.error());
  Asked asked;
  // What was typed may be anybody's data: only its hash is kept.
  asked.key = found->empty() ? base::sha256_hex(number) : found->front().file.row.number;
  for (auto& each : *found) {
    asked.proof = proof_of(typed, each, services_.receipt_signing_key);
    if (asked.proof == Proof::wrong) continue;
    asked.file = std::move(each.file);
    break;
  }
  return asked;
}

}  // namespace bangwu::http
