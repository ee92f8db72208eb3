-- Version 2, the first on PostgreSQL: what sqlite-1.sql and sqlite-2.sql make. Keys sort by their bytes (COLLATE "C").
CREATE TABLE schema_version (version bigint NOT NULL);

CREATE TABLE enrolment_code (
  code_hash text COLLATE "C" PRIMARY KEY, name text NOT NULL, made_at bigint NOT NULL, expires_at bigint NOT NULL,
  used_at bigint
);

CREATE TABLE kiosk (
  id text COLLATE "C" PRIMARY KEY, name text NOT NULL, enrolled_at bigint NOT NULL, revoked_at bigint,
  revoked_why text NOT NULL DEFAULT ''
);
CREATE TABLE kiosk_key (
  token_hash text COLLATE "C" PRIMARY KEY, kiosk text COLLATE "C" NOT NULL REFERENCES kiosk(id),
  device_key text NOT NULL, valid_from bigint NOT NULL, ended_at bigint, ended_why text NOT NULL DEFAULT ''
);
CREATE INDEX key_by_kiosk ON kiosk_key(kiosk, valid_from);

CREATE TABLE envelope (
  id text COLLATE "C" PRIMARY KEY, kiosk text COLLATE "C" NOT NULL REFERENCES kiosk(id), sequence bigint NOT NULL,
  kind text NOT NULL, format bigint NOT NULL, manifest_hash text NOT NULL, content_hash text,
  received_at bigint NOT NULL, depends_on text COLLATE "C" REFERENCES envelope(id), wire text NOT NULL,
  receipt text NOT NULL,
  UNIQUE (kiosk, sequence)
);

CREATE TABLE case_file (
  number text COLLATE "C" PRIMARY KEY, provisional_number text COLLATE "C" NOT NULL,
  envelope text COLLATE "C" NOT NULL UNIQUE REFERENCES envelope(id) DEFERRABLE INITIALLY DEFERRED,
  kiosk text NOT NULL, procedure text NOT NULL, state text NOT NULL, received_at bigint NOT NULL
);
CREATE UNIQUE INDEX case_by_provisional_number ON case_file(provisional_number) WHERE provisional_number <> '';
CREATE TABLE search_key (
  case_number text COLLATE "C" NOT NULL REFERENCES case_file(number), kind text COLLATE "C" NOT NULL,
  keyed_hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, keyed_hash, case_number)
);

CREATE TABLE event (
  case_number text COLLATE "C" NOT NULL REFERENCES case_file(number), sequence bigint NOT NULL, body text NOT NULL,
  hash text NOT NULL, at bigint NOT NULL,
  CONSTRAINT event_follows_once PRIMARY KEY (case_number, sequence)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'events are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation'; END $$;
-- Each follows the last: no gap, nobody between.
CREATE FUNCTION follow_the_last() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM event WHERE case_number = NEW.case_number) THEN
    RAISE EXCEPTION 'the case has moved on' USING ERRCODE = 'BW002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION follow_the_last();
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE rating (
  envelope text COLLATE "C" PRIMARY KEY REFERENCES envelope(id) DEFERRABLE INITIALLY DEFERRED, kiosk text NOT NULL,
  instrument text NOT NULL, level text NOT NULL, is_bad bigint NOT NULL, submission text, case_number text NOT NULL,
  received_at bigint NOT NULL
);
CREATE INDEX bad_ratings ON rating(received_at) WHERE is_bad = 1;

CREATE TABLE wrong_proof (key text COLLATE "C" NOT NULL, address text COLLATE "C" NOT NULL, at bigint NOT NULL);
CREATE INDEX wrong_proof_by_time ON wrong_proof(at);
CREATE TABLE service (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);

-- Numbers are taken in blocks, outside of the transactions that use them: nobody waits for the row. Whether a block
-- lies above a floor that was raised meanwhile is asked by the transaction that uses it.
CREATE TABLE counter (name text COLLATE "C" PRIMARY KEY, last bigint NOT NULL);
CREATE TABLE counter_floor (name text COLLATE "C" PRIMARY KEY, at_least bigint NOT NULL);
CREATE FUNCTION number_is_above_floor(counter_name text, number bigint) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  IF number <= (SELECT at_least FROM counter_floor WHERE name = counter_name) THEN
    RAISE EXCEPTION 'the block of numbers is out of date' USING ERRCODE = 'BW001';
  END IF;
END $$;
