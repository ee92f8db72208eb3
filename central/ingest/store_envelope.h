#pragma once
#include <optional>
#include <string>

#include "envelope/receipt.h"
#include "ingest/ingest.h"
#include "ingest/open_envelope.h"

namespace bangwu::ingest {

/// What the service answered before it lost the envelope; `json` as the kiosk kept it.
struct Acknowledged {
  envelope::Receipt receipt;
  std::string json;
};

/// Case or rating, receipt and envelope inside the caller's transaction: all of it or, with an error, nothing. The
/// receipt: a new one, or the one that was given.
[[nodiscard]] base::Result<std::string> store_all(store::Transaction& transaction, const Ingest::Parts& parts,
                                                  const envelope::Envelope& envelope, const Opened& opened,
                                                  const std::optional<Acknowledged>& acknowledged,
                                                  base::SystemTime received_at);

}  // namespace bangwu::ingest
