-- An erasure reaches what was under way when it was committed, costs what it deletes however large the log is, and can be carried out
-- again by replicas that start together; quarantines 隔离 are carried out again too. I7, I9.

-- What an exchange is found by that touched nothing: of refused and repeated ones the ids in path and query as the service reads them,
-- the records that were looked up, and the key (key_mark); absent in all others, so that these cost nothing.
-- bulk: one mark for all that came with one signed body of many lines.
ALTER TABLE exchange_index ADD COLUMN named uuid[], ADD COLUMN bulk uuid;

-- The key that a request was sent under, as an id; the same in Java (RequestMarks).
CREATE FUNCTION key_mark(system text, key text) RETURNS uuid LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT encode(substring(sha256(convert_to(system || E'\n' || key, 'UTF8')) FOR 16), 'hex')::uuid
$$;

-- A path as the service reads it, as far as ids go: of an id only digits, letters and hyphens can be written in percent.
CREATE FUNCTION plain_path(path text) RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
DECLARE
    code text;
BEGIN
    IF position('%' IN path) > 0 THEN
        FOREACH code IN ARRAY ARRAY['2d', '30', '31', '32', '33', '34', '35', '36', '37', '38', '39', '61', '62', '63', '64', '65', '66']
        LOOP
            path := regexp_replace(path, '%' || code, chr(('x' || code)::bit(8)::int), 'gi');
        END LOOP;
    END IF;
    RETURN path;
END
$$;

-- What was journaled before.
UPDATE exchange_index i SET named = m.marks FROM (
    SELECT i.id, array_agg(DISTINCT marks.mark) AS marks
    FROM exchange_index i JOIN journal_part p ON p.entry_id = i.id AND p.name = 'request',
        LATERAL (SELECT convert_from(p.bytes, 'UTF8')::jsonb AS sent) AS r,
        LATERAL (
            SELECT found[1]::uuid AS mark FROM regexp_matches(plain_path(concat_ws('?', sent ->> 'path', sent ->> 'query')),
                '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g') AS found
            UNION SELECT key_mark(k.system, k.key) FROM sent_key(p.bytes) AS k WHERE k.key IS NOT NULL) AS marks
    WHERE (i.outcome <> 'PERMIT' OR i.rule = 'IDEMPOTENT_REPEAT') AND NOT sent ? 'withheld'
    GROUP BY i.id) AS m
WHERE m.id = i.id;
UPDATE exchange_index i
SET bulk = encode(substring(sha256(convert_to(E'bulk\n' || (sent -> 'signatures' -> 0 ->> 'signature'), 'UTF8')) FOR 16), 'hex')::uuid
FROM journal_part p, LATERAL (SELECT convert_from(p.bytes, 'UTF8')::jsonb AS sent) AS r
WHERE p.entry_id = i.id AND p.name = 'request' AND (i.operation = 'RECORD_BULK' OR sent ? 'line')
    AND sent -> 'signatures' -> 0 ->> 'signature' IS NOT NULL;

-- Without a list of its own that would have to be read whole before it is merged.
CREATE INDEX exchange_index_named ON exchange_index USING gin (named) WITH (fastupdate = off) WHERE named IS NOT NULL;
CREATE INDEX exchange_index_bulk ON exchange_index (bulk) WHERE bulk IS NOT NULL;
CREATE INDEX idempotency_exchange ON idempotency (exchange_id);
CREATE INDEX record_grant_every ON record_grant (record_id);
CREATE INDEX label_lowering_every ON label_lowering (record_id);
CREATE INDEX erasure_done ON erasure (approved_at) WHERE approved_at IS NOT NULL;
CREATE INDEX spill_at ON spill (at);
CREATE INDEX spill_open ON spill (record_id) WHERE ended_at IS NULL;

-- An erasure whose late entries are still looked for: of exchanges that had read before its commit and were journaled after it.
-- versions: those that the erasure made, of the records in their order. visible_at: when it was first seen committed.
CREATE TABLE erasure_sweep (
    erasure    uuid        PRIMARY KEY REFERENCES erasure,
    records    uuid[]      NOT NULL,
    versions   integer[]   NOT NULL,
    visible_at timestamptz,
    swept_at   timestamptz
);

