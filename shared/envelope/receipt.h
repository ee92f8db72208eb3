#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/assessment.h"
#include "envelope/keys.h"

namespace bangwu::envelope {

/// The central service's answer to one envelope. Only a receipt whose signature verifies with the key known from
/// enrolment, for this envelope's id and manifest, lets a kiosk forget what it holds. A repeat of the envelope is
/// answered with the same receipt, byte for byte.
struct Receipt {
  base::Uuid envelope;
  std::string manifest_hash;  ///< envelope::manifest_hash of what was received
  base::SystemTime received_at;
  std::string case_number;                         ///< empty for ratings
  std::optional<domain::Outcome> outcome;          ///< of a submission
  std::vector<domain::Lack> lacks;                 ///< what has to be corrected
  std::optional<std::chrono::year_month_day> due;  ///< last day of the promised limit
  bool due_is_provisional = false;                 ///< a year on the way has no calendar file yet
  base::Bytes signature;                           ///< Ed25519 of the central service's receipt key
  bool operator==(const Receipt&) const = default;
};

void sign(Receipt& receipt, const SigningKey& central);
/// True only if the signature is the central service's and the receipt is about this envelope and this manifest.
[[nodiscard]] bool proves_delivery(const Receipt& receipt, const base::Uuid& envelope, std::string_view manifest_hash,
                                   const VerifyKey& central);
[[nodiscard]] std::string to_json(const Receipt& receipt);
[[nodiscard]] base::Result<Receipt> receipt_from_json(std::string_view text);

/// Names on the wire: "material", "too_short".
[[nodiscard]] const char* name_of(domain::Lack::What what);
[[nodiscard]] const char* name_of(domain::AnswerProblem problem);

}  // namespace bangwu::envelope
