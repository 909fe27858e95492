-- What proves that the database was set back, and which checkpoints are vouched for by others. I6 (verifiable without us).

-- A checkpoint that this log signed, that a witness showed, and that the database does not hold. Checked before it is stored; every
-- replica is closed by it, until ledger_restore says that somebody decided about exactly this size and root.
CREATE TABLE ledger_lost_checkpoint (
    tree    text        NOT NULL CHECK (tree IN ('SHA_256', 'SM3')),
    size    bigint      NOT NULL CHECK (size >= 0),
    root    bytea       NOT NULL CHECK (octet_length(root) = 32),
    note    text        NOT NULL CHECK (octet_length(note) BETWEEN 1 AND 1048576),
    witness text        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tree, size, root)
);
CREATE INDEX ledger_restore_of_checkpoint ON ledger_restore (lost_size);

-- Which checkpoints have the quorum's cosignatures on both notes, and which of those are timed on both too. Written by whoever stores
-- what was missing, so that a receipt finds the best checkpoint by one step in an index.
CREATE TABLE ledger_vouched (
    by_whom text        NOT NULL CHECK (by_whom IN ('QUORUM', 'QUORUM_AND_TIME')),
    size    bigint      NOT NULL REFERENCES ledger_checkpoint,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (by_whom, size)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_lost_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_vouched
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_lost_checkpoint ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_vouched ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON ledger_lost_checkpoint, ledger_vouched TO xietong_sequencer;
GRANT SELECT ON ledger_lost_checkpoint, ledger_vouched TO xietong_auditor;
GRANT SELECT ON ledger_vouched TO xietong_app;
-- Former keys of the log: without them a checkpoint from before a rotation proves nothing.
GRANT SELECT ON platform_certificate TO xietong_sequencer;
