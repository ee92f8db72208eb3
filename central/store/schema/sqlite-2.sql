-- Version 2: a kiosk outlives its keys; the opened bodies go (secure_delete overwrites them; `wire` has them sealed); a
-- provisional number is one case's, the first's. Run with foreign_keys=OFF.
CREATE TABLE kiosk_key (
  token_hash TEXT PRIMARY KEY, kiosk TEXT NOT NULL REFERENCES kiosk(id), device_key TEXT NOT NULL,
  valid_from INTEGER NOT NULL, ended_at INTEGER, ended_why TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX key_by_kiosk ON kiosk_key(kiosk, valid_from);
INSERT INTO kiosk_key(token_hash, kiosk, device_key, valid_from)
  SELECT token_hash, id, device_key, enrolled_at FROM kiosk;
-- A unique column cannot be dropped: a new table takes the place of the old.
CREATE TABLE new_kiosk (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, enrolled_at INTEGER NOT NULL, revoked_at INTEGER,
  revoked_why TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO new_kiosk(id, name, enrolled_at) SELECT id, name, enrolled_at FROM kiosk;
DROP TABLE kiosk;
ALTER TABLE new_kiosk RENAME TO kiosk;

ALTER TABLE envelope ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
ALTER TABLE envelope ADD COLUMN content_hash TEXT;
ALTER TABLE envelope DROP COLUMN body;
ALTER TABLE rating DROP COLUMN body;

DROP INDEX case_by_provisional_number;
UPDATE case_file SET provisional_number = '' WHERE EXISTS (SELECT 1 FROM case_file AS first
  WHERE first.provisional_number = case_file.provisional_number AND first.number < case_file.number);
CREATE UNIQUE INDEX case_by_provisional_number ON case_file(provisional_number) WHERE provisional_number <> '';
CREATE TABLE search_key (
  case_number TEXT NOT NULL REFERENCES case_file(number), kind TEXT NOT NULL, keyed_hash TEXT NOT NULL,
  PRIMARY KEY (kind, keyed_hash, case_number)
) STRICT, WITHOUT ROWID;

DROP TRIGGER event_is_never_changed;
ALTER TABLE event ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE event SET at = COALESCE(json_extract(body, '$.at'), 0) WHERE json_valid(body);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
-- Each follows the last: no gap, nobody between, and no INSERT OR REPLACE, which deletes without asking the trigger.
CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
  WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM event WHERE case_number = NEW.case_number)
  BEGIN SELECT RAISE(ABORT, 'the case has moved on'); END;

CREATE TABLE wrong_proof (key TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX wrong_proof_by_time ON wrong_proof(at);
CREATE TABLE service (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
