-- Two officers of the owner: one proposes, another confirms (I11). What was proposed never changes; only its end is written.

CREATE TABLE label_lowering (
    id           uuid PRIMARY KEY,
    record_id    uuid NOT NULL REFERENCES record,
    -- Digest of the label that it starts from: another one in between makes the proposal stale.
    starts_from  text NOT NULL,
    label        jsonb NOT NULL,
    reason       text NOT NULL,
    -- Over record, start, label, reason and proposer; the second officer signs it.
    digest       text NOT NULL,
    proposed_by  text NOT NULL,
    proposed_at  timestamptz NOT NULL,
    exchange_id  uuid NOT NULL,
    expires_at   timestamptz NOT NULL,
    replaced_at  timestamptz,
    confirmed_by text CHECK (confirmed_by <> proposed_by),
    confirmed_at timestamptz
);
CREATE UNIQUE INDEX label_lowering_open ON label_lowering (record_id)
    WHERE replaced_at IS NULL AND confirmed_at IS NULL;

CREATE TABLE record_grant (
    id          uuid PRIMARY KEY,
    record_id   uuid NOT NULL REFERENCES record,
    -- Id of a unit; of an officer where person.
    grantee     text NOT NULL,
    person      boolean NOT NULL,
    purpose     text NOT NULL,
    view        text NOT NULL,
    caveats     text[] NOT NULL,
    reason      text NOT NULL,
    until       timestamptz NOT NULL,
    digest      text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    exchange_id uuid NOT NULL,
    -- By when a second officer must have approved it.
    expires_at  timestamptz NOT NULL,
    approved_by text CHECK (approved_by <> proposed_by),
    approved_at timestamptz,
    revoked_by  text,
    revoked_at  timestamptz,
    CHECK (person OR NOT 'INFORMANT' = ANY (caveats))
);
CREATE INDEX record_grant_record ON record_grant (record_id) WHERE revoked_at IS NULL;

-- until: when the row ends by itself, where it rests on a grant alone.
ALTER TABLE record_sight ADD COLUMN until timestamptz;
CREATE INDEX record_sight_until ON record_sight (until) WHERE until IS NOT NULL;

-- declassified_to: the day up to which sight has followed the terms of labels.
ALTER TABLE sight_state ADD COLUMN declassified_to date;
CREATE INDEX record_declassify ON record ((label #>> '{declassify,on}')) WHERE label #>> '{declassify,on}' IS NOT NULL;

GRANT SELECT, INSERT ON label_lowering, record_grant TO xietong_app;
GRANT UPDATE (replaced_at, confirmed_by, confirmed_at) ON label_lowering TO xietong_app;
GRANT UPDATE (approved_by, approved_at, revoked_by, revoked_at) ON record_grant TO xietong_app;
