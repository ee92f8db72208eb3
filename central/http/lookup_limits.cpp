#include "http/lookup_limits.h"

namespace bangwu::http {

Judgement judge(const store::WrongProofCount& wrong, Proof proof, const LookupLimits& limits) {
  if (wrong.of_both >= limits.of_address_at_number || wrong.of_address >= limits.of_address)
    return Judgement::come_back_later;
  const bool is_guessed_at = wrong.of_key >= limits.at_number || wrong.of_all >= limits.over_all;
  if (is_guessed_at && wrong.of_address > 0 && proof != Proof::secret) return Judgement::come_back_later;
  return proof == Proof::wrong ? Judgement::not_told : Judgement::shown;
}

}  // namespace bangwu::http