CREATE OR REPLACE FUNCTION exchanges_about(records uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = xietong, pg_temp AS $$
DECLARE
    found uuid[];
    marks uuid[];
BEGIN
    found := ARRAY(
        SELECT entry_id FROM exchange_touched WHERE subject = ANY (records)
        UNION SELECT exchange_id FROM record_version WHERE record_id = ANY (records)
        UNION SELECT exchange_id FROM record_grant WHERE record_id = ANY (records)
        UNION SELECT exchange_id FROM label_lowering WHERE record_id = ANY (records)
        UNION SELECT unnest(ARRAY[exchange_id, reply_exchange]) FROM correction WHERE record_id = ANY (records)
        UNION SELECT unnest(ARRAY[announced_in, stored_in, withdrawn_in]) FROM attachment WHERE record_id = ANY (records));
    marks := records || ARRAY(
        SELECT key_mark(i.system, i.key) FROM idempotency i WHERE i.record_id = ANY (records)
        UNION SELECT key_mark(i.system, i.key) FROM idempotency i WHERE i.exchange_id = ANY (found)
        UNION SELECT key_mark(k.system, k.key) FROM journal_part p, LATERAL sent_key(p.bytes) AS k
            WHERE p.entry_id = ANY (found) AND p.name = 'request' AND k.key IS NOT NULL);
    found := found || ARRAY(SELECT i.id FROM exchange_index i WHERE i.named && marks);
    RETURN ARRAY(SELECT DISTINCT entry FROM unnest(found) AS entry WHERE entry IS NOT NULL
        AND NOT EXISTS (SELECT FROM erasure x WHERE x.proposed_in = entry)
        AND NOT EXISTS (SELECT FROM erasure x WHERE x.approved_in = entry));
END
$$;

-- The exchanges whose parts an erasure takes. Of an attachment those that carried it, or a list of attachments.
CREATE FUNCTION exchanges_of(e erasure, records uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = xietong, pg_temp AS $$
DECLARE
    found uuid[] := exchanges_about(records);
BEGIN
    IF e.kind <> 'ATTACHMENT' THEN
        RETURN found;
    END IF;
    RETURN ARRAY(SELECT i.id FROM exchange_index i LEFT JOIN attachment a ON a.id = e.target
        WHERE i.id = ANY (found) AND (i.id IN (a.announced_in, a.stored_in, a.withdrawn_in) OR e.target = ANY (i.named)
            OR i.operation IN ('ATTACHMENT_LIST', 'RECORD_HISTORY')
            OR (i.operation = 'ATTACHMENT_ANNOUNCE' AND i.rule = 'IDEMPOTENT_REPEAT')
            OR EXISTS (SELECT FROM journal_part p WHERE p.entry_id = i.id AND p.name = 'request'
                AND position('/attachments/' || e.target IN plain_path(convert_from(p.bytes, 'UTF8')::jsonb ->> 'path')) > 0)));
END
$$;

-- Of requests that carried other requests' bodies too (bulk), the parts that repeat that body's digest; whenever they were journaled.
-- Those that withheld it hold their own line's alone, and keep it.
CREATE FUNCTION erase_beside(entries uuid[]) RETURNS void LANGUAGE sql SET search_path = xietong, pg_temp AS $$
    DELETE FROM journal_part WHERE name = 'request' AND NOT convert_from(bytes, 'UTF8')::jsonb ? 'withheld' AND entry_id = ANY (ARRAY(
        SELECT other.id FROM exchange_index one JOIN exchange_index other ON other.bulk = one.bulk WHERE one.id = ANY (entries)))
$$;

CREATE OR REPLACE FUNCTION erase_parts(entries uuid[], records uuid[], with_disclosed boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
DECLARE
    place erasable_place;
    -- What stands beside a record is changed under an id of its own.
    own   uuid[] := records || ARRAY(SELECT id FROM correction WHERE record_id = ANY (records));
BEGIN
    UPDATE idempotency SET salt = '', fingerprint = '' WHERE exchange_id = ANY (entries) AND fingerprint <> '';
    PERFORM erase_beside(entries);
    DELETE FROM journal_part WHERE entry_id = ANY (entries) AND (name IN ('request', 'response')
        OR ((name = 'changed' OR (name = 'disclosed' AND with_disclosed))
            AND (convert_from(bytes, 'UTF8')::jsonb ->> 'id')::uuid = ANY (own)));
    FOR place IN SELECT * FROM erasable_place WHERE by_entry IS NOT NULL AND to_regclass(erasable_place.place) IS NOT NULL LOOP
        EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1)', place.place, place.by_entry) USING entries;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION apply_erasure(e erasure) RETURNS void
    LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
DECLARE
    records uuid[];
    place   erasable_place;
BEGIN
    IF e.kind = 'RELEASE' THEN
        UPDATE record r SET quarantined_by = NULL FROM spill s
            WHERE s.id = e.target AND s.owner_unit = e.unit AND r.id = s.record_id AND r.quarantined_by = s.id;
        UPDATE spill SET ended_at = e.approved_at, ended_by = e.id WHERE id = e.target AND ended_at IS NULL;
        RETURN;
    END IF;
    records := CASE e.kind
        WHEN 'RECORD' THEN ARRAY(SELECT id FROM record WHERE id = e.target AND owner_unit = e.unit AND erased_at IS NULL)
        WHEN 'PARTICIPANT' THEN ARRAY(SELECT * FROM records_naming(e.target, e.unit))
        ELSE ARRAY(SELECT r.id FROM attachment a JOIN record r ON r.id = a.record_id
            WHERE a.id = e.target AND r.owner_unit = e.unit AND a.erased_at IS NULL) END;
    PERFORM erase_parts(exchanges_of(e, records), records, e.kind = 'RECORD');
    IF e.kind = 'ATTACHMENT' THEN
        PERFORM erase_attachments(ARRAY[e.target], e.approved_at);
        INSERT INTO erasure_sweep (erasure, records, versions) VALUES (e.id, records, '{}');
        RETURN;
    END IF;
    IF e.kind = 'RECORD' THEN
        DELETE FROM record_number WHERE record_id = ANY (records);
        UPDATE record SET content = '{}', document_number = NULL, source_ref = NULL, erased_at = e.approved_at, erasure = e.id,
            quarantined_by = NULL, version = version + 1, changed_at = e.approved_at WHERE id = ANY (records);
        UPDATE record_version SET content = '{}', act_content = NULL WHERE record_id = ANY (records);
        UPDATE spill SET ended_at = e.approved_at, ended_by = e.id WHERE record_id = ANY (records) AND ended_at IS NULL;
        PERFORM erase_attachments(ARRAY(SELECT id FROM attachment WHERE record_id = ANY (records)), e.approved_at);
    ELSE
        DELETE FROM record_number n USING record r WHERE r.id = n.record_id AND r.id = ANY (records)
            AND n.number = ANY (paper_numbers(r.content))
            AND n.number <> ALL (paper_numbers(without_participant(r.content, e.target::text, e.free_text)
                || jsonb_build_object('documentNumber', r.document_number)));
        UPDATE record SET content = without_participant(content, e.target::text, e.free_text), version = version + 1,
            changed_at = e.approved_at WHERE id = ANY (records);
        UPDATE record_version SET content = without_participant(content, e.target::text, e.free_text),
            act_content = CASE WHEN e.free_text THEN act_content - 'note' ELSE act_content END WHERE record_id = ANY (records);
        PERFORM erase_attachments(ARRAY(SELECT id FROM attachment WHERE record_id = ANY (records)
            AND cardinality(participants) > 0 AND participants <@ ARRAY[e.target]), e.approved_at);
    END IF;
    IF e.kind = 'RECORD' OR e.free_text THEN
        PERFORM erase_words_beside(records);
    END IF;
    INSERT INTO record_version (id, record_id, version, act, by_unit, by_officer, at, exchange_id, state, label, content)
        SELECT gen_random_uuid(), id, version, 'erase', e.unit, e.approved_by, e.approved_at, e.approved_in, state, label, content
        FROM record WHERE id = ANY (records);
    FOR place IN SELECT * FROM erasable_place
        WHERE by_record IS NOT NULL AND to_regclass(erasable_place.place) IS NOT NULL LOOP
        IF e.kind = 'RECORD' THEN
            EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1)', place.place, place.by_record) USING records;
        ELSIF place.by_participant IS NOT NULL THEN
            EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1) AND %I = $2', place.place, place.by_record, place.by_participant)
                USING records, e.target;
        END IF;
    END LOOP;
    INSERT INTO erasure_sweep (erasure, records, versions)
        SELECT e.id, coalesce(array_agg(id ORDER BY id), '{}'), coalesce(array_agg(version ORDER BY id), '{}')
        FROM record WHERE id = ANY (records);
