-- The feed of changes, invitations and links of matters, numbers held on paper, requests for correction.

-- The version that a FULL viewer was last told of; 0 where the view is lower, so that an edit of masked fields moves nothing.
ALTER TABLE record_sight ADD COLUMN version integer NOT NULL DEFAULT 0;
UPDATE record_sight s SET version = r.version FROM record r WHERE r.id = s.id AND s.view = 'FULL';

-- What a viewer is to be told, the latest of its slot alone: that a record appeared or is gone (SIGHT), that it changed
-- (CONTENT). So the feed is complete from any position, and never grows past what its viewers have seen.
-- position: none until the sequencer has taken the committed row. since: where the viewer was first told of the record.
CREATE TABLE sight_change (
    viewer    text NOT NULL,
    record_id uuid NOT NULL,
    slot      text NOT NULL CHECK (slot IN ('SIGHT', 'CONTENT')),
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
