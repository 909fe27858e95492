-- Erasure 依法删除, spill 涉密误传, and what an operator decided about a restored database. I7, I9, I11.
-- The service's role deletes nothing by itself: it proposes, and calls functions that demand two different officers of the owner,
-- each with a key of his own, and a proposal that was journaled before. What deletes runs with the owner's rights, inside them alone.

ALTER TABLE record
    ADD COLUMN erased_at      timestamptz,
    ADD COLUMN erasure        uuid,
    -- The spill for which nobody sees it.
    ADD COLUMN quarantined_by uuid,
    ADD CONSTRAINT record_erased CHECK ((erased_at IS NULL) = (erasure IS NULL));
ALTER TABLE attachment ADD COLUMN erased_at timestamptz;

-- What was asked for and done: ids, codes and the paper that decided it. The reason names no person: the service refuses one that does.
CREATE TABLE erasure (
    id              uuid        PRIMARY KEY,
    kind            text        NOT NULL CHECK (kind IN ('RECORD', 'PARTICIPANT', 'ATTACHMENT', 'RELEASE')),
    -- A record, a participant, an attachment; of a RELEASE the spill.
    target          uuid        NOT NULL,
    unit            text        NOT NULL,
    free_text       boolean     NOT NULL,
    basis           text        NOT NULL,
    document_number text        NOT NULL,
    reason          text        NOT NULL,
    digest          text        NOT NULL,
    proposed_by     text        NOT NULL,
    proposed_key    text        NOT NULL,
    proposed_at     timestamptz NOT NULL,
    proposed_in     uuid        NOT NULL,
    expires_at      timestamptz NOT NULL,
    approved_by     text,
    approved_key    text,
    approved_at     timestamptz,
    approved_in     uuid,
    -- Done once more in a database that had been restored.
    replayed_at     timestamptz,
    CONSTRAINT erasure_two_persons CHECK (approved_by <> proposed_by AND approved_key <> proposed_key),
    CONSTRAINT erasure_approved CHECK (num_nulls(approved_by, approved_key, approved_at, approved_in) IN (0, 4))
);
CREATE INDEX erasure_unit ON erasure (unit, proposed_at DESC, id);
CREATE INDEX erasure_proposed_in ON erasure (proposed_in);
CREATE INDEX erasure_approved_in ON erasure (approved_in);

CREATE TABLE spill (
    id          uuid        PRIMARY KEY,
    record_id   uuid        NOT NULL REFERENCES record,
    kind        text        NOT NULL,
    owner_unit  text        NOT NULL,
    by_unit     text        NOT NULL,
    by_officer  text        NOT NULL,
    reason      text        NOT NULL,
    at          timestamptz NOT NULL,
    exchange_id uuid        NOT NULL,
    ended_at    timestamptz,
    ended_by    uuid
);
CREATE INDEX spill_record ON spill (record_id);
CREATE INDEX spill_owner ON spill (owner_unit, at DESC, id);
CREATE INDEX spill_reporter ON spill (by_unit, at DESC, id);

-- Other tables that hold something of a data subject, and by which column it is found: the one place to add one to. A table that is
-- not there yet is passed over.
CREATE TABLE erasable_place (
    place          text PRIMARY KEY,
    by_entry       text,
    by_record      text,
    by_participant text,
    CHECK (num_nonnulls(by_entry, by_record) > 0)
);
INSERT INTO erasable_place (place, by_entry, by_record, by_participant) VALUES
    -- Bodies of requests, as exact bytes.
    ('journal_body', 'entry_id', NULL, NULL),
    -- The blind index of identifiers, and which exchanges touched whom.
    ('blind_index', NULL, 'subject', 'participant'),
    ('exchange_participant', NULL, 'subject', 'participant');

-- Deleting is for the eraser, and for the functions below while they run.
DROP TRIGGER erased_by_eraser_only ON journal_part;
DROP TRIGGER erased_by_eraser_only ON journal_body;
CREATE TRIGGER erased_by_eraser_only BEFORE DELETE ON journal_part
    FOR EACH STATEMENT WHEN (current_user <> 'xietong_eraser' AND (current_user <> 'xietong_owner'
        OR coalesce(current_setting('xietong.erasing', true), '') <> 'on'))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erased_by_eraser_only BEFORE DELETE ON journal_body
    FOR EACH STATEMENT WHEN (current_user <> 'xietong_eraser' AND (current_user <> 'xietong_owner'
        OR coalesce(current_setting('xietong.erasing', true), '') <> 'on'))
    EXECUTE FUNCTION refuse_change();
