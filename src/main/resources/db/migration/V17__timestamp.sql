-- Time-stamps (RFC 3161) on published checkpoints, one for each tree: another's word when the log was so large, over the signed note as
-- it lies in ledger_checkpoint. A checkpoint without a row is untimed. I6 (verifiable without us), I9 (evidence outlives data).
CREATE TABLE ledger_timestamp (
    size      bigint      NOT NULL CHECK (size >= 0),
    tree      text        NOT NULL CHECK (tree IN ('SHA_256', 'SM3')),
    authority text        NOT NULL,
    token     bytea       NOT NULL CHECK (octet_length(token) BETWEEN 1 AND 65536),
    gen_time  timestamptz NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (size, tree)
);

-- When the authorities may next be asked, by the database's clock: one row, whichever replica takes the turn.
CREATE TABLE ledger_timestamp_turn (
    one     boolean     PRIMARY KEY DEFAULT true CHECK (one),
    next_at timestamptz NOT NULL
);
INSERT INTO ledger_timestamp_turn (next_at) VALUES (timestamptz '1970-01-01');

-- Certificate revocation lists (RFC 5280) as they were when they could be relied on: what was revoked when something was signed
-- must be shown when the authority has long published others.
CREATE TABLE revocation_data (
    id          bytea       PRIMARY KEY CHECK (octet_length(id) = 32),
    issuer      text        NOT NULL,
    this_update timestamptz NOT NULL,
    next_update timestamptz NOT NULL,
    der         bytea       NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX revocation_data_issuer ON revocation_data (issuer, this_update);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_timestamp
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON revocation_data
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_timestamp ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE revocation_data ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, UPDATE ON ledger_timestamp_turn TO xietong_sequencer;
GRANT SELECT, INSERT ON ledger_timestamp TO xietong_sequencer;
GRANT SELECT ON ledger_timestamp TO xietong_app, xietong_auditor;
GRANT SELECT, INSERT ON revocation_data TO xietong_app;
GRANT SELECT ON revocation_data TO xietong_auditor;
