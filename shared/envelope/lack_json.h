#pragma once
// Private to this room.
#include <vector>

#include "domain/assessment.h"
#include "json/members.h"

namespace bangwu::envelope {

/// What lacks, as receipts and answers to enquiries write it: [{"what", "id", "problem"}, …].
[[nodiscard]] json::Value json_of(const std::vector<domain::Lack>& lacks);
[[nodiscard]] std::vector<domain::Lack> read_lacks(json::Members& members, const char* key);

}  // namespace bangwu::envelope
