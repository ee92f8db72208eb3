#pragma once
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace bangwu::evidence {

/// Destroys the sealed key of a case's application (个人信息保护法 第四十七条): its body and its pages can never be
/// opened again, here or by whoever has their bytes, and its search hashes go. The chain, the signatures and the
/// receipt still verify, and figures still count it. Durable when it has returned, and gone from the database's log or
/// dead rows (Store::clear_traces; docs/keeping.md tells where copies stay); `busy` says that only this last part is
/// not done yet: a repeat is no error, and does it. `not_found`; `unsupported` for an envelope of format 1. Its ratings
/// are envelopes of their own: erase_envelope().
[[nodiscard]] base::Result<void> erase_case(store::Store& store, const std::string& case_number);
/// The same for one envelope that opened no case, such as a rating.
[[nodiscard]] base::Result<void> erase_envelope(store::Store& store, const std::string& id);

}  // namespace bangwu::evidence
