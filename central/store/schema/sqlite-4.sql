-- Version 4: which blobs each envelope refers to ('' stands for those of one that does not read: they may be any); what
-- operators did to the service itself; envelopes whose arrival was noted by a wrong clock; runs of the kiosks' programs;
-- machines that this service has forgotten and that ask to be known again.
CREATE TABLE attachment (
  sha256 TEXT NOT NULL, envelope TEXT NOT NULL REFERENCES envelope(id), kiosk TEXT NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (sha256, envelope)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_envelope ON attachment(envelope);
CREATE INDEX envelope_by_arrival ON envelope(received_at);
INSERT OR IGNORE INTO attachment(sha256, envelope, kiosk, size)
  SELECT CAST(json_extract(a.value, '$.sha256') AS TEXT), e.id, e.kiosk, CAST(json_extract(a.value, '$.size') AS INTEGER)
  FROM envelope AS e, json_each(CASE WHEN json_valid(e.wire) THEN e.wire ELSE '{}' END, '$.attachments') AS a
  WHERE json_type(a.value) = 'object';
INSERT INTO attachment(sha256, envelope, kiosk, size)
  SELECT '', e.id, e.kiosk, 0 FROM envelope AS e WHERE NOT json_valid(e.wire);

CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

CREATE TABLE misdated (envelope TEXT PRIMARY KEY REFERENCES envelope(id)) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk_run (
  kiosk TEXT NOT NULL REFERENCES kiosk(id), run TEXT NOT NULL, place INTEGER NOT NULL, began_at INTEGER NOT NULL,
  returned_at INTEGER,
  PRIMARY KEY (kiosk, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE readmission (
  token_hash TEXT PRIMARY KEY, kiosk TEXT NOT NULL, device_key TEXT NOT NULL, asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
