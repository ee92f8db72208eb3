#include "ingest/ingest.h"

namespace bangwu::ingest {

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::stored: return "stored";
    case Verdict::repeated: return "repeated";
    case Verdict::malformed: return "malformed";
    case Verdict::identity_mismatch: return "identity-mismatch";
    case Verdict::bad_signature: return "bad-signature";
    case Verdict::unknown_kiosk: return "unknown-kiosk";
    case Verdict::kiosk_revoked: return "kiosk-revoked";
    case Verdict::different_content: return "different-content";
    case Verdict::duplicate_identity: return "duplicate-identity";
    case Verdict::dependency_missing: return "dependency-missing";
    case Verdict::attachments_missing: return "attachments-missing";
    case Verdict::cannot_open: return "cannot-open";
    case Verdict::unsupported_kind: return "unsupported-kind";
    case Verdict::clock_wrong: return "clock-wrong";
    case Verdict::disk_full: return "disk-full";
    case Verdict::busy: return "busy";
    case Verdict::store_failed: return "store-failed";
  }
  return "store-failed";
}

}  // namespace bangwu::ingest
