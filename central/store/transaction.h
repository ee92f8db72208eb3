#pragma once
#include "store/attachments.h"
#include "store/cases.h"
#include "store/envelopes.h"
#include "store/journal.h"
#include "store/kiosk_runs.h"
#include "store/kiosks.h"
#include "store/numbers.h"
#include "store/ratings.h"
#include "store/readmissions.h"
#include "store/service_facts.h"
#include "store/tables.h"
#include "store/wrong_proofs.h"

namespace bangwu::store {

/// What one transaction may read and write, an object an aggregate. Valid only inside the function it was given to, on
/// that thread. Ids, hashes and keys are text: UUIDs in 36 characters, hashes and keys in lower-case hex.
///
/// Errors: already_exists when a unique key is taken, conflict when a case moved on, disk_full, busy, corrupt,
/// unavailable (the database cannot be reached), io_failed. After an error the transaction is lost: return it. What
/// add, put and append would refuse may be told by a later call of the same transaction only, or by its commit.
class Transaction {
 public:
  Transaction(Sql& sql, Numbers& numbers)
      : kiosks_(sql),
        kiosk_runs_(sql),
        readmissions_(sql),
        envelopes_(sql),
        attachments_(sql),
        cases_(sql),
        ratings_(sql),
        wrong_proofs_(sql),
        service_facts_(sql),
        journal_(sql),
        tables_(sql, numbers),
        numbers_(numbers) {}

  [[nodiscard]] Kiosks& kiosks() { return kiosks_; }
  [[nodiscard]] KioskRuns& kiosk_runs() { return kiosk_runs_; }
  [[nodiscard]] Readmissions& readmissions() { return readmissions_; }
  [[nodiscard]] Envelopes& envelopes() { return envelopes_; }
  [[nodiscard]] Attachments& attachments() { return attachments_; }
  [[nodiscard]] Cases& cases() { return cases_; }
  [[nodiscard]] Ratings& ratings() { return ratings_; }
  [[nodiscard]] WrongProofs& wrong_proofs() { return wrong_proofs_; }
  [[nodiscard]] ServiceFacts& service_facts() { return service_facts_; }
  [[nodiscard]] Journal& journal() { return journal_; }
  [[nodiscard]] Tables& tables() { return tables_; }
  [[nodiscard]] Numbers& numbers() { return numbers_; }

 private:
  Kiosks kiosks_;
  KioskRuns kiosk_runs_;
  Readmissions readmissions_;
  Envelopes envelopes_;
  Attachments attachments_;
  Cases cases_;
  Ratings ratings_;
  WrongProofs wrong_proofs_;
  ServiceFacts service_facts_;
  Journal journal_;
  Tables tables_;
  Numbers& numbers_;
};

}  // namespace bangwu::store