ALTER TABLE journal_part ENABLE ALWAYS TRIGGER erased_by_eraser_only;
ALTER TABLE journal_body ENABLE ALWAYS TRIGGER erased_by_eraser_only;

-- Once proposed never altered, once approved never again; nothing is taken away.
CREATE FUNCTION erasure_moves_on() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF coalesce(current_setting('xietong.erasing', true), '') <> 'on' OR current_user <> 'xietong_owner' THEN
        RAISE EXCEPTION 'an erasure is approved by its function alone' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.approved_at IS NOT NULL
        OR (NEW.id, NEW.kind, NEW.target, NEW.unit, NEW.free_text, NEW.basis, NEW.proposed_by, NEW.proposed_key, NEW.digest)
            IS DISTINCT FROM (OLD.id, OLD.kind, OLD.target, OLD.unit, OLD.free_text, OLD.basis, OLD.proposed_by,
                OLD.proposed_key, OLD.digest)) THEN
        RAISE EXCEPTION 'an erasure is never altered' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER approved_by_function BEFORE UPDATE ON erasure FOR EACH ROW EXECUTE FUNCTION erasure_moves_on();
CREATE TRIGGER proposed_before_approved BEFORE INSERT ON erasure
    FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL) EXECUTE FUNCTION erasure_moves_on();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON spill FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE erasure ENABLE ALWAYS TRIGGER approved_by_function;
ALTER TABLE erasure ENABLE ALWAYS TRIGGER proposed_before_approved;
ALTER TABLE erasure ENABLE ALWAYS TRIGGER never_removed;

-- What was erased stays so, whoever holds the service's role.
CREATE FUNCTION refuse_refilling() RETURNS trigger LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('xietong.erasing', true), '') = 'on' AND current_user = 'xietong_owner' THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'record' THEN
        IF (NEW.content, NEW.document_number) IS DISTINCT FROM (OLD.content, OLD.document_number) THEN
            RAISE EXCEPTION 'the record was erased' USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    ELSIF (TG_TABLE_NAME = 'attachment' OR to_jsonb(NEW) -> 'content' <> '{}' OR to_jsonb(NEW) -> 'act_content' <> 'null')
        AND EXISTS (SELECT FROM record WHERE id = NEW.record_id AND erased_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the record was erased' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stays_erased BEFORE UPDATE ON record FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION refuse_refilling();
CREATE TRIGGER stays_erased BEFORE INSERT ON record_version FOR EACH ROW EXECUTE FUNCTION refuse_refilling();
CREATE TRIGGER stays_erased BEFORE INSERT ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_refilling();

CREATE OR REPLACE FUNCTION attachment_moves_on() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $function$
BEGIN
    IF coalesce(current_setting('xietong.erasing', true), '') = 'on' AND current_user = 'xietong_owner' THEN
        RETURN NEW;
    END IF;
    IF OLD.withdrawn_at IS NOT NULL OR OLD.erased_at IS NOT NULL
        OR (OLD.stored_at IS NOT NULL AND (NEW.stored_at, NEW.stored_in) IS DISTINCT FROM (OLD.stored_at, OLD.stored_in)) THEN
        RAISE EXCEPTION 'an attachment is stored and withdrawn once, and stays erased'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$function$;

-- Fields of contents in which anything may be written, and so about anybody. ErasureFieldsTest holds it against the kinds.
CREATE FUNCTION free_text_fields() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['facts', 'title', 'text', 'note', 'reply', 'publicText', 'publicUrl', 'legalBasis', 'target', 'goods', 'items']
$$;

-- A content without what it states of one participant: that he is in it, and in which role, stays.
CREATE FUNCTION without_participant(value jsonb, who text, free boolean) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE SET search_path = xietong, pg_temp AS $$
BEGIN
    IF jsonb_typeof(value) = 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(without_participant(element, who, free) ORDER BY place)
            FROM jsonb_array_elements(value) WITH ORDINALITY AS t (element, place)), '[]');
    ELSIF jsonb_typeof(value) <> 'object' THEN
        RETURN value;
    ELSIF value ->> 'id' = who AND value -> 'roles' IS NOT NULL THEN
        RETURN jsonb_strip_nulls(jsonb_build_object('id', who, 'type', value -> 'type', 'roles', value -> 'roles'));
    ELSIF value ->> 'participant' = who THEN
        RETURN jsonb_build_object('participant', who);
    END IF;
    RETURN coalesce((SELECT jsonb_object_agg(field, without_participant(element, who, free))
        FROM jsonb_each(value) AS t (field, element) WHERE NOT (free AND field = ANY (free_text_fields()))), '{}');
