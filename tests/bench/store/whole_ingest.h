#pragma once
#include "bench/store/rival.h"

namespace bangwu::bench {

/// Prints what the whole service takes in a second on PostgreSQL, over HTTPS, beside the rival; whether the limit of
/// half the rival's rate is held.
[[nodiscard]] bool compare_whole_ingest(const support::ThrowawayPostgres& server, const Rival& rival);

}  // namespace bangwu::bench
