-- Audit: inquiries of two officers, who saw what, the keyed blind index, reported readings (I4, I6, I11).

-- An inquiry 审计事项. What was proposed never changes; only its approval and its end are written, each once.
CREATE TABLE inquiry (
    id              uuid        PRIMARY KEY,
    unit            text        NOT NULL,
    document_number text        NOT NULL,
    -- Its normal form, by which a purpose names it.
    number_key      text        NOT NULL,
    agencies        text[]      NOT NULL CHECK (cardinality(agencies) > 0),
    -- Empty: whatever the matter.
    matters         uuid[]      NOT NULL,
    from_time       timestamptz NOT NULL,
    until_time      timestamptz NOT NULL,
    reason          text        NOT NULL,
    -- Over all of the above and the proposer; the second officer signs it.
    digest          text        NOT NULL,
    proposed_by     text        NOT NULL,
    proposed_key    text        NOT NULL,
    proposed_at     timestamptz NOT NULL,
    exchange_id     uuid        NOT NULL,
    -- By when a second officer must have approved it.
    expires_at      timestamptz NOT NULL,
    approved_by     text,
    approved_key    text,
    approved_at     timestamptz,
    approved_in     uuid,
    -- When it ends by itself.
    open_until      timestamptz,
    closed_by       text,
    closed_at       timestamptz,
    CONSTRAINT inquiry_period CHECK (from_time < until_time),
    CONSTRAINT inquiry_two_officers CHECK (approved_by <> proposed_by),
    CONSTRAINT inquiry_two_keys CHECK (approved_key <> proposed_key),
    CONSTRAINT inquiry_approval CHECK (
        num_nonnulls(approved_by, approved_key, approved_at, approved_in, open_until) IN (0, 5)),
    CONSTRAINT inquiry_approved_in_time CHECK (approved_at < expires_at),
    CONSTRAINT inquiry_close CHECK ((closed_by IS NULL) = (closed_at IS NULL))
);
CREATE INDEX inquiry_unit ON inquiry (unit, proposed_at, id);
CREATE INDEX inquiry_number ON inquiry (unit, number_key);

-- Nobody approves at the proposal, after the end, or twice; whoever updates, the owner included.
CREATE FUNCTION keep_inquiry() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $function$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.approved_by IS NOT NULL OR NEW.closed_by IS NOT NULL THEN
            RAISE EXCEPTION 'an inquiry begins as a proposal' USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    ELSIF (NEW.id, NEW.unit, NEW.document_number, NEW.number_key, NEW.agencies, NEW.matters, NEW.from_time, NEW.until_time,
            NEW.reason, NEW.digest, NEW.proposed_by, NEW.proposed_key, NEW.proposed_at, NEW.exchange_id, NEW.expires_at)
        IS DISTINCT FROM
            (OLD.id, OLD.unit, OLD.document_number, OLD.number_key, OLD.agencies, OLD.matters, OLD.from_time, OLD.until_time,
            OLD.reason, OLD.digest, OLD.proposed_by, OLD.proposed_key, OLD.proposed_at, OLD.exchange_id, OLD.expires_at)
        OR OLD.closed_by IS NOT NULL
        OR (OLD.approved_by IS NOT NULL
            AND (NEW.approved_by, NEW.approved_key, NEW.approved_at, NEW.approved_in, NEW.open_until)
                IS DISTINCT FROM (OLD.approved_by, OLD.approved_key, OLD.approved_at, OLD.approved_in, OLD.open_until)) THEN
        RAISE EXCEPTION 'what was proposed and decided stays' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER keeps BEFORE INSERT OR UPDATE ON inquiry FOR EACH ROW EXECUTE FUNCTION keep_inquiry();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON inquiry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE inquiry ENABLE ALWAYS TRIGGER keeps;
ALTER TABLE inquiry ENABLE ALWAYS TRIGGER stays;

-- Which parts of an entry disclosed the subject: one per version that was shown; none where it was changed and not shown.
ALTER TABLE exchange_touched ADD COLUMN parts integer[] NOT NULL DEFAULT '{}';
-- The highest level of what the exchange touched.
ALTER TABLE exchange_index ADD COLUMN level text;
CREATE INDEX exchange_index_level ON exchange_index (level, time, id) WHERE level <> 'INTERNAL';

-- Whom the disclosed and changed subjects of an exchange concern; erasable.
CREATE TABLE exchange_participant (
    entry_id    uuid        NOT NULL,
    participant uuid        NOT NULL,
    subject     uuid        NOT NULL,
    time        timestamptz NOT NULL,
    PRIMARY KEY (entry_id, participant, subject)
);
CREATE INDEX exchange_participant_participant ON exchange_participant (participant, time, entry_id);
CREATE INDEX exchange_participant_subject ON exchange_participant (subject, participant, time, entry_id);

