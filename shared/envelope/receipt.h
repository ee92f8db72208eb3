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
#include "envelope/envelope.h"
#include "envelope/keys.h"

namespace bangwu::envelope {

/// The central service's answer to one envelope. Only a receipt whose signature verifies with the key known from
/// enrolment, for this envelope's id and manifest, lets a kiosk forget what it holds. A repeat of the envelope is
/// answered with the same receipt, byte for byte.
///
/// Format 2 says whose envelope it was and what the service made of it, so that either side can be restored from the
/// other's: a receipt proves that this manifest was stored, with this number, answer and record. Signed are the bytes
/// "bangwu-receipt-v2" (format 1: "bangwu-receipt-v1", without the members marked 2), a line feed and the JSON without
/// the signature.
struct Receipt {
  Format format = Format::two;
  base::Uuid envelope;
  std::string kiosk;             ///< 2
  std::uint64_t sequence = 0;    ///< 2
  Kind kind = Kind::submission;  ///< 2
  std::string manifest_hash;     ///< envelope::manifest_hash of what was received
  std::string record;  ///< 2: hash of what is kept of it beside its sealed bytes; 64 hex digits, empty if nothing is
  base::SystemTime received_at;
  std::string case_number;                         ///< empty for ratings
  std::optional<domain::Outcome> outcome;          ///< of a submission
  std::vector<domain::Lack> lacks;                 ///< what has to be corrected
  std::optional<std::chrono::year_month_day> due;  ///< last day of the promised limit
  bool due_is_provisional = false;                 ///< a year on the way has no calendar file yet
  base::Bytes signature;                           ///< Ed25519 of the central service's receipt key
  bool operator==(const Receipt&) const = default;
};

/// A receipt about this envelope, of its format, without an answer yet.
[[nodiscard]] Receipt receipt_for(const Envelope& envelope, base::SystemTime received_at);
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
