#include "outbox/state.h"

namespace bangwu::outbox {

const char* name_of(Reason reason) {
  switch (reason) {
    case Reason::network: return "network";
    case Reason::outcome_unknown: return "outcome_unknown";
    case Reason::not_our_central: return "not_our_central";
    case Reason::server_busy: return "server_busy";
    case Reason::server_failed: return "server_failed";
    case Reason::server_full: return "server_full";
    case Reason::dependency_missing: return "dependency_missing";
    case Reason::attachments_missing: return "attachments_missing";
    case Reason::unknown_kiosk: return "unknown_kiosk";
    case Reason::refused: return "refused";
    case Reason::different_content: return "different_content";
    case Reason::duplicate_identity: return "duplicate_identity";
    case Reason::malformed: return "malformed";
    case Reason::too_large: return "too_large";
    case Reason::cannot_open: return "cannot_open";
    case Reason::blob_damaged: return "blob_damaged";
    case Reason::unreadable: return "unreadable";
    case Reason::dependency_never_came: return "dependency_never_came";
    case Reason::kiosk_revoked: return "kiosk_revoked";
    case Reason::sealed_for_another: return "sealed_for_another";
  }
  return "refused";
}

const char* name_of(Priority priority) {
  switch (priority) {
    case Priority::urgent: return "urgent";
    case Priority::normal: return "normal";
    case Priority::background: return "background";
  }
  return "normal";
}

const char* name_of(const State& state) {
  struct Name {
    const char* operator()(const Ready&) const { return "ready"; }
    const char* operator()(const Leased&) const { return "leased"; }
    const char* operator()(const Waiting&) const { return "waiting"; }
    const char* operator()(const Dead&) const { return "dead"; }
    const char* operator()(const Delivered&) const { return "delivered"; }
  };
  return std::visit(Name{}, state);
}

}  // namespace bangwu::outbox
