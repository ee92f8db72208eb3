#pragma once
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "domain/rating.h"
#include "store/transaction.h"

namespace bangwu::ratings {

/// Where a rating came from.
struct Origin {
  std::string envelope, kiosk;
  std::optional<std::string> submission;  ///< the envelope of the visit's application
};

/// Stores a visitor's rating once, inside the caller's transaction, with the case its visit opened; 差评 are marked.
/// It is no event of the case: staff who work on the case do not meet it there (domain rule 8).
[[nodiscard]] base::Result<void> add_rating(store::Transaction& transaction, const Origin& origin,
                                            const domain::Rating& rating, base::SystemTime now);

/// Opens the body of a rating's envelope: its JSON.
using OpenBody = std::function<base::Result<std::string>(const store::EnvelopeRow&)>;

/// All ratings, oldest first: lines of text, or a JSON array with what the visitors wrote.
[[nodiscard]] base::Result<std::string> list_as_text(store::Transaction& transaction, const OpenBody& open);
[[nodiscard]] base::Result<std::string> list_as_json(store::Transaction& transaction, const OpenBody& open);

}  // namespace bangwu::ratings
