-- Keys of witnesses and time-stamp authorities that were in use once, and when token keys last signed: what was made under a key is
-- checked when the key is gone (I6, I9).

-- A witness whose key rotates gives two lines for one checkpoint; a line names its key by the first four bytes of its base64.
ALTER TABLE ledger_cosignature ADD COLUMN key_id text NOT NULL
    GENERATED ALWAYS AS (encode(substring(decode(split_part(line, ' ', 3), 'base64') FROM 1 FOR 4), 'hex')) STORED;
ALTER TABLE ledger_cosignature DROP CONSTRAINT ledger_cosignature_pkey, ADD PRIMARY KEY (witness, tree, size, key_id);

-- What became of each key of a witness: the newest row tells. WITHDRAWN is for good.
CREATE TABLE ledger_witness_key (
    number  bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    vkey    text        NOT NULL,
    event   text        NOT NULL CHECK (event IN ('LISTED', 'RETIRED', 'WITHDRAWN')),
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ledger_witness_key_of ON ledger_witness_key (vkey, number);

-- Every certificate by which time-stamps were believed: of authorities, or of their roots.
CREATE TABLE ledger_time_certificate (
    id          bytea       PRIMARY KEY CHECK (octet_length(id) = 32),
    authority   text        NOT NULL,
    certificate bytea       NOT NULL,
    first_used  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Until when a key may have signed tokens: they are taken for as long as they live, by a service that was started since, too.
CREATE TABLE token_key (
    key_id       varchar(64) PRIMARY KEY REFERENCES platform_certificate,
    last_signing timestamptz NOT NULL
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_witness_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_time_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_witness_key ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_time_certificate ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON ledger_witness_key, ledger_time_certificate TO xietong_sequencer;
GRANT SELECT ON ledger_witness_key, ledger_time_certificate TO xietong_auditor;
GRANT SELECT, INSERT, UPDATE ON token_key TO xietong_app;
