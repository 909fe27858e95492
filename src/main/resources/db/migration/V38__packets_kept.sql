-- What the policy's row opened when the packet was sent: fetching refuses once it opens less. Of earlier ones, what the rows opened until now.
ALTER TABLE packet ADD COLUMN opened text[] NOT NULL DEFAULT '{INVESTIGATION,PI,SENSITIVE_PI,TRADE_SECRET}';
ALTER TABLE packet ALTER COLUMN opened DROP DEFAULT;
UPDATE packet SET opened = CASE rule
        WHEN 'OUTSIDE-TRANSFER-SUPERVISORY' THEN '{INVESTIGATION}'::text[]
        WHEN 'OUTSIDE-JUDGMENT-EXECUTION' THEN '{INVESTIGATION,PI,SENSITIVE_PI}'::text[]
        ELSE '{PI,SENSITIVE_PI,TRADE_SECRET}'::text[] END
    WHERE rule IN ('OUTSIDE-TRANSFER-SUPERVISORY', 'OUTSIDE-JUDGMENT-EXECUTION', 'OUTSIDE-CLUE-AGENCY', 'OUTSIDE-PATENT-REFERRAL-COURT');

-- A signed receipt may follow a scan, which stays beside it; of each there is one.
ALTER TABLE packet_receipt ADD COLUMN signed boolean GENERATED ALWAYS AS (signature IS NOT NULL) STORED;
ALTER TABLE packet_receipt DROP CONSTRAINT packet_receipt_pkey;
ALTER TABLE packet_receipt ADD PRIMARY KEY (packet, signed);

CREATE OR REPLACE FUNCTION packet_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF ROW (NEW.id, NEW.record_id, NEW.record_version, NEW.recipient, NEW.by_unit, NEW.by_officer, NEW.at, NEW.exchange_id, NEW.view,
            NEW.rule, NEW.opened, NEW.attachments, NEW.sealed_to, NEW.size, NEW.sha256, NEW.sm3, NEW.replaces)
        IS DISTINCT FROM
        ROW (OLD.id, OLD.record_id, OLD.record_version, OLD.recipient, OLD.by_unit, OLD.by_officer, OLD.at, OLD.exchange_id, OLD.view,
            OLD.rule, OLD.opened, OLD.attachments, OLD.sealed_to, OLD.size, OLD.sha256, OLD.sm3, OLD.replaces)
        OR (OLD.collected_at IS NOT NULL
            AND ROW (NEW.collected_at, NEW.collected_in) IS DISTINCT FROM ROW (OLD.collected_at, OLD.collected_in))
    THEN
        RAISE EXCEPTION 'a packet is never altered' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;

-- An erasure blanks the reason of a receipt, and nothing else of it; nobody else alters anything.
CREATE FUNCTION packet_receipt_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF coalesce(current_setting('xietong.erasing', true), '') <> 'on' OR current_user <> 'xietong_owner' OR NEW.reason <> ''
        -- generated columns are not worked out yet here
        OR to_jsonb(NEW) - '{reason,signed}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{reason,signed}'::text[]
    THEN
        RAISE EXCEPTION 'a receipt is never altered' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stays BEFORE UPDATE ON packet_receipt FOR EACH ROW EXECUTE FUNCTION packet_receipt_stays();

-- The sealed bytes are never exchanged; they go by an erasure, and do not come back after it.
CREATE FUNCTION packet_bytes_stay_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM packet WHERE id = NEW.packet AND document_number = '') THEN
        RAISE EXCEPTION 'the packet was erased' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stays BEFORE UPDATE OR TRUNCATE ON packet_bytes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erased_only BEFORE DELETE ON packet_bytes
    FOR EACH STATEMENT WHEN (current_user <> 'xietong_owner' OR coalesce(current_setting('xietong.erasing', true), '') <> 'on')
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stays_erased BEFORE INSERT ON packet_bytes FOR EACH ROW EXECUTE FUNCTION packet_bytes_stay_erased();

ALTER TABLE packet ENABLE ALWAYS TRIGGER stays;
ALTER TABLE packet ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE packet_receipt ENABLE ALWAYS TRIGGER stays;
ALTER TABLE packet_receipt ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE packet_bytes ENABLE ALWAYS TRIGGER stays;
ALTER TABLE packet_bytes ENABLE ALWAYS TRIGGER erased_only;
REVOKE ALL ON FUNCTION packet_receipt_stays(), packet_bytes_stay_erased() FROM PUBLIC;