END
$$;

-- The late entries of one erasure: those that tell the record as it stood before, whatever clock they were timed by; and of those that
-- tell no version, exchanges that began before it was committed, by a clock that is less than ten seconds ahead.
CREATE FUNCTION late_entries(entries uuid[], e erasure, s erasure_sweep, visible timestamptz) RETURNS uuid[] LANGUAGE sql STABLE
    SET search_path = xietong, pg_temp AS $$
    SELECT coalesce(array_agg(i.id), '{}') FROM exchange_index i, LATERAL (
        SELECT bool_or((convert_from(p.bytes, 'UTF8')::jsonb ->> 'version')::int >= met.version) AS newer
        FROM journal_part p, unnest(s.records, s.versions) AS met (record, version)
        WHERE p.entry_id = i.id AND p.name IN ('disclosed', 'changed')
            AND convert_from(p.bytes, 'UTF8')::jsonb ->> 'id' = met.record::text) AS told
    WHERE i.id = ANY (entries) AND i.time >= e.approved_at - interval '65 minutes' AND told.newer IS NOT TRUE
        AND (i.time <= visible + interval '10 seconds' OR told.newer IS FALSE)
$$;

-- Looks for the late entries of one erasure.
CREATE FUNCTION sweep_erasure(s erasure_sweep) RETURNS void LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
DECLARE
    e       erasure;
    entries uuid[];
    late    uuid[];
    visible timestamptz := coalesce(s.visible_at, clock_timestamp());
