-- Who has been told how a deadline stands: one row each, that of its last stage. Whoever is told finds it in his feed of changes.
CREATE TABLE deadline_notice (
    deadline_id uuid        PRIMARY KEY,
    stage       text        NOT NULL CHECK (stage IN ('DUE_SOON', 'OVERDUE', 'ESCALATED')),
    due_at      timestamptz NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE ON deadline_notice TO xietong_app;
-- Each round reads what runs and is due, duties and rights alike.
CREATE INDEX deadline_to_remind ON deadline (sorted, id) WHERE state = 'RUNNING';

ALTER TABLE sight_change DROP CONSTRAINT sight_change_slot_check,
    ADD CONSTRAINT sight_change_slot_check CHECK (slot IN ('SIGHT', 'CONTENT', 'CORRECTION', 'DEADLINE'));
