-- The journal of exchanges: entries, their salted parts, what waits for the log, the search index, nonces.
-- I3 (log before answer), I6 (append-only), I9 (evidence outlives data).

-- One row per exchange. The bytes are stored exactly and never serialised again.
CREATE TABLE journal_entry (
    id     uuid        PRIMARY KEY,
    time   timestamptz NOT NULL,
    agency text        NOT NULL,
    bytes  bytea       NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 65535)
);

-- What the entry's digests commit to: digest = SHA-256(salt || bytes). Erasable one by one.
-- No foreign key: the digests inside the entry bind a part to it more tightly than a key could,
-- and an entry can never go away.
CREATE TABLE journal_part (
    entry_id uuid    NOT NULL,
    name     text    NOT NULL CHECK (name IN ('request', 'purpose', 'decision', 'disclosed', 'changed', 'response')),
    idx      integer NOT NULL CHECK (idx >= 0),
    salt     bytea   NOT NULL CHECK (octet_length(salt) = 16),
    bytes    bytea   NOT NULL,
    PRIMARY KEY (entry_id, name, idx)
);

-- Entries that the sequencer has not taken yet; it takes them by deleting the row.
CREATE TABLE journal_pending (
    entry_id uuid PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- What an exchange is searched by; erasable, and nothing in it is evidence.
CREATE TABLE exchange_index (
    id        uuid        PRIMARY KEY,
    time      timestamptz NOT NULL,
    agency    text        NOT NULL,
    unit      text        NOT NULL,
    system    text        NOT NULL,
    officer   text,
    operation text        NOT NULL,
    kind      text,
    outcome   text        NOT NULL CHECK (outcome IN ('PERMIT', 'DENY', 'FAIL')),
    rule      text        NOT NULL,
    status    integer     NOT NULL
);
CREATE INDEX exchange_index_time ON exchange_index (time, id);
CREATE INDEX exchange_index_agency ON exchange_index (agency, time, id);
CREATE INDEX exchange_index_unit ON exchange_index (unit, time, id);
CREATE INDEX exchange_index_system ON exchange_index (system, time, id);
CREATE INDEX exchange_index_officer ON exchange_index (officer, time, id) WHERE officer IS NOT NULL;
CREATE INDEX exchange_index_kind ON exchange_index (kind, time, id) WHERE kind IS NOT NULL;
CREATE INDEX exchange_index_rule ON exchange_index (rule, time, id);
-- Permits are the rule and are found by time; refusals and failures are few.
CREATE INDEX exchange_index_outcome ON exchange_index (outcome, time, id) WHERE outcome <> 'PERMIT';

-- Whose subjects an exchange disclosed or changed; time repeats the entry's, so that pages need one index only.
CREATE TABLE exchange_touched (
    entry_id   uuid        NOT NULL,
    subject    uuid        NOT NULL,
    thread     uuid,
    owner_unit text        NOT NULL,
    changed    boolean     NOT NULL,
    time       timestamptz NOT NULL,
    PRIMARY KEY (entry_id, subject, changed)
);
CREATE INDEX exchange_touched_owner ON exchange_touched (owner_unit, time, entry_id);
CREATE INDEX exchange_touched_subject ON exchange_touched (subject, time, entry_id);
CREATE INDEX exchange_touched_thread ON exchange_touched (thread, time, entry_id) WHERE thread IS NOT NULL;

-- Signatures' nonces, as SHA-256 over key id and nonce, by the signed time of creation in turns of five minutes.
-- A replay carries the same signed time, hence the same slot, hence the same row.
CREATE TABLE nonce (
    slot    smallint    NOT NULL,
    digest  bytea       NOT NULL CHECK (octet_length(digest) = 32),
    created timestamptz NOT NULL,
    CHECK (slot = floor(extract(epoch FROM created) / 300)::bigint % 6),
    PRIMARY KEY (slot, digest)
) PARTITION BY LIST (slot);
CREATE TABLE nonce_0 PARTITION OF nonce FOR VALUES IN (0) WITH (autovacuum_enabled = false);
CREATE TABLE nonce_1 PARTITION OF nonce FOR VALUES IN (1) WITH (autovacuum_enabled = false);
CREATE TABLE nonce_2 PARTITION OF nonce FOR VALUES IN (2) WITH (autovacuum_enabled = false);
CREATE TABLE nonce_3 PARTITION OF nonce FOR VALUES IN (3) WITH (autovacuum_enabled = false);
CREATE TABLE nonce_4 PARTITION OF nonce FOR VALUES IN (4) WITH (autovacuum_enabled = false);
CREATE TABLE nonce_5 PARTITION OF nonce FOR VALUES IN (5) WITH (autovacuum_enabled = false);

-- Empties the one slot whose rows are all older than 15 minutes by the database's clock; returns 1 if it did.
-- Call it at least every five minutes; a missed turn leaves old rows for half an hour more, which harms nothing.
-- It never waits for a lock, and leaves a slot alone that holds a younger row (clocks that disagree), so that
-- a live nonce is never forgotten. The application may call it, but has no right of its own to remove a nonce.
CREATE FUNCTION empty_old_nonce_slot() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = xietong, pg_temp
    SET lock_timeout = '200ms'
AS $function$
DECLARE
    turn   bigint := floor(extract(epoch FROM clock_timestamp()) / 300);
    leaf   text := 'nonce_' || (turn - 4) % 6;
    filled boolean;
    young  boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', leaf) INTO filled;
    IF NOT filled THEN
        RETURN 0;
    END IF;
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', leaf);
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE created > clock_timestamp() - interval ''15 minutes'')', leaf)
        INTO young;
    IF young THEN
        RETURN 0;
    END IF;
    EXECUTE format('TRUNCATE %I', leaf);
    RETURN 1;
EXCEPTION
    WHEN lock_not_available THEN
        RETURN 0;
END
$function$;

-- Append-only, for every role, the owner and the superuser included. Whoever can drop a trigger can get round it:
-- that is proved by witnesses and callers, not prevented here.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $function$
BEGIN
    RAISE EXCEPTION '% on % is refused: the journal is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'object_not_in_prerequisite_state';
END
$function$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON journal_part
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erased_by_eraser_only BEFORE DELETE ON journal_part
    FOR EACH STATEMENT WHEN (current_user <> 'xietong_eraser') EXECUTE FUNCTION refuse_change();
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE journal_part ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE journal_part ENABLE ALWAYS TRIGGER erased_by_eraser_only;

REVOKE ALL ON FUNCTION empty_old_nonce_slot(), refuse_change() FROM PUBLIC;

GRANT SELECT, INSERT ON journal_entry, journal_part, exchange_index, exchange_touched, nonce TO xietong_app;
GRANT INSERT ON journal_pending TO xietong_app;
GRANT EXECUTE ON FUNCTION empty_old_nonce_slot() TO xietong_app;

GRANT SELECT ON journal_entry TO xietong_sequencer;
GRANT SELECT, DELETE ON journal_pending TO xietong_sequencer;

GRANT SELECT ON journal_entry TO xietong_eraser;
GRANT SELECT, DELETE ON journal_part, exchange_index, exchange_touched TO xietong_eraser;

GRANT SELECT ON journal_entry, journal_part, exchange_index, exchange_touched TO xietong_auditor;