BEGIN
    SELECT * INTO e FROM erasure WHERE id = s.erasure;
    entries := exchanges_of(e, s.records);
    late := late_entries(entries, e, s, visible);
    PERFORM erase_parts(late, s.records, e.kind = 'RECORD');
    PERFORM erase_beside(entries);
    IF e.kind <> 'ATTACHMENT' THEN
        DELETE FROM exchange_participant WHERE entry_id = ANY (late) AND subject = ANY (s.records)
            AND (e.kind = 'RECORD' OR participant = e.target);
    END IF;
    IF clock_timestamp() > visible + interval '65 minutes' THEN
        DELETE FROM erasure_sweep WHERE erasure = s.erasure;
    ELSE
        UPDATE erasure_sweep SET visible_at = visible, swept_at = clock_timestamp() WHERE erasure = s.erasure;
    END IF;
END
$$;

-- Takes what was journaled late: at once, then after ever longer pauses, until no exchange can be under way that began before (the
-- service journals none that is older than an hour). An erasure for which this fails stops no other, and is looked at again each
-- time. Tells how many failed. For the eraser alone.
CREATE FUNCTION sweep_erasures() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
DECLARE
    s      erasure_sweep;
    failed integer := 0;
BEGIN
    PERFORM set_config('xietong.erasing', 'on', true);
    FOR s IN SELECT * FROM erasure_sweep WHERE swept_at IS NULL
        OR clock_timestamp() >= visible_at + greatest(interval '5 seconds', 2 * (swept_at - visible_at)) FOR UPDATE SKIP LOCKED LOOP
        BEGIN
            PERFORM sweep_erasure(s);
        EXCEPTION WHEN OTHERS THEN
            failed := failed + 1;
            -- Not the message, which may hold what was stored.
            RAISE WARNING 'late entries of erasure % are not swept: SQLSTATE %', s.erasure, SQLSTATE;
        END;
    END LOOP;
    PERFORM set_config('xietong.erasing', '', true);
    RETURN failed;
END
$$;