-- What was journaled before, from its parts.
CREATE UNLOGGED TABLE journaled AS
    SELECT p.entry_id, p.name, p.idx, convert_from(p.bytes, 'UTF8')::jsonb AS part
    FROM journal_part p WHERE p.name IN ('disclosed', 'changed');
UPDATE exchange_touched t SET parts = j.parts
FROM (SELECT entry_id, (part ->> 'id')::uuid AS subject, array_agg(idx ORDER BY idx) AS parts
    FROM journaled WHERE name = 'disclosed' AND part ? 'id' GROUP BY 1, 2) j
WHERE j.entry_id = t.entry_id AND j.subject = t.subject;
UPDATE exchange_index x SET level = l.names[j.level]
FROM (SELECT ARRAY['PUBLIC', 'INTERNAL', 'WORK_SECRET', 'WORK_SECRET_LIMITED'] AS names) l,
    (SELECT entry_id, max(array_position(ARRAY['PUBLIC', 'INTERNAL', 'WORK_SECRET', 'WORK_SECRET_LIMITED'], part ->> 'level')) AS level
    FROM journaled GROUP BY 1) j
WHERE j.entry_id = x.id;
INSERT INTO exchange_participant (entry_id, participant, subject, time)
SELECT DISTINCT j.entry_id, p::uuid, (j.part ->> 'id')::uuid, e.time
FROM journaled j JOIN journal_entry e ON e.id = j.entry_id
    CROSS JOIN LATERAL jsonb_array_elements_text(j.part -> 'participants') p
WHERE j.name = 'disclosed';
INSERT INTO exchange_participant (entry_id, participant, subject, time)
SELECT t.entry_id, p, t.subject, t.time
FROM exchange_touched t JOIN record r ON r.id = t.subject CROSS JOIN LATERAL unnest(r.participants) p
WHERE t.changed
ON CONFLICT DO NOTHING;
DROP TABLE journaled;

-- HMAC of type and number of an identifier under a key that the database never has. The service adds and cannot read.
CREATE TABLE blind_index (
    digest      bytea NOT NULL CHECK (octet_length(digest) = 32),
    participant uuid  NOT NULL,
    subject     uuid  NOT NULL,
    matter      uuid  NOT NULL,
    key_id      text  NOT NULL,
    PRIMARY KEY (digest, participant, subject)
);
CREATE INDEX blind_index_participant ON blind_index (participant);
CREATE INDEX blind_index_subject ON blind_index (subject);

-- The key of the index, known by what it makes of a fixed text: another key is refused at start.
CREATE TABLE blind_index_key (
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one),
    key_id      text        NOT NULL,
    check_value bytea       NOT NULL CHECK (octet_length(check_value) = 32),
    first_used  timestamptz NOT NULL DEFAULT now(),
    -- When every version that was there at first use stood in the index; until then it answers nobody.
    complete_at timestamptz
);

-- Who read a disclosure, as the receiving agency says; added to only, like the journal.
CREATE TABLE reported_reading (
    report_id   uuid        NOT NULL,
    entry_id    uuid        NOT NULL,
    subject     uuid        NOT NULL,
    officer     text        NOT NULL,
    at          timestamptz NOT NULL,
    reported_at timestamptz NOT NULL,
    PRIMARY KEY (entry_id, subject, officer, at)
);
CREATE INDEX reported_reading_subject ON reported_reading (subject);
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON reported_reading
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erased_by_eraser_only BEFORE DELETE ON reported_reading
    FOR EACH STATEMENT WHEN (current_user <> 'xietong_eraser') EXECUTE FUNCTION refuse_change();
ALTER TABLE reported_reading ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE reported_reading ENABLE ALWAYS TRIGGER erased_by_eraser_only;

REVOKE ALL ON FUNCTION keep_inquiry() FROM PUBLIC;

GRANT SELECT, INSERT ON inquiry, reported_reading, exchange_participant TO xietong_app;
GRANT UPDATE (approved_by, approved_key, approved_at, approved_in, open_until, closed_by, closed_at) ON inquiry TO xietong_app;
GRANT INSERT ON blind_index TO xietong_app;
GRANT SELECT, INSERT, UPDATE (complete_at) ON blind_index_key TO xietong_app;
GRANT SELECT, DELETE ON exchange_participant, blind_index, reported_reading TO xietong_eraser;
GRANT SELECT ON exchange_participant, blind_index, blind_index_key, reported_reading TO xietong_auditor;
