#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "domain/rating.h"
#include "envelope/keys.h"
#include "store/transaction.h"

namespace bangwu::ratings {

/// Where a rating came from.
struct Origin {
  std::string envelope, kiosk;
  std::optional<std::string> submission;  ///< the envelope of the visit's application
};

/// Stores what is counted of a visitor's rating once, inside the caller's transaction, with the case its visit opened;
/// 差评 are marked. Words, name and telephone stay in the sealed envelope. It is no event of the case: staff who work
/// on the case do not meet it there (domain rule 8). Returns the row's record for the receipt.
[[nodiscard]] base::Result<std::string> add_rating(store::Transaction& transaction, const Origin& origin,
                                                   const domain::Rating& rating, base::SystemTime now,
                                                   const envelope::SearchKey& key);

/// Hash of all that the row says, for the receipt to sign: when the sealed words are erased, the level still cannot be
/// turned. Keyed, so that a receipt on a kiosk's disk tells nobody how its visitor rated.
[[nodiscard]] std::string record_of(const store::RatingRow& row, const envelope::SearchKey& key);

}  // namespace bangwu::ratings
