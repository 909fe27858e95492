-- Attachments of records: what their owner announced of them. The bytes lie in the attachment store under their SHA-256.
-- A row without stored_at has no bytes yet and is its owner's alone. Announced once, stored once, never changed.
CREATE TABLE attachment (
    id           uuid PRIMARY KEY,
    record_id    uuid NOT NULL REFERENCES record,
    by_unit      text NOT NULL,
    by_system    text NOT NULL,
    by_officer   text,
    announced_at timestamptz NOT NULL,
    announced_in uuid NOT NULL,
    name         text NOT NULL,
    media_type   text NOT NULL,
    size         bigint NOT NULL CHECK (size > 0),
    sha256       bytea NOT NULL CHECK (octet_length(sha256) = 32),
    sm3          bytea NOT NULL CHECK (octet_length(sm3) = 32),
    original     text NOT NULL CHECK (original IN ('PAPER', 'ELECTRONIC')),
    seal         text,
    volume       text,
    pages        text,
    kept_at      text,
    provenance   text,
    caveats      text[] NOT NULL,
    -- Whom it concerns; none = all participants of the record.
    participants uuid[] NOT NULL,
    stored_at    timestamptz,
    stored_in    uuid,
    CONSTRAINT attachment_stored CHECK ((stored_at IS NULL) = (stored_in IS NULL))
);
CREATE INDEX attachment_record ON attachment (record_id, announced_at DESC, id DESC);
-- Whether bytes in the store belong to anything.
CREATE INDEX attachment_bytes ON attachment (sha256) WHERE stored_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (stored_at, stored_in) ON attachment TO xietong_app;
