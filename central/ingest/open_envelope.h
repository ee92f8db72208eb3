#pragma once
#include <string>
#include <variant>

#include "base/result.h"
#include "domain/application.h"
#include "domain/rating.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "store/envelopes.h"

namespace bangwu::ingest {

/// What was inside an envelope.
struct Opened {
  std::string json;
  std::variant<domain::Application, domain::Rating> body;
  std::string lookup_secret{};  ///< on the applicant's receipt, see ContentKey::lookup_secret()
};

/// Opens the sealed key and the body and reads it by the envelope's kind. `unsupported` for kinds this version does
/// not keep; otherwise `corrupt`, also when the application names a page that is not attached.
[[nodiscard]] base::Result<Opened> open_envelope(const envelope::Envelope& envelope, const envelope::UnsealingKey& key);

/// The same of an envelope that is stored; `corrupt` names it.
[[nodiscard]] base::Result<Opened> open_row(const store::EnvelopeRow& row, const envelope::UnsealingKey& key);

}  // namespace bangwu::ingest
