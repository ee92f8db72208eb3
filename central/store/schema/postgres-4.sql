-- Version 4: which blobs each envelope refers to ('' stands for those of one that does not read: they may be any); what
-- operators did to the service itself; envelopes whose arrival was noted by a wrong clock; runs of the kiosks' programs;
-- machines that this service has forgotten and that ask to be known again.
CREATE TABLE attachment (
  sha256 text COLLATE "C" NOT NULL, envelope text COLLATE "C" NOT NULL REFERENCES envelope(id),
  kiosk text COLLATE "C" NOT NULL, size bigint NOT NULL,
  PRIMARY KEY (sha256, envelope)
);
CREATE INDEX attachment_by_envelope ON attachment(envelope);
CREATE INDEX envelope_by_arrival ON envelope(received_at);
CREATE FUNCTION attachments_in(wire text) RETURNS TABLE (blob text, bytes bigint) LANGUAGE plpgsql AS $$ BEGIN
  RETURN QUERY SELECT a->>'sha256', (a->>'size')::bigint FROM json_array_elements(wire::json->'attachments') AS a;
EXCEPTION WHEN others THEN
  RETURN QUERY SELECT ''::text, 0::bigint;
END $$;
INSERT INTO attachment(sha256, envelope, kiosk, size)
  SELECT a.blob, e.id, e.kiosk, a.bytes FROM envelope AS e CROSS JOIN LATERAL attachments_in(e.wire) AS a
  ON CONFLICT DO NOTHING;
DROP FUNCTION attachments_in(text);

CREATE TABLE journal (sequence bigint PRIMARY KEY, at bigint NOT NULL, actor text NOT NULL, act text NOT NULL);
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_is_never_emptied BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE misdated (envelope text COLLATE "C" PRIMARY KEY REFERENCES envelope(id));

CREATE TABLE kiosk_run (
  kiosk text COLLATE "C" NOT NULL REFERENCES kiosk(id), run text COLLATE "C" NOT NULL, place bigint NOT NULL,
  began_at bigint NOT NULL, returned_at bigint,
  PRIMARY KEY (kiosk, run)
);

CREATE TABLE readmission (
  token_hash text COLLATE "C" PRIMARY KEY, kiosk text COLLATE "C" NOT NULL, device_key text NOT NULL,
  asked_at bigint NOT NULL
);
