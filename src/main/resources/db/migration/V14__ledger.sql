-- The ledger: the order of entries, two Merkle trees over the same entry bytes, signed heads. Only added to; a superuser who drops
-- the triggers is shown up by witnesses and callers, not stopped here. I6 (verifiable without us).

-- The head of both trees, and who may move it: the lease is one row, each change of holder an epoch.
CREATE TABLE ledger_head (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    holder   uuid        NOT NULL,
    epoch    bigint      NOT NULL CHECK (epoch >= 0),
    until    timestamptz NOT NULL,
    size     bigint      NOT NULL CHECK (size >= 0),
    sha256   bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    sm3      bytea       NOT NULL CHECK (octet_length(sm3) = 32),
    moved_at timestamptz NOT NULL
);
-- The roots of empty trees are the hashes of nothing.
INSERT INTO ledger_head (holder, epoch, until, size, sha256, sm3, moved_at) VALUES (
    '00000000-0000-0000-0000-000000000000', 0, timestamptz '1970-01-01', 0,
    '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '\x1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b', now());

-- Which entry stands where; positions are contiguous from 0.
CREATE TABLE ledger_leaf (
    position bigint PRIMARY KEY CHECK (position >= 0),
    entry_id uuid   NOT NULL UNIQUE
);

-- Tiles of C2SP tlog-tiles, height 8: up to 256 hashes of 32 bytes. The rightmost of a level grows.
CREATE TABLE ledger_tile (
    tree   text     NOT NULL CHECK (tree IN ('SHA_256', 'SM3')),
    level  smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    idx    bigint   NOT NULL CHECK (idx >= 0),
    hashes bytea    NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (tree, level, idx)
);

-- Signed notes over both heads of one size; signed after the head is on disk, and stored before anybody sees them.
CREATE TABLE ledger_checkpoint (
    size      bigint      PRIMARY KEY CHECK (size >= 0),
    sha256    text        NOT NULL,
    sm3       text        NOT NULL,
    signed_at timestamptz NOT NULL
);

CREATE FUNCTION refuse_shrinking() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $function$
BEGIN
    IF TG_TABLE_NAME = 'ledger_head' THEN
        IF NEW.size < OLD.size OR NEW.epoch < OLD.epoch
            OR (NEW.size = OLD.size AND (NEW.sha256, NEW.sm3) IS DISTINCT FROM (OLD.sha256, OLD.sm3)) THEN
            RAISE EXCEPTION 'the head of the ledger only moves forward' USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    ELSIF (NEW.tree, NEW.level, NEW.idx) IS DISTINCT FROM (OLD.tree, OLD.level, OLD.idx)
        OR substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'a tile only grows' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$function$;

CREATE TRIGGER forward_only BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION refuse_shrinking();
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger_tile FOR EACH ROW EXECUTE FUNCTION refuse_shrinking();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_leaf FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER forward_only;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER stays;
ALTER TABLE ledger_tile ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE ledger_tile ENABLE ALWAYS TRIGGER stays;
ALTER TABLE ledger_leaf ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER append_only;

REVOKE ALL ON FUNCTION refuse_shrinking() FROM PUBLIC;

GRANT SELECT, UPDATE ON ledger_head TO xietong_sequencer;
GRANT SELECT, INSERT, UPDATE ON ledger_tile TO xietong_sequencer;
GRANT SELECT, INSERT ON ledger_leaf, ledger_checkpoint TO xietong_sequencer;
GRANT SELECT ON ledger_head, ledger_tile, ledger_leaf, ledger_checkpoint TO xietong_app, xietong_auditor;
