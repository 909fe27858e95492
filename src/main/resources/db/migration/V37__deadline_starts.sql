-- When each event was written down: a rule may measure how late a record came. Unknown of what was recorded before.
ALTER TABLE case_event ADD COLUMN recorded_at timestamptz;

-- What the deadlines that stand were worked out with.
CREATE TABLE deadline_state (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    reckoning text NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE ON deadline_state TO xietong_app;
