-- Version 1. Times are Unix milliseconds. References to an envelope are checked at the commit: its row is written last,
-- with the receipt that names the case.
CREATE TABLE enrolment_code (
  code_hash TEXT PRIMARY KEY, name TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, device_key TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
  enrolled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE envelope (
  id TEXT NOT NULL UNIQUE, kiosk TEXT NOT NULL REFERENCES kiosk(id), sequence INTEGER NOT NULL, kind TEXT NOT NULL,
  manifest_hash TEXT NOT NULL, received_at INTEGER NOT NULL, depends_on TEXT REFERENCES envelope(id),
  wire TEXT NOT NULL, body TEXT NOT NULL, receipt TEXT NOT NULL,
  UNIQUE (kiosk, sequence)
) STRICT;

CREATE TABLE counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE case_file (
  number TEXT PRIMARY KEY, provisional_number TEXT NOT NULL, envelope TEXT NOT NULL UNIQUE REFERENCES envelope(id) DEFERRABLE INITIALLY DEFERRED,
  kiosk TEXT NOT NULL, procedure TEXT NOT NULL, state TEXT NOT NULL, received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_by_provisional_number ON case_file(provisional_number);

CREATE TABLE event (
  case_number TEXT NOT NULL REFERENCES case_file(number), sequence INTEGER NOT NULL, body TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (case_number, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TABLE rating (
  envelope TEXT PRIMARY KEY REFERENCES envelope(id) DEFERRABLE INITIALLY DEFERRED, kiosk TEXT NOT NULL, instrument TEXT NOT NULL,
  level TEXT NOT NULL, is_bad INTEGER NOT NULL, submission TEXT, case_number TEXT NOT NULL,
  received_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bad_ratings ON rating(received_at) WHERE is_bad = 1;
