-- Which entry of the log states the counts of which day, and of which places. The counts themselves stand in the entry's part, and
-- nowhere else. One row per day of Asia/Shanghai; the days' stretches of places join without a gap. I6 (verifiable without us).
CREATE TABLE ledger_day (
    day            date   PRIMARY KEY,
    entry_id       uuid   NOT NULL UNIQUE,
    from_position  bigint NOT NULL CHECK (from_position >= 0),
    until_position bigint NOT NULL CHECK (until_position >= from_position)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_day
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_day ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON ledger_day TO xietong_app;
GRANT SELECT ON ledger_day TO xietong_auditor;
