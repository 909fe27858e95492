-- Since when an entry waits for its place in the log: by the database's clock, for the maximum merge delay. Not the exchange's own
-- time, which is when its request came: a large body comes long before its entry.
ALTER TABLE journal_pending ADD COLUMN at timestamptz NOT NULL DEFAULT clock_timestamp();

-- The bodies of writes, exactly as they were signed, for bundles of evidence. They are content, not log: nobody reads them who
-- may not open the exchange as its caller, and they are erased with what they say.
CREATE TABLE journal_body (
    entry_id uuid  PRIMARY KEY,
    bytes    bytea NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON journal_body
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erased_by_eraser_only BEFORE DELETE ON journal_body
    FOR EACH STATEMENT WHEN (current_user <> 'xietong_eraser') EXECUTE FUNCTION refuse_change();
ALTER TABLE journal_body ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE journal_body ENABLE ALWAYS TRIGGER erased_by_eraser_only;

GRANT SELECT, INSERT ON journal_body TO xietong_app;
GRANT SELECT, DELETE ON journal_body TO xietong_eraser;
