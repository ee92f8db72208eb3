#include "outbox/advice.h"

namespace bangwu::outbox {

const char* advice_for(Reason reason) {
  switch (reason) {
    case Reason::network: return "central cannot be reached: check the cable, the address and central itself";
    case Reason::outcome_unknown: return "it was sent and no answer came: nothing to do, central is asked for it";
    case Reason::not_our_central: return "what answers is not our central: check the address, proxies and log-in pages";
    case Reason::server_busy: return "central asked to wait: nothing to do";
    case Reason::server_failed: return "central failed: look at its log";
    case Reason::server_full: return "central's disk is full: free it";
    case Reason::dependency_missing: return "what it depends on is not at central yet: nothing to do";
    case Reason::attachments_missing: return "central asks for its files again: nothing to do";
    case Reason::unknown_kiosk:
      return "central does not know this machine: bangwu-kiosk enrol; the next start sends it again";
    case Reason::refused: return "central refuses it: look at central's log, then retry";
    case Reason::different_content:
      return "central has something else under its id: retry; if that does not help, export it and ask central's "
             "operator";
    case Reason::duplicate_identity:
      return "another machine uses this one's identity: retry (it goes under another number), and once the queue is "
             "empty, on the copy, bangwu-kiosk enrol --as-another";
    case Reason::malformed: return "central cannot read it: bring both programs to one version, then retry";
    case Reason::too_large: return "central or a proxy calls it too large: raise that limit, then retry";
    case Reason::cannot_open: return "central cannot open it: restore central's unsealing key, then retry";
    case Reason::blob_damaged:
      return "a page is damaged on this disk and central does not have it: check the disk, and ask the applicant to "
             "hand it in again";
    case Reason::unreadable:
      return "its row in this queue cannot be read: keep a copy of the data folder, check the disk, and ask the "
             "applicant to hand it in again";
    case Reason::dependency_never_came:
      return "what it belongs to never reached central: look for that item here; once it is there, retry";
    case Reason::kiosk_revoked:
      return "central's staff ended this machine's enrolment: ask them; bangwu-central enrol --kiosk lets it in again";
    case Reason::sealed_for_another:
      return "it is sealed under the id this machine had before, and cannot go under another: get a code made for that "
             "id (bangwu-central enrol --kiosk) and enrol with it; the next start sends it";
  }
  return "";
}

}  // namespace bangwu::outbox
