#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cases/case_file.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "ingest/open_envelope.h"
#include "store/transaction.h"

namespace bangwu::evidence {

/// What is stored, compared with what was signed. Every reader — the commands, the lookup, verify — takes what it shows
/// from here: who changed a row, a chain or a sealed body without the kiosk's and the service's keys is found out
/// before anything is shown. Errors: `corrupt` names the row and what does not agree; the database's own.
struct Keys {
  const envelope::UnsealingKey& unsealing;
  envelope::VerifyKey receipt{};
  const envelope::SearchKey& search;
};

/// An envelope that its kiosk signed, that we answered, and whose row says what both say.
struct ProvenEnvelope {
  store::EnvelopeRow row;
  envelope::Envelope envelope;
  envelope::Receipt receipt;
  std::optional<ingest::Opened> opened;  ///< nothing when the key was destroyed: erased, and still proven
};
[[nodiscard]] base::Result<ProvenEnvelope> prove_envelope(store::Transaction& transaction,
                                                          const store::EnvelopeRow& row, const Keys& keys);

/// A case whose chain holds and begins with what the receipt told and the envelope brought.
struct ProvenCase {
  cases::CaseFile file;
  ProvenEnvelope source;
};
[[nodiscard]] base::Result<ProvenCase> prove_case(store::Transaction& transaction, const store::CaseRow& row,
                                                  const Keys& keys);
/// The cases that have this number, as a person types it: none, one, or — should two have one provisional number —
/// more.
[[nodiscard]] base::Result<std::vector<ProvenCase>> find_cases(store::Transaction& transaction,
                                                               std::string_view typed_number, const Keys& keys);

/// A rating whose row says what the visitor's sealed envelope says; after an erasure, what the receipt's record says.
struct ProvenRating {
  store::RatingRow row;
  ProvenEnvelope source;
};
[[nodiscard]] base::Result<ProvenRating> prove_rating(store::Transaction& transaction, const store::RatingRow& row,
                                                      const Keys& keys);

/// Whether the case can be found by all that it must be found by, and its row has the right number.
[[nodiscard]] base::Result<void> check_search_terms(store::Transaction& transaction, const ProvenCase& proven,
                                                    const Keys& keys);

}  // namespace bangwu::evidence