END
$$;

-- The numbers on a content's papers, as record_number keeps them.
CREATE FUNCTION paper_numbers(content jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = xietong, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT upper(regexp_replace(normalize(stated #>> '{}', NFKC), '[\s()\[\]〔〕【】]', '', 'g'))), '{}')
    FROM unnest(ARRAY['lax $.**.caseNumber', 'lax $.**.number', 'lax $.**.documentNumber', 'lax $.**.decisionNumber']::jsonpath[])
        AS path, jsonb_path_query(content, path) AS stated
    WHERE jsonb_typeof(stated) = 'string'
$$;

-- Which of a unit's records name a participant: those of his matter alone can.
CREATE FUNCTION records_naming(who uuid, owner text) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = xietong, pg_temp AS $$
    SELECT r.id FROM participant p JOIN record r ON r.matter_id = p.matter_id
    WHERE p.id = who AND r.owner_unit = owner AND who = ANY (r.participants) AND r.erased_at IS NULL
$$;

-- Under which idempotency key a request was sent: as its header has it (RFC 8941), or of a line as it is.
CREATE FUNCTION sent_key(request bytea, OUT system text, OUT key text) LANGUAGE sql IMMUTABLE SET search_path = xietong, pg_temp AS $$
    SELECT sent ->> 'system', CASE WHEN sent ->> 'idempotencyKey' LIKE '"%'
        THEN regexp_replace(substring(sent ->> 'idempotencyKey' FROM '^"((?:[^"\\]|\\.)*)"'), '\\(.)', '\1', 'g')
        ELSE sent ->> 'idempotencyKey' END
    FROM (SELECT convert_from(request, 'UTF8')::jsonb AS sent) AS r
$$;

-- All exchanges that told of a record or carried a word of it: those that disclosed or changed it; those that are named beside it;
-- its requests once more, under the same key; and what was refused or failed upon it. Not the erasures' own.
CREATE FUNCTION exchanges_about(records uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SET search_path = xietong, pg_temp AS $$
DECLARE
    found uuid[];
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
            SELECT DISTINCT k.system, k.key FROM journal_part p, LATERAL sent_key(p.bytes) AS k
            WHERE p.entry_id = ANY (found) AND p.name = 'request' AND k.key IS NOT NULL)
        SELECT i.id FROM exchange_index i JOIN journal_part p ON p.entry_id = i.id AND p.name = 'request', LATERAL sent_key(p.bytes) AS k
        WHERE (i.rule = 'IDEMPOTENT_REPEAT' OR i.outcome <> 'PERMIT') AND (k.system, k.key) IN (SELECT system, key FROM sent)
        UNION
        SELECT i.id FROM exchange_index i JOIN journal_part p ON p.entry_id = i.id AND p.name = 'request'
        WHERE i.outcome <> 'PERMIT' AND i.time >= (SELECT min(recorded_at) FROM record WHERE id = ANY (records))
            AND EXISTS (SELECT FROM unnest(records) AS named WHERE position(named::text IN convert_from(p.bytes, 'UTF8')) > 0));
    RETURN ARRAY(SELECT DISTINCT entry FROM unnest(found) AS entry WHERE entry IS NOT NULL
        AND NOT EXISTS (SELECT FROM erasure x WHERE x.proposed_in = entry)
        AND NOT EXISTS (SELECT FROM erasure x WHERE x.approved_in = entry));
END
$$;

-- The parts that tell of an exchange's content, or of a digest that a guess could be held against, with their salts. Purpose, decision
-- and the entry itself stay, and who asked for an erasure and approved it stays provable whole. Of requests that carried other
-- requests' bodies too (bulk), the parts that repeat that body's digest go as well.
CREATE FUNCTION erase_parts(entries uuid[], records uuid[], with_disclosed boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
DECLARE
    place erasable_place;
BEGIN
    UPDATE idempotency i SET salt = '', fingerprint = ''
    FROM journal_part p, LATERAL sent_key(p.bytes) AS k
    WHERE p.entry_id = ANY (entries) AND p.name = 'request' AND i.system = k.system AND i.key = k.key;
    DELETE FROM journal_part WHERE (entry_id, name) IN (
        SELECT beside.entry_id, 'request'
        FROM exchange_index one
        JOIN exchange_index other ON other.system = one.system AND other.time = one.time AND other.id <> one.id
        JOIN journal_part own ON own.entry_id = one.id AND own.name = 'request'
        JOIN journal_part beside ON beside.entry_id = other.id AND beside.name = 'request'
        WHERE one.id = ANY (entries)
            AND convert_from(beside.bytes, 'UTF8')::jsonb -> 'signatures' = convert_from(own.bytes, 'UTF8')::jsonb -> 'signatures');
    DELETE FROM journal_part WHERE entry_id = ANY (entries) AND (name IN ('request', 'response')
        OR ((name = 'changed' OR (name = 'disclosed' AND with_disclosed))
            AND (convert_from(bytes, 'UTF8')::jsonb ->> 'id')::uuid = ANY (records)));
    FOR place IN SELECT * FROM erasable_place WHERE by_entry IS NOT NULL AND to_regclass(erasable_place.place) IS NOT NULL LOOP
        EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1)', place.place, place.by_entry) USING entries;
    END LOOP;
END
$$;

CREATE FUNCTION erase_attachments(ids uuid[], at timestamptz) RETURNS void LANGUAGE sql SET search_path = xietong, pg_temp AS $$
    UPDATE attachment SET name = '', size = 1, sha256 = decode(repeat('00', 32), 'hex'), sm3 = decode(repeat('00', 32), 'hex'),
        seal = NULL, volume = NULL, pages = NULL, kept_at = NULL, provenance = NULL, erased_at = at,
        withdrawal_reason = CASE WHEN withdrawal_reason IS NULL THEN NULL ELSE '' END
    WHERE id = ANY (ids) AND erased_at IS NULL
$$;

-- The words that officers wrote beside a record.
CREATE FUNCTION erase_words_beside(records uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    UPDATE record SET label = label #- '{basis,text}' WHERE id = ANY (records);
    UPDATE record_version SET label = label #- '{basis,text}' WHERE record_id = ANY (records);
    UPDATE record_grant SET reason = '', digest = '' WHERE record_id = ANY (records);
    UPDATE label_lowering SET reason = '', digest = '', starts_from = '', label = label #- '{basis,text}'
        WHERE record_id = ANY (records);
    UPDATE correction SET reason = '', reply = CASE WHEN reply IS NULL THEN NULL ELSE '' END WHERE record_id = ANY (records);
END
$$;

-- What an approved erasure does, all of it in one transaction. Internal: nobody may call it.
CREATE FUNCTION apply_erasure(e erasure) RETURNS void
    LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
DECLARE
    records uuid[];
    entries uuid[];
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
    entries := exchanges_about(records);
    IF e.kind = 'ATTACHMENT' THEN
        -- Exchanges that carried the attachment, or a list of attachments.
        entries := ARRAY(SELECT i.id FROM exchange_index i LEFT JOIN journal_part p ON p.entry_id = i.id AND p.name = 'request'
            LEFT JOIN attachment a ON a.id = e.target AND (a.announced_in = i.id OR (i.operation = 'ATTACHMENT_ANNOUNCE'
                AND i.rule = 'IDEMPOTENT_REPEAT'))
            WHERE i.id = ANY (entries) AND (a.id IS NOT NULL OR i.operation IN ('ATTACHMENT_LIST', 'RECORD_HISTORY')
                OR position('/attachments/' || e.target IN convert_from(p.bytes, 'UTF8')) > 0));
        PERFORM erase_parts(entries, records, false);
        PERFORM erase_attachments(ARRAY[e.target], e.approved_at);
        RETURN;
    END IF;

    PERFORM erase_parts(entries, records, e.kind = 'RECORD');
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
END
$$;

-- Whether the officer may act for the unit now, under this key.
CREATE FUNCTION require_officer(by_officer text, by_key text, of_unit text) RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = xietong, pg_temp AS $$
DECLARE
    held text;
BEGIN
    SELECT k.public_key INTO held FROM officer o JOIN registered_key k ON k.officer = o.id
    WHERE o.id = by_officer AND o.active AND o.unit = of_unit AND unit_is_usable(o.unit) AND k.key_id = by_key AND k.active
        AND k.valid_from <= clock_timestamp() AND k.valid_to > clock_timestamp();
    IF held IS NULL THEN
        RAISE EXCEPTION 'OFFICER' USING ERRCODE = 'XT403';
    END IF;
    RETURN held;
END
$$;

-- The second officer's approval, and its effect. XT403 no right, XT409 not as things stand.
CREATE FUNCTION approve_erasure(wanted uuid, by_officer text, by_key text, by_exchange uuid, moment timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
DECLARE
    e erasure;
BEGIN
    PERFORM set_config('xietong.erasing', 'on', true);
    SELECT * INTO e FROM erasure WHERE id = wanted FOR UPDATE;
    IF e.id IS NULL OR e.approved_at IS NOT NULL OR e.expires_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'STATE' USING ERRCODE = 'XT409';
    END IF;
    IF e.proposed_by = by_officer OR require_officer(e.proposed_by, e.proposed_key, e.unit)
        = require_officer(by_officer, by_key, e.unit) THEN
        RAISE EXCEPTION 'SECOND_OFFICER' USING ERRCODE = 'XT403';
    END IF;
    IF NOT EXISTS (SELECT FROM journal_entry WHERE id = e.proposed_in) OR e.proposed_in = by_exchange THEN
        RAISE EXCEPTION 'NOT_JOURNALED' USING ERRCODE = 'XT403';
    END IF;
    UPDATE erasure SET approved_by = by_officer, approved_key = by_key, approved_at = moment, approved_in = by_exchange
        WHERE id = wanted RETURNING * INTO e;
    PERFORM apply_erasure(e);
    PERFORM set_config('xietong.erasing', '', true);
END
$$;

-- The same again, in a database that was restored from before it: from the log that is kept outside. For the eraser alone.
CREATE FUNCTION replay_erasure(line jsonb) RETURNS void
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
    UPDATE erasure SET approved_by = line ->> 'approvedBy', approved_key = line ->> 'approvedKey',
            approved_at = (line ->> 'approvedAt')::timestamptz, approved_in = (line ->> 'approvedIn')::uuid,
            replayed_at = clock_timestamp()
        WHERE id = (line ->> 'id')::uuid AND approved_at IS NULL AND digest = line ->> 'digest' RETURNING * INTO e;
    IF e.id IS NULL THEN
        RAISE EXCEPTION 'another erasure bears this id' USING ERRCODE = 'XT409';
    END IF;
    PERFORM apply_erasure(e);
    -- Sight is made anew once the service runs.
    UPDATE sight_state SET policy_version = '';
    PERFORM set_config('xietong.erasing', '', true);
END
$$;

-- Out of everybody's sight, at once; the rows of sight follow in the same transaction. One officer suffices to close.
CREATE FUNCTION quarantine_record(by_spill uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
BEGIN
    PERFORM set_config('xietong.erasing', 'on', true);
    UPDATE record r SET quarantined_by = s.id FROM spill s
        WHERE s.id = by_spill AND s.ended_at IS NULL AND r.id = s.record_id AND r.quarantined_by IS NULL AND r.erased_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'STATE' USING ERRCODE = 'XT409';
    END IF;
    PERFORM set_config('xietong.erasing', '', true);
END
$$;

-- A database that was set back: which published checkpoint it does not hold, and who decided to go on without it. Written by an
-- operator with the owner's rights, beside an entry of the log.
CREATE TABLE ledger_restore (
    id        uuid        PRIMARY KEY,
    at        timestamptz NOT NULL,
    operator  text        NOT NULL CHECK (btrim(operator) <> ''),
    reason    text        NOT NULL CHECK (btrim(reason) <> ''),
    lost_size bigint      NOT NULL CHECK (lost_size >= 0),
    lost_root bytea       NOT NULL CHECK (octet_length(lost_root) = 32),
    size      bigint      NOT NULL CHECK (size >= 0)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_restore
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_restore ENABLE ALWAYS TRIGGER append_only;
GRANT SELECT ON ledger_restore TO xietong_sequencer, xietong_app;

REVOKE ALL ON FUNCTION erasure_moves_on(), refuse_refilling(), free_text_fields(), without_participant(jsonb, text, boolean),
    paper_numbers(jsonb), sent_key(bytea), exchanges_about(uuid[]), records_naming(uuid, text), erase_parts(uuid[], uuid[], boolean), erase_attachments(uuid[], timestamptz),
    erase_words_beside(uuid[]), apply_erasure(erasure), require_officer(text, text, text),
    approve_erasure(uuid, text, text, uuid, timestamptz), replay_erasure(jsonb), quarantine_record(uuid) FROM PUBLIC;

GRANT SELECT, INSERT ON erasure, spill TO xietong_app;
GRANT EXECUTE ON FUNCTION records_naming(uuid, text), approve_erasure(uuid, text, text, uuid, timestamptz),
    quarantine_record(uuid) TO xietong_app;
GRANT SELECT ON erasure TO xietong_eraser;
GRANT EXECUTE ON FUNCTION replay_erasure(jsonb) TO xietong_eraser;
