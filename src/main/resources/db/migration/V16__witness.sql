-- What witnesses say about published checkpoints, and what they said against them. I6 (verifiable without us).

-- Signature lines (c2sp.org/tlog-cosignature) that were checked before they were stored; witness is the name of the key.
CREATE TABLE ledger_cosignature (
    size    bigint      NOT NULL REFERENCES ledger_checkpoint,
    tree    text        NOT NULL CHECK (tree IN ('SHA_256', 'SM3')),
    witness text        NOT NULL,
    line    text        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (witness, tree, size)
);
CREATE INDEX ledger_cosignature_of_checkpoint ON ledger_cosignature (size);

-- A witness knows a larger log than ours, another one of the same size, or takes no proof of ours.
CREATE TABLE ledger_witness_alarm (
    witness      text        NOT NULL,
    tree         text        NOT NULL CHECK (tree IN ('SHA_256', 'SM3')),
    kind         text        NOT NULL CHECK (kind IN ('AHEAD', 'FORK', 'REFUSED')),
    our_size     bigint      NOT NULL,
    witness_size bigint      NOT NULL,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (witness, tree, kind, our_size, witness_size)
);

-- Which replica submits; one row.
CREATE TABLE ledger_witness_turn (
    one    boolean     PRIMARY KEY DEFAULT true CHECK (one),
    holder uuid        NOT NULL,
    until  timestamptz NOT NULL
);
INSERT INTO ledger_witness_turn (holder, until) VALUES ('00000000-0000-0000-0000-000000000000', timestamptz '1970-01-01');

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_witness_alarm
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_cosignature ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_witness_alarm ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON ledger_cosignature, ledger_witness_alarm TO xietong_sequencer;
GRANT SELECT, UPDATE ON ledger_witness_turn TO xietong_sequencer;
GRANT SELECT ON ledger_cosignature, ledger_witness_alarm TO xietong_app, xietong_auditor;
