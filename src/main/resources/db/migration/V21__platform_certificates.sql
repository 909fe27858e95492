-- Every certificate under which the platform has signed: answers, tokens, checkpoints, bundles. Evidence outlives keys (I9).
CREATE TABLE platform_certificate (
    key_id      varchar(64) PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{64}$'),
    use         varchar(40) NOT NULL,
    certificate bytea       NOT NULL,
    first_used  timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE platform_certificate ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON platform_certificate TO xietong_app;
GRANT SELECT ON platform_certificate TO xietong_auditor;
