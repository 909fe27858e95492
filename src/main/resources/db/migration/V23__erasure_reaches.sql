-- An erasure reaches what its first form missed: participants that an amendment took out, and keys whose request went with another
-- record's. What was sent under a key is asked of the keys themselves, by system and time, so that others' refusals cost nothing.
CREATE OR REPLACE FUNCTION records_naming(who uuid, owner text) RETURNS SETOF uuid LANGUAGE sql STABLE
    SET search_path = xietong, pg_temp AS $$
    SELECT r.id FROM participant p JOIN record r ON r.matter_id = p.matter_id
    WHERE p.id = who AND r.owner_unit = owner AND r.erased_at IS NULL
        AND (who = ANY (r.participants) OR EXISTS (SELECT FROM record_version v
            WHERE v.record_id = r.id AND position(who::text IN v.content::text) > 0))
$$;

CREATE OR REPLACE FUNCTION exchanges_about(records uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = xietong, pg_temp AS $$
DECLARE
    found uuid[];
    since timestamptz := (SELECT min(recorded_at) - interval '1 hour' FROM record WHERE id = ANY (records));
BEGIN
    found := ARRAY(
        SELECT entry_id FROM exchange_touched WHERE subject = ANY (records)
        UNION SELECT exchange_id FROM record_version WHERE record_id = ANY (records)
        UNION SELECT exchange_id FROM record_grant WHERE record_id = ANY (records)
        UNION SELECT exchange_id FROM label_lowering WHERE record_id = ANY (records)
        UNION SELECT unnest(ARRAY[exchange_id, reply_exchange]) FROM correction WHERE record_id = ANY (records)
        UNION SELECT unnest(ARRAY[announced_in, stored_in, withdrawn_in]) FROM attachment WHERE record_id = ANY (records));
    found := found || ARRAY(
        WITH sent AS MATERIALIZED (
            SELECT system, key FROM idempotency WHERE record_id = ANY (records)
            UNION SELECT k.system, k.key FROM journal_part p, LATERAL sent_key(p.bytes) AS k
                WHERE p.entry_id = ANY (found) AND p.name = 'request' AND k.key IS NOT NULL)
        SELECT i.id FROM exchange_index i JOIN journal_part p ON p.entry_id = i.id AND p.name = 'request', LATERAL sent_key(p.bytes) AS k
        WHERE i.system IN (SELECT system FROM sent) AND i.time >= since
            AND (i.rule = 'IDEMPOTENT_REPEAT' OR i.outcome <> 'PERMIT') AND (k.system, k.key) IN (SELECT system, key FROM sent)
        UNION
        SELECT i.id FROM exchange_index i JOIN journal_part p ON p.entry_id = i.id AND p.name = 'request'
        WHERE i.outcome <> 'PERMIT' AND i.time >= since
            AND EXISTS (SELECT FROM unnest(records) AS named WHERE position(named::text IN convert_from(p.bytes, 'UTF8')) > 0));
    RETURN ARRAY(SELECT DISTINCT entry FROM unnest(found) AS entry WHERE entry IS NOT NULL
        AND NOT EXISTS (SELECT FROM erasure x WHERE x.proposed_in = entry)
        AND NOT EXISTS (SELECT FROM erasure x WHERE x.approved_in = entry));
END
$$;

-- The fingerprint of a body that told of the record stands under whichever key made it.
CREATE FUNCTION blank_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    UPDATE idempotency SET salt = '', fingerprint = '' WHERE record_id = NEW.id AND fingerprint <> '';
    RETURN NEW;
END
$$;
CREATE TRIGGER blank_keys AFTER UPDATE OF erased_at ON record FOR EACH ROW
    WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION blank_keys();
ALTER TABLE record ENABLE ALWAYS TRIGGER blank_keys;
REVOKE ALL ON FUNCTION blank_keys() FROM PUBLIC;
CREATE INDEX IF NOT EXISTS idempotency_record ON idempotency (record_id);
