#include "outbox/schema.h"

#include <array>

namespace bangwu::outbox {
namespace {

// state: 0 ready, 1 leased, 2 waiting, 3 dead, 4 delivered. Times: Unix milliseconds. due_at: end of a lease or wait.
// An item keeps its row when it is delivered (the ledger); payload and attachments go. is_cleared = 0 marks that going
// as under way. The partial indexes hold only the rows a question is about, so that picking the next item does not
// become slower with the queue, nor with the ledger.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE identities (
  kiosk TEXT PRIMARY KEY,
  last_sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  kiosk TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  depends_on BLOB,
  is_blocked INTEGER NOT NULL,
  size INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  manifest_hash TEXT NOT NULL,
  state INTEGER NOT NULL,
  due_at INTEGER NOT NULL DEFAULT 0,
  reason INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  lease_token INTEGER NOT NULL DEFAULT 0,
  delivered_at INTEGER,
  receipt TEXT,
  is_cleared INTEGER NOT NULL DEFAULT 1,
  UNIQUE (kiosk, sequence)
) STRICT;
CREATE INDEX items_ready ON items (priority, size, number) WHERE state = 0 AND is_blocked = 0;
CREATE INDEX items_leased ON items (due_at) WHERE state = 1;
CREATE INDEX items_waiting ON items (due_at) WHERE state = 2;
CREATE INDEX items_dead ON items (number) WHERE state = 3;
CREATE INDEX items_undelivered ON items (number) WHERE state < 4;
CREATE INDEX items_delivered ON items (delivered_at) WHERE state = 4;
CREATE INDEX items_uncleared ON items (number) WHERE is_cleared = 0;
CREATE INDEX items_blocked ON items (depends_on) WHERE is_blocked = 1;

CREATE TABLE payloads (
  item INTEGER PRIMARY KEY,
  sealed_key BLOB NOT NULL,
  body BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE attachments (
  item INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  role TEXT NOT NULL,
  upload_url TEXT NOT NULL DEFAULT '',
  is_complete INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (item, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_blob ON attachments (sha256);

CREATE TABLE earlier_manifests (
  item INTEGER NOT NULL,
  manifest_hash TEXT NOT NULL,
  PRIMARY KEY (item, manifest_hash)
) STRICT, WITHOUT ROWID;
)sql";

// A delivered item may keep its payload and attachments (is_kept = 1) until the central service says that it is
// settled. delivered_on is the ledger's own day, counted by state.ledger_day: a clock that jumps makes no line older.
// receipt_keys are those of earlier enrolments, each good for items up to a number.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE items ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN delivered_on INTEGER NOT NULL DEFAULT 0;
CREATE INDEX items_kept ON items (number, size) WHERE is_kept = 1;
UPDATE items SET is_blocked = 0
  WHERE is_blocked = 1
    AND NOT EXISTS (SELECT 1 FROM items AS needed WHERE needed.id = items.depends_on AND needed.state < 3);

CREATE TABLE state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  kiosk TEXT NOT NULL DEFAULT '',
  device_key BLOB NOT NULL DEFAULT x'',
  receipt_key BLOB NOT NULL DEFAULT x'',
  ledger_day INTEGER NOT NULL DEFAULT 0,
  ledger_day_began INTEGER NOT NULL DEFAULT 0,
  taken_back INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO state (only_row) VALUES (1);

CREATE TABLE receipt_keys (
  key BLOB PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array kSteps{kVersion1, kVersion2};

}  // namespace

std::span<const char* const> schema_steps() { return kSteps; }

}  // namespace bangwu::outbox
