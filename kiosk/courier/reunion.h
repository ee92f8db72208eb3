#pragma once
#include <stop_token>

#include "courier/delivery.h"

/// Inside the room only: what the kiosk and the central service know of each other, compared.
namespace bangwu::courier {

/// Tells the service the receipt of what it received last, and does what its answer asks for: what is safe there is
/// kept no longer; what it was once given and has lost is made ready again, each envelope with its receipt. Once it has
/// all that this kiosk can give, it is told so. A service that
/// cannot be reached, or does not know the question, is asked another time; nothing changes then. An error is one of
/// the outbox.
[[nodiscard]] base::Result<void> meet_central(Desk& desk, const std::stop_token& stop,
                                              const Courier::MayGoOn& may_go_on);

}  // namespace bangwu::courier