-- One that another replica carries out, or carried out, is waited for and done; only another erasure under its id is refused.
CREATE OR REPLACE FUNCTION replay_erasure(line jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
DECLARE
    e erasure;
BEGIN
    PERFORM set_config('xietong.erasing', 'on', true);
    INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason, digest, proposed_by, proposed_key,
            proposed_at, proposed_in, expires_at)
        VALUES ((line ->> 'id')::uuid, line ->> 'kind', (line ->> 'target')::uuid, line ->> 'unit', (line ->> 'freeText')::boolean,
            line ->> 'basis', '', '', line ->> 'digest', line ->> 'proposedBy', line ->> 'proposedKey',
            (line ->> 'proposedAt')::timestamptz, (line ->> 'proposedIn')::uuid, (line ->> 'approvedAt')::timestamptz)
        ON CONFLICT (id) DO NOTHING;
    SELECT * INTO e FROM erasure WHERE id = (line ->> 'id')::uuid FOR UPDATE;
    IF e.digest IS DISTINCT FROM line ->> 'digest' THEN
        RAISE EXCEPTION 'another erasure bears this id' USING ERRCODE = 'XT409';
    END IF;
    IF e.approved_at IS NULL THEN
        UPDATE erasure SET approved_by = line ->> 'approvedBy', approved_key = line ->> 'approvedKey',
                approved_at = (line ->> 'approvedAt')::timestamptz, approved_in = (line ->> 'approvedIn')::uuid,
                replayed_at = clock_timestamp()
            WHERE id = e.id RETURNING * INTO e;
        PERFORM apply_erasure(e);
        -- A second spill of the record, reported after the release of the first, still closes it.
        UPDATE record r SET quarantined_by = s.id FROM spill s
            WHERE s.record_id = r.id AND s.ended_at IS NULL AND r.quarantined_by IS NULL AND r.erased_at IS NULL;
        -- Sight is made anew once the service runs.
        UPDATE sight_state SET policy_version = '';
    END IF;
    PERFORM set_config('xietong.erasing', '', true);
END
$$;

-- A spill again, in a database that was restored from before it. A record that is not there, was erased or released, needs none.
CREATE FUNCTION replay_quarantine(line jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
DECLARE
    spilled spill;
BEGIN
    PERFORM set_config('xietong.erasing', 'on', true);
    INSERT INTO spill (id, record_id, kind, owner_unit, by_unit, by_officer, reason, at, exchange_id, ended_at, ended_by)
        SELECT (line ->> 'id')::uuid, r.id, r.kind, r.owner_unit, line ->> 'unit', line ->> 'officer', line ->> 'reason',
            (line ->> 'at')::timestamptz, (line ->> 'exchange')::uuid, coalesce(e.approved_at, r.erased_at), coalesce(e.id, r.erasure)
        FROM record r LEFT JOIN erasure e ON e.kind = 'RELEASE' AND e.target = (line ->> 'id')::uuid AND e.approved_at IS NOT NULL
        WHERE r.id = (line ->> 'target')::uuid
        ON CONFLICT (id) DO NOTHING RETURNING * INTO spilled;
    IF spilled.id IS NOT NULL THEN
        UPDATE record SET quarantined_by = spilled.id
            WHERE id = spilled.record_id AND spilled.ended_at IS NULL AND quarantined_by IS NULL AND erased_at IS NULL;
        UPDATE sight_state SET policy_version = '';
    END IF;
    PERFORM set_config('xietong.erasing', '', true);
END
$$;

-- By index, step by step, whatever the statistics of a log say that grows: what an erasure costs is what it takes.
ALTER FUNCTION exchanges_about(uuid[]) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION exchanges_of(erasure, uuid[]) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION late_entries(uuid[], erasure, erasure_sweep, timestamptz)
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION erase_beside(uuid[]) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION erase_parts(uuid[], uuid[], boolean) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION sweep_erasure(erasure_sweep) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION sweep_erasures() SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION apply_erasure(erasure) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;

REVOKE ALL ON FUNCTION key_mark(text, text), plain_path(text), exchanges_of(erasure, uuid[]), erase_beside(uuid[]),
    late_entries(uuid[], erasure, erasure_sweep, timestamptz), sweep_erasure(erasure_sweep), sweep_erasures(),
    replay_quarantine(jsonb) FROM PUBLIC;
GRANT SELECT ON spill TO xietong_eraser;
GRANT EXECUTE ON FUNCTION sweep_erasures(), replay_quarantine(jsonb) TO xietong_eraser;
