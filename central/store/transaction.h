#pragma once
#include "store/cases.h"
#include "store/envelopes.h"
#include "store/kiosks.h"
#include "store/numbers.h"
#include "store/ratings.h"
#include "store/service_facts.h"
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
        envelopes_(sql),
        cases_(sql),
        ratings_(sql),
        wrong_proofs_(sql),
        service_facts_(sql),
        numbers_(numbers) {}

  [[nodiscard]] Kiosks& kiosks() { return kiosks_; }
  [[nodiscard]] Envelopes& envelopes() { return envelopes_; }
  [[nodiscard]] Cases& cases() { return cases_; }
  [[nodiscard]] Ratings& ratings() { return ratings_; }
  [[nodiscard]] WrongProofs& wrong_proofs() { return wrong_proofs_; }
  [[nodiscard]] ServiceFacts& service_facts() { return service_facts_; }
  [[nodiscard]] Numbers& numbers() { return numbers_; }

 private:
  Kiosks kiosks_;
  Envelopes envelopes_;
  Cases cases_;
  Ratings ratings_;
  WrongProofs wrong_proofs_;
  ServiceFacts service_facts_;
  Numbers& numbers_;
};

}  // namespace bangwu::store
