-- An attachment may be withdrawn by its owner, once, with a reason and an officer's own signature. It stays listed as withdrawn; its
-- bytes stay in the store and are handed out no more.
ALTER TABLE attachment
    ADD COLUMN withdrawn_at      timestamptz,
    ADD COLUMN withdrawn_in      uuid,
    ADD COLUMN withdrawn_by      text,
    ADD COLUMN withdrawal_reason text,
    ADD CONSTRAINT attachment_withdrawn CHECK (num_nulls(withdrawn_at, withdrawn_in, withdrawn_by, withdrawal_reason) IN (0, 4));

GRANT UPDATE (withdrawn_at, withdrawn_in, withdrawn_by, withdrawal_reason) ON attachment TO xietong_app;

-- Stored once, withdrawn once: neither is taken back, whoever holds the service's role.
CREATE FUNCTION attachment_moves_on() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $function$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL
        OR (OLD.stored_at IS NOT NULL AND (NEW.stored_at, NEW.stored_in) IS DISTINCT FROM (OLD.stored_at, OLD.stored_in)) THEN
        RAISE EXCEPTION 'an attachment is stored and withdrawn once'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$function$;
REVOKE ALL ON FUNCTION attachment_moves_on() FROM PUBLIC;

CREATE TRIGGER attachment_moves_on BEFORE UPDATE ON attachment
    FOR EACH ROW EXECUTE FUNCTION attachment_moves_on();
