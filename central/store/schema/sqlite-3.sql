-- Version 3: a code may be made for a kiosk that is known, and remembers whom it made known, so that a lost answer is
-- given again. Keys are looked up by themselves.
ALTER TABLE enrolment_code ADD COLUMN kiosk TEXT REFERENCES kiosk(id);
ALTER TABLE enrolment_code ADD COLUMN used_by TEXT NOT NULL DEFAULT '';
ALTER TABLE enrolment_code ADD COLUMN used_key TEXT NOT NULL DEFAULT '';
CREATE INDEX key_by_device ON kiosk_key(device_key);
