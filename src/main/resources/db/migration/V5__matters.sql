-- The feed of changes, invitations and links of matters, numbers held on paper, requests for correction.

-- The version that a FULL viewer was last told of; 0 where the view is lower, so that an edit of masked fields moves nothing.
ALTER TABLE record_sight ADD COLUMN version integer NOT NULL DEFAULT 0;
UPDATE record_sight s SET version = r.version FROM record r WHERE r.id = s.id AND s.view = 'FULL';

-- What a viewer is to be told, the latest of its slot alone: that a record appeared or is gone (SIGHT), that it changed
-- (CONTENT), that a request for correction came or was answered (CORRECTION). So the feed is complete from any position, and never grows past what its viewers have seen.
-- position: none until the sequencer has taken the committed row. since: where the viewer was first told of the record.
CREATE TABLE sight_change (
    viewer    text NOT NULL,
    record_id uuid NOT NULL,
    slot      text NOT NULL CHECK (slot IN ('SIGHT', 'CONTENT', 'CORRECTION')),
    kind      text NOT NULL,
    gone      boolean NOT NULL,
    position  bigint,
    since     bigint,
    PRIMARY KEY (viewer, record_id, slot)
);
CREATE UNIQUE INDEX sight_change_position ON sight_change (viewer, position) WHERE position IS NOT NULL;
CREATE INDEX sight_change_pending ON sight_change (slot DESC) WHERE position IS NULL;
INSERT INTO sight_change (viewer, record_id, slot, kind, gone)
    SELECT viewer, id, 'SIGHT', kind, false FROM record_sight;

-- The one sequencer: who holds the lease gives positions; each change of holder is an epoch.
CREATE TABLE change_sequencer (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    holder uuid NOT NULL,
    epoch  bigint NOT NULL,
    until  timestamptz NOT NULL,
    head   bigint NOT NULL
);
INSERT INTO change_sequencer (holder, epoch, until, head)
    VALUES ('00000000-0000-0000-0000-000000000000', 0, timestamptz '1970-01-01', 0);

-- Seals the cursors of the feed: their distances would tell of what others see (I4). It opens nothing else.
CREATE TABLE cursor_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    key bytea NOT NULL CHECK (length(key) = 32)
);
INSERT INTO cursor_key (key)
    VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

GRANT SELECT, INSERT, UPDATE, DELETE ON sight_change TO xietong_app;
GRANT SELECT, UPDATE ON change_sequencer TO xietong_app;
GRANT SELECT ON cursor_key TO xietong_app;

-- A unit in the matter brings another one in. Known to the two of them alone.
CREATE TABLE matter_invitation (
    id           uuid PRIMARY KEY,
    matter_id    uuid NOT NULL REFERENCES matter,
    unit         text NOT NULL,
    by_unit      text NOT NULL,
    by_officer   text,
    at           timestamptz NOT NULL,
    exchange_id  uuid NOT NULL,
    withdrawn_at timestamptz
);
CREATE INDEX matter_invitation_matter ON matter_invitation (matter_id);

-- A unit that had been addressed or invited by mistake was taken out again.
CREATE TABLE matter_removal (
    id          uuid PRIMARY KEY,
    matter_id   uuid NOT NULL REFERENCES matter,
    unit        text NOT NULL,
    by_unit     text NOT NULL,
    by_officer  text,
    at          timestamptz NOT NULL,
    exchange_id uuid NOT NULL
);

-- Matters are linked, not merged; a link opens nothing.
CREATE TABLE matter_link (
    id          uuid PRIMARY KEY,
    from_matter uuid NOT NULL REFERENCES matter,
    to_matter   uuid NOT NULL REFERENCES matter,
    type        text NOT NULL,
    by_unit     text NOT NULL,
    by_officer  text,
    at          timestamptz NOT NULL,
    exchange_id uuid NOT NULL,
    CHECK (from_matter <> to_matter),
    UNIQUE (from_matter, to_matter, type)
);
CREATE INDEX matter_link_to ON matter_link (to_matter);

-- Numbers that stand on paper, in their normal form, of the current version of each record.
CREATE TABLE record_number (
    number    text NOT NULL,
    record_id uuid NOT NULL REFERENCES record,
    PRIMARY KEY (number, record_id)
);
CREATE INDEX record_number_record ON record_number (record_id);
INSERT INTO record_number (number, record_id)
    SELECT DISTINCT upper(regexp_replace(normalize(stated, NFKC), '[\s()\[\]〔〕【】]', '', 'g')), id
    FROM record, unnest(ARRAY[document_number, content ->> 'caseNumber']) AS stated
    WHERE stated IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (withdrawn_at) ON matter_invitation TO xietong_app;
GRANT SELECT, INSERT ON matter_removal, matter_link TO xietong_app;
GRANT SELECT, INSERT, DELETE ON record_number TO xietong_app;
-- Who was brought in by mistake leaves; the removal and the invitation say that he was in.
GRANT DELETE ON matter_member, handover TO xietong_app;

-- Requests for correction 更正申请, and the owner's replies: beside the record, which neither of them edits.
CREATE TABLE correction (
    id             uuid PRIMARY KEY,
    record_id      uuid NOT NULL REFERENCES record,
    owner_unit     text NOT NULL,
    by_unit        text NOT NULL,
    by_officer     text,
    fields         text[] NOT NULL,
    reason         text NOT NULL,
    at             timestamptz NOT NULL,
    exchange_id    uuid NOT NULL,
    outcome        text CHECK (outcome IN ('ACCEPTED', 'REFUSED')),
    reply          text,
    reply_officer  text,
    replied_at     timestamptz,
    reply_exchange uuid,
    CHECK ((outcome IS NULL) = (reply IS NULL) AND (outcome IS NULL) = (replied_at IS NULL))
);
CREATE INDEX correction_record ON correction (record_id, at DESC, id DESC);

GRANT SELECT, INSERT, UPDATE (outcome, reply, reply_officer, replied_at, reply_exchange) ON correction TO xietong_app;
