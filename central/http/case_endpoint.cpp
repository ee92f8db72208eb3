#include <algorithm>

#include "domain/lookup_secret.h"
#include "domain/numbers.h"
#include "envelope/standing_json.h"
#include "evidence/evidence.h"
#include "http/endpoints.h"
#include "http/lookup_limits.h"
#include "recovery/recovery.h"

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

/// An organisation's number is public and proves nothing: who applied for it shows the receipt's secret, or is its
/// agent.
bool is_end_of_persons(const std::string& proof, const domain::Person& person) {
  return is_end_of(proof, person.id_number) && person.id_kind != domain::IdKind::uscc;
}

/// All are compared, whichever fits. What was erased opens for nobody.
Proof proof_of(const std::string& typed, const evidence::ProvenCase& proven) {
  if (!proven.source.opened) return Proof::wrong;
  if (is_end_of(domain::tidy_lookup_secret(typed), proven.source.opened->lookup_secret)) return Proof::secret;
  const std::string number = domain::tidy_number(typed);
  const auto& applicant = std::get<domain::Application>(proven.source.opened->body).applicant;
  const bool is_applicant = is_end_of_persons(number, applicant.identity);
  const bool is_agent = applicant.agent && is_end_of_persons(number, *applicant.agent);
  return is_applicant || is_agent ? Proof::id_number : Proof::wrong;
}

/// Machines of one hall stand behind one address: each is counted by itself.
std::string who_asks(const Services& services, const Call& call) {
  if (call.request->header("authorization").empty()) return call.address;
  const auto kiosk = admit(services, *call.request);
  return kiosk ? kiosk->id : call.address;
}

}  // namespace

Reply CaseEndpoint::look_up(const Call& call) {
  const std::string typed = call.request->header("bangwu-proof").substr(0, kLongestNumber);
  const std::string number = call.parameter.substr(0, kLongestNumber);
  const std::string asker = who_asks(services_, call);
  const base::SystemTime now = services_.clock.now();
  Asked asked;
  const auto read = services_.store.read([&](store::Transaction& transaction) -> base::Result<void> {
    auto looked = look(transaction, number, typed);
    if (!looked) return tl::unexpected(looked.error());
    asked = std::move(*looked);
    const auto wrong = transaction.wrong_proofs().count_since(now - kWrongProofsCount, asked.key, asker);
    if (!wrong) return tl::unexpected(wrong.error());
    asked.wrong = *wrong;
    return {};
  });
  if (!read) return store_reply(read.error());
  switch (judge(asked.wrong, asked.proof, services_.lookup)) {
    case Judgement::shown:
      return json_reply(
          200, envelope::to_json(standing_of(asked.file->current, asked.file->row.number, services_.calendar, now)));
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
    return transaction.wrong_proofs().add({.key = asked.key, .address = asker, .at = now});
  });
  // A wrong try that cannot be remembered is not answered: a full disk would let guessing go on.
  if (!noted) return store_reply(noted.error());
  return not_told();
}

/// A service that was restored may not have the case yet: it must not say that there is none.
Reply CaseEndpoint::not_told() const {
  const auto recovering = recovery::is_recovering(services_.store);
  if (!recovering) return store_reply(recovering.error());
  if (*recovering) {
    return to_reply({503, "recovering", "the central service is being restored: come back later", {}, {}});
  }
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
    asked.proof = proof_of(typed, each);
    if (asked.proof == Proof::wrong) continue;
    asked.file = std::move(each.file);
    break;
  }
  return asked;
}

}  // namespace bangwu::http
