-- Matters, records and who sees them. The application role writes; nobody deletes a version.

CREATE TABLE matter (
    id        uuid PRIMARY KEY,
    opened_by text NOT NULL,
    opened_at timestamptz NOT NULL
);

-- A unit joins by opening the matter or by being addressed in it. joined_through: the record that brought it in.
CREATE TABLE matter_member (
    id             uuid PRIMARY KEY,
    matter_id      uuid NOT NULL REFERENCES matter,
    unit           text NOT NULL,
    joined_through uuid NOT NULL,
    joined_at      timestamptz NOT NULL,
    UNIQUE (matter_id, unit)
);

-- Opaque ids only: what is stated of a person stands in the records. introduced_by: the record that first named him.
CREATE TABLE participant (
    id            uuid PRIMARY KEY,
    matter_id     uuid NOT NULL REFERENCES matter,
    introduced_by uuid NOT NULL,
    introduced_at timestamptz NOT NULL
);
CREATE INDEX participant_matter ON participant (matter_id);

-- Milestones belong to a participant within a filing; revoking keeps the row.
CREATE TABLE milestone (
    id          uuid PRIMARY KEY,
    matter_id   uuid NOT NULL REFERENCES matter,
    record_id   uuid NOT NULL,
    participant uuid NOT NULL REFERENCES participant,
    milestone   text NOT NULL,
    set_by      text NOT NULL,
    set_at      timestamptz NOT NULL,
    revoked_by  text,
    revoked_at  timestamptz
);
CREATE INDEX milestone_matter ON milestone (matter_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX milestone_once ON milestone (record_id, participant, milestone) WHERE revoked_at IS NULL;

-- Which unit handed what over to which: the ground of the condition "sender".
CREATE TABLE handover (
    id         uuid PRIMARY KEY,
    matter_id  uuid NOT NULL REFERENCES matter,
    record_id  uuid NOT NULL,
    from_unit  text NOT NULL,
    to_unit    text NOT NULL,
    handed_at  timestamptz NOT NULL,
    UNIQUE (matter_id, record_id, to_unit)
);

CREATE TABLE record (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL,
    matter_id       uuid NOT NULL REFERENCES matter,
    owner_unit      text NOT NULL,
    owner_officer   text,
    system          text NOT NULL,
    source_ref      text,
    origin          text NOT NULL,
    document_number text,
    state           text NOT NULL,
    label           jsonb NOT NULL,
    addressees      text[] NOT NULL,
    occurred_at     timestamptz,
    precision       text NOT NULL,
    recorded_at     timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    version         integer NOT NULL CHECK (version > 0),
    content         jsonb NOT NULL
);
CREATE UNIQUE INDEX record_source ON record (system, kind, source_ref) WHERE source_ref IS NOT NULL;
CREATE INDEX record_matter ON record (matter_id);

CREATE TABLE record_version (
    record_id   uuid NOT NULL REFERENCES record,
    version     integer NOT NULL,
    act         text NOT NULL,
    by_unit     text NOT NULL,
    by_officer  text,
    at          timestamptz NOT NULL,
    exchange_id uuid NOT NULL,
    state       text NOT NULL,
    label       jsonb NOT NULL,
    content     jsonb NOT NULL,
    act_content jsonb,
    id          uuid PRIMARY KEY,
    UNIQUE (record_id, version)
);

-- Sight, materialised: a row per viewer (unit, or officer where a label names persons) that can see a record.
-- at: what lists are sorted by for this viewer; coarser than the time of recording where the day is hidden from him.
CREATE TABLE record_sight (
    viewer    text NOT NULL,
    id        uuid NOT NULL,
    kind      text NOT NULL,
    at        timestamptz NOT NULL,
    matter_id uuid NOT NULL,
    state     text NOT NULL,
    view      text NOT NULL,
    PRIMARY KEY (viewer, id)
);
CREATE INDEX record_sight_page ON record_sight (viewer, kind, at DESC, id DESC);
CREATE INDEX record_sight_state ON record_sight (viewer, kind, state, at DESC, id DESC);
CREATE INDEX record_sight_matter ON record_sight (viewer, matter_id, at DESC, id DESC);
CREATE INDEX record_sight_id ON record_sight (id);

-- Which policy the sight rows were made with; another one rebuilds them in the background.
CREATE TABLE sight_state (
    one            boolean PRIMARY KEY DEFAULT true CHECK (one),
    policy_version text NOT NULL
);

-- Committed writes are remembered for ever; the fingerprint is salted, since bodies can be guessed.
CREATE TABLE idempotency (
    system      text NOT NULL,
    key         text NOT NULL,
    salt        bytea NOT NULL,
    fingerprint bytea NOT NULL,
    status      integer NOT NULL,
    kind        text NOT NULL,
    record_id   uuid NOT NULL,
    version     integer NOT NULL,
    exchange_id uuid NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (system, key)
);

GRANT SELECT, INSERT ON matter, matter_member, participant, handover, record_version, idempotency TO xietong_app;
-- A matter is locked by its row; locking needs the right to update, but nothing of it ever changes.
GRANT UPDATE (opened_at) ON matter TO xietong_app;
GRANT SELECT, INSERT, UPDATE (revoked_by, revoked_at) ON milestone TO xietong_app;
GRANT SELECT, INSERT ON record TO xietong_app;
GRANT UPDATE (owner_officer, document_number, state, label, addressees, occurred_at, precision, changed_at, version,
    content) ON record TO xietong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON record_sight TO xietong_app;
GRANT SELECT, INSERT, UPDATE ON sight_state TO xietong_app;
