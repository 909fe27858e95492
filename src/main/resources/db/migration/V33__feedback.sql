-- What a sender was told of the case that he handed over: codes and ids only, drawn from what the policy shows him. Added, and never changed.
CREATE TABLE feedback (
    id          uuid        PRIMARY KEY,
    record_id   uuid        NOT NULL REFERENCES record (id),
    version     integer     NOT NULL CHECK (version > 0),
    by_unit     text        NOT NULL,
    told        text        NOT NULL,
    at          timestamptz NOT NULL,
    exchange_id uuid        NOT NULL,
    complete    boolean     NOT NULL,
    progress    jsonb       NOT NULL CHECK (jsonb_typeof(progress) = 'array'),
    UNIQUE (record_id, version)
);
COMMENT ON COLUMN feedback.told IS 'the unit that handed the case over';
COMMENT ON COLUMN feedback.complete IS 'whether of everybody the case had ended, so that nothing is left to be told';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON feedback
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE feedback ENABLE ALWAYS TRIGGER append_only;
GRANT SELECT, INSERT ON feedback TO xietong_app;
