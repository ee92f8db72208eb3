#pragma once
#include <chrono>
#include <cstdint>

#include "store/wrong_proofs.h"

namespace bangwu::http {

/// What a proof was found to be. A receipt's secret has thirty random bits; the end of an ID number has few.
enum class Proof { wrong, id_number, secret };
/// What a try is answered with.
enum class Judgement { shown, not_told, come_back_later };

/// Wrong proofs of the last hour (they are kept, so a restart forgets none) decide over a try:
/// - who was wrong too often, at one number or at several, waits, whatever the proof now: or guessing would go on;
/// - that is the address's penalty, never the case's: nobody can shut an applicant out by guessing at the case;
/// - where many addresses guess, at one case or at all, a secret opens it still, and an ID number's end does for an
///   address that was not wrong once.
struct LookupLimits {
  unsigned of_address_at_number = 5;
  unsigned of_address = 20;
  unsigned at_number = 60;
  unsigned over_all = 3000;
};
[[nodiscard]] Judgement judge(const store::WrongProofCount& wrong, Proof proof, const LookupLimits& limits);

inline constexpr std::chrono::hours kWrongProofsCount{1};

}  // namespace bangwu::http
