-- Statutory time limits: what happened, as far as clocks need it, and what runs. No content: ids, codes, units and days.

-- Each act that a rule waits for, and each order upon a deadline. Nothing here is ever changed.
CREATE TABLE case_event (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    matter_id    uuid NOT NULL REFERENCES matter,
    record_id    uuid NOT NULL,
    version      integer NOT NULL,
    filing_id    uuid NOT NULL,
    kind         text NOT NULL,
    -- code=value
    attributes   text[] NOT NULL,
    act          text NOT NULL,
    state        text NOT NULL,
    day          date NOT NULL,
    at           timestamptz,
    owner_unit   text NOT NULL,
    addressees   text[] NOT NULL,
    participants uuid[] NOT NULL,
    sets         text[] NOT NULL,
    revokes      text[] NOT NULL
);
CREATE INDEX case_event_matter ON case_event (matter_id, position);

-- Worked out from the events of the matter; the same id however often.
CREATE TABLE deadline (
    id          uuid PRIMARY KEY,
    rule        text NOT NULL,
    duty        boolean NOT NULL,
    matter_id   uuid NOT NULL REFERENCES matter,
    record_id   uuid NOT NULL,
    filing_id   uuid NOT NULL,
    participant uuid,
    actors      text[] NOT NULL,
    started_day date NOT NULL,
    started_at  timestamptz,
    due_on      date,
    due_at      timestamptz,
    -- due_at, or the end of time
    sorted      timestamptz NOT NULL,
    certain     boolean NOT NULL,
    state       text NOT NULL,
    ended_day   date,
    ended_at    timestamptz,
    variant     text,
    extensions  text[] NOT NULL
);
CREATE INDEX deadline_matter ON deadline (matter_id);
CREATE INDEX deadline_record ON deadline (record_id, started_day, id);
CREATE INDEX deadline_open ON deadline (sorted, id) WHERE duty AND state IN ('RUNNING', 'SUSPENDED', 'NO_RULE');

-- Whose time it is, while it runs: a page of one unit is a range of this index.
CREATE TABLE deadline_actor (
    unit        text NOT NULL,
    duty        boolean NOT NULL,
    sorted      timestamptz NOT NULL,
    deadline_id uuid NOT NULL REFERENCES deadline ON DELETE CASCADE,
    PRIMARY KEY (unit, duty, sorted, deadline_id)
);
CREATE INDEX deadline_actor_of ON deadline_actor (deadline_id);

-- What officers decided of single deadlines, and on which paper.
CREATE TABLE deadline_order (
    id              uuid PRIMARY KEY,
    deadline_id     uuid NOT NULL,
    ordered         text NOT NULL,
    code            text,
    day             date NOT NULL,
    document_number text NOT NULL,
    by_unit         text NOT NULL,
    by_officer      text,
    at              timestamptz NOT NULL,
    exchange_id     uuid NOT NULL
);
CREATE INDEX deadline_order_of ON deadline_order (deadline_id, at);

GRANT SELECT, INSERT ON deadline_order TO xietong_app;
GRANT SELECT, INSERT ON case_event TO xietong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON deadline, deadline_actor TO xietong_app;
