-- Administration of the directory by API (room agency, ADR 0012). The application's role still writes no table of the
-- directory: it may call three functions, which hold on their own that whatever widens was proposed and approved by two
-- administrators, under two keys (I11), and is what was proposed to the letter. Signatures are checked by the service.

-- 三员: at most one role per officer, by the form of the column; an officer who holds one reads no case.
ALTER TABLE officer ADD COLUMN role varchar(32) CHECK (role IN ('SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN'));

-- A console of administrators does nothing else.
ALTER TABLE case_system DROP CONSTRAINT case_system_roles;
ALTER TABLE case_system ADD CONSTRAINT case_system_roles CHECK (
    cardinality(roles) > 0 AND roles <@ ARRAY['CASE_SYSTEM', 'AUDITOR', 'ADMINISTRATION']::varchar(32)[]
    AND (NOT 'ADMINISTRATION' = ANY (roles) OR cardinality(roles) = 1));

-- Revoked is for ever; suspended can be lifted.
ALTER TABLE registered_key ADD COLUMN revoked_at timestamptz;
ALTER TABLE registered_key ADD CONSTRAINT registered_key_revoked CHECK (revoked_at IS NULL OR NOT active);

-- 曾用名. Kept by trigger, so that file and API keep them alike. No foreign key: history stays whatever becomes of the unit.
CREATE TABLE unit_former_name (
    unit       varchar(64)  NOT NULL,
    name       varchar(200) NOT NULL CHECK (btrim(name) <> ''),
    valid_from timestamptz  NOT NULL,
    valid_to   timestamptz  NOT NULL CHECK (valid_to >= valid_from),
    PRIMARY KEY (unit, valid_to, name)
);

CREATE FUNCTION keep_former_name() RETURNS trigger LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    INSERT INTO unit_former_name (unit, name, valid_from, valid_to)
    SELECT OLD.id, OLD.name,
        least(coalesce((SELECT max(valid_to) FROM unit_former_name WHERE unit = OLD.id), OLD.valid_from), clock_timestamp()),
        clock_timestamp();
    RETURN NULL;
END
$$;
CREATE TRIGGER unit_renamed AFTER UPDATE ON unit
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION keep_former_name();

-- What administrators can do: who starts it, and who approves what widens. This table alone decides; AdminAct names the
-- acts, and a test compares.
CREATE TABLE admin_act (
    act         varchar(32)   PRIMARY KEY,
    widens      boolean       NOT NULL,
    started_by  varchar(32)[] NOT NULL,
    approved_by varchar(32)[] NOT NULL CHECK (widens = (cardinality(approved_by) > 0))
);
INSERT INTO admin_act (act, widens, started_by, approved_by)
SELECT act, true, '{SYSTEM_ADMIN,SECURITY_ADMIN}', '{SECURITY_ADMIN}'
FROM unnest(ARRAY['UNIT_REGISTER', 'UNIT_AMEND', 'UNIT_RESUME', 'SYSTEM_REGISTER', 'SYSTEM_AMEND', 'SYSTEM_RESUME',
    'OFFICER_REGISTER', 'OFFICER_AMEND', 'OFFICER_RESUME', 'ROLE_GRANT', 'KEY_REGISTER', 'KEY_RESUME']) AS act;
INSERT INTO admin_act (act, widens, started_by, approved_by)
SELECT act, false, '{SYSTEM_ADMIN,SECURITY_ADMIN}', '{}'
FROM unnest(ARRAY['UNIT_SUSPEND', 'SYSTEM_SUSPEND', 'OFFICER_SUSPEND', 'KEY_SUSPEND']) AS act;
INSERT INTO admin_act (act, widens, started_by, approved_by)
SELECT act, false, '{SECURITY_ADMIN}', '{}'
FROM unnest(ARRAY['KEY_REVOKE', 'ROLE_END']) AS act;

-- Every change by API, once proposed never altered, once decided never decided again. The id is the exchange's that
-- started it. No foreign key: history stays.
CREATE TABLE directory_change (
    id             uuid        PRIMARY KEY,
    act            varchar(32) NOT NULL REFERENCES admin_act,
    subject        varchar(80) NOT NULL,
    unit           varchar(64) NOT NULL,
    -- RFC 8785: what is approved, and what is applied.
    content        text        NOT NULL CHECK (octet_length(content) <= 65536),
    digest         varchar(64) NOT NULL,
    proposed_by    varchar(80) NOT NULL,
    proposed_key   varchar(64) NOT NULL,
    proposed_at    timestamptz NOT NULL,
    expires_at     timestamptz,
    decision       varchar(16) CHECK (decision IN ('APPROVED', 'REFUSED', 'WITHDRAWN', 'APPLIED')),
    decided_by     varchar(80),
    decided_key    varchar(64),
    decided_in     uuid,
    decided_at     timestamptz,
    CONSTRAINT directory_change_digest CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    CONSTRAINT directory_change_expiry CHECK (expires_at > proposed_at AND expires_at <= proposed_at + interval '30 days'),
    CONSTRAINT directory_change_decided CHECK (
        (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_key IS NULL)
        AND (decision IS NULL) = (decided_in IS NULL) AND (decision IS NULL) = (decided_at IS NULL)),
    CONSTRAINT directory_change_two_persons
        CHECK (decision <> 'APPROVED' OR (decided_by <> proposed_by AND decided_key <> proposed_key)),
    CONSTRAINT directory_change_at_once CHECK ((expires_at IS NULL) = (decision IS NOT DISTINCT FROM 'APPLIED'))
);
CREATE INDEX directory_change_open ON directory_change (id) WHERE decision IS NULL;

CREATE FUNCTION decide_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.decision IS NOT NULL
        OR ROW (NEW.id, NEW.act, NEW.subject, NEW.unit, NEW.content, NEW.digest, NEW.proposed_by, NEW.proposed_key,
            NEW.proposed_at, NEW.expires_at)
        IS DISTINCT FROM
        ROW (OLD.id, OLD.act, OLD.subject, OLD.unit, OLD.content, OLD.digest, OLD.proposed_by, OLD.proposed_key,
            OLD.proposed_at, OLD.expires_at)
    THEN
        RAISE EXCEPTION 'a change of the directory is never altered' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER decided_once BEFORE UPDATE ON directory_change FOR EACH ROW EXECUTE FUNCTION decide_once();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON directory_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A unit counts if it and every unit above it is active and within its dates, as in DirectorySnapshot.
CREATE FUNCTION unit_is_usable(wanted varchar) RETURNS boolean LANGUAGE sql STABLE SET search_path = xietong, pg_temp AS $$
    WITH RECURSIVE branch AS (
        SELECT * FROM unit WHERE id = wanted
        UNION
        SELECT upper.* FROM unit upper JOIN branch ON upper.id = branch.parent)
    SELECT count(*) > 0 AND bool_and(active AND valid_from <= clock_timestamp()
        AND (valid_to IS NULL OR valid_to > clock_timestamp())) FROM branch
$$;

-- A row's values, digested: a proposal holds for the state that it was made for, whatever a session's time zone.
CREATE FUNCTION standing_digest(subject anyelement) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT encode(sha256(convert_to(subject::text, 'UTF8')), 'hex')
$$;

-- Whether there is a security administrator, a second person beside him to start changes, and an audit administrator:
-- each with a key, in a unit with a console. Without the first two nothing could ever be widened again.
CREATE FUNCTION administrators_left() RETURNS boolean[] LANGUAGE sql STABLE SET search_path = xietong, pg_temp AS $$
    SELECT ARRAY[
        count(*) FILTER (WHERE role = 'SECURITY_ADMIN') > 0,
        count(*) FILTER (WHERE role IN ('SECURITY_ADMIN', 'SYSTEM_ADMIN')) > 1,
        count(*) FILTER (WHERE role = 'AUDIT_ADMIN') > 0]
    FROM officer o
    WHERE o.active AND o.role IS NOT NULL AND unit_is_usable(o.unit)
        AND EXISTS (SELECT FROM registered_key k WHERE k.officer = o.id AND k.active
            AND k.valid_from <= clock_timestamp() AND k.valid_to > clock_timestamp())
        AND EXISTS (SELECT FROM case_system s JOIN registered_key k ON k.case_system = s.id
            WHERE s.unit = o.unit AND s.active AND 'ADMINISTRATION' = ANY (s.roles) AND k.active
            AND k.valid_from <= clock_timestamp() AND k.valid_to > clock_timestamp())
$$;

-- Refusals carry a rule's code as message: XT403 no right, XT409 the state does not allow it.
CREATE FUNCTION require_administrator(by_officer varchar, by_key varchar, roles varchar[]) RETURNS void
    LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM officer o JOIN registered_key k ON k.officer = o.id
        WHERE o.id = by_officer AND o.active AND o.role = ANY (roles) AND unit_is_usable(o.unit)
            AND k.key_id = by_key AND k.active
            AND k.valid_from <= clock_timestamp() AND k.valid_to > clock_timestamp())
    THEN
        RAISE EXCEPTION 'ROLE' USING ERRCODE = 'XT403';
    END IF;
END
$$;

-- Does what a change's content says, to exactly one row. Internal: the application may not call it.
CREATE FUNCTION apply_directory_change(act varchar, subject varchar, new_values jsonb) RETURNS void
    LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
DECLARE
    before boolean[] := administrators_left();
    after_ boolean[];
    done   integer;
BEGIN
    INSERT INTO unit_former_name (unit, name, valid_from, valid_to)
    SELECT subject, former ->> 'name', (former ->> 'validFrom')::timestamptz, (former ->> 'validTo')::timestamptz
    FROM jsonb_array_elements(new_values -> 'formerNames') AS former
    ON CONFLICT DO NOTHING;
    CASE act
        WHEN 'UNIT_REGISTER' THEN
            INSERT INTO unit (id, agency, division, name, parent, responsible, telephone, active, valid_from, valid_to)
            VALUES (subject, new_values ->> 'agency', new_values ->> 'division', new_values ->> 'name',
                new_values ->> 'parent', new_values ->> 'responsible', new_values ->> 'telephone',
                (new_values ->> 'active')::boolean, (new_values ->> 'validFrom')::timestamptz,
                (new_values ->> 'validTo')::timestamptz);
        WHEN 'UNIT_AMEND' THEN
            UPDATE unit SET name = new_values ->> 'name', parent = new_values ->> 'parent',
                responsible = new_values ->> 'responsible', telephone = new_values ->> 'telephone',
                valid_from = (new_values ->> 'validFrom')::timestamptz, valid_to = (new_values ->> 'validTo')::timestamptz
            WHERE id = subject;
        WHEN 'UNIT_SUSPEND' THEN UPDATE unit SET active = false WHERE id = subject AND active;
        WHEN 'UNIT_RESUME' THEN UPDATE unit SET active = true WHERE id = subject AND NOT active;
        WHEN 'SYSTEM_REGISTER' THEN
            INSERT INTO case_system (id, unit, name, roles, active)
            VALUES (subject, new_values ->> 'unit', new_values ->> 'name',
                ARRAY(SELECT jsonb_array_elements_text(new_values -> 'roles')), true);
        WHEN 'SYSTEM_AMEND' THEN
            UPDATE case_system SET name = new_values ->> 'name',
                roles = ARRAY(SELECT jsonb_array_elements_text(new_values -> 'roles'))
            WHERE id = subject;
        WHEN 'SYSTEM_SUSPEND' THEN UPDATE case_system SET active = false WHERE id = subject AND active;
        WHEN 'SYSTEM_RESUME' THEN UPDATE case_system SET active = true WHERE id = subject AND NOT active;
        WHEN 'OFFICER_REGISTER' THEN
            INSERT INTO officer (id, unit, name, title, active)
            VALUES (subject, new_values ->> 'unit', new_values ->> 'name', new_values ->> 'title', true);
        WHEN 'OFFICER_AMEND' THEN
            UPDATE officer SET name = new_values ->> 'name', title = new_values ->> 'title' WHERE id = subject;
        WHEN 'OFFICER_SUSPEND' THEN UPDATE officer SET active = false WHERE id = subject AND active;
        WHEN 'OFFICER_RESUME' THEN UPDATE officer SET active = true WHERE id = subject AND NOT active;
        WHEN 'ROLE_GRANT' THEN
            UPDATE officer SET role = new_values ->> 'role' WHERE id = subject AND role IS NULL;
        WHEN 'ROLE_END' THEN UPDATE officer SET role = NULL WHERE id = subject AND role IS NOT NULL;
        WHEN 'KEY_REGISTER' THEN
            INSERT INTO registered_key
                (key_id, certificate, public_key, case_system, officer, valid_from, valid_to, active)
            SELECT encode(sha256(der), 'hex'), der, new_values ->> 'publicKey', new_values ->> 'system',
                new_values ->> 'officer', (new_values ->> 'validFrom')::timestamptz,
                (new_values ->> 'validTo')::timestamptz, true
            FROM decode(new_values ->> 'der', 'base64') AS der
            WHERE encode(sha256(der), 'hex') = subject;
            GET DIAGNOSTICS done = ROW_COUNT;
            IF done = 1 AND new_values ->> 'replaces' IS NOT NULL THEN
                UPDATE registered_key SET valid_to = least(valid_to, (new_values ->> 'overlapUntil')::timestamptz)
                WHERE key_id = new_values ->> 'replaces'
                    AND coalesce(case_system, officer) = coalesce(new_values ->> 'system', new_values ->> 'officer');
            END IF;
        WHEN 'KEY_SUSPEND' THEN UPDATE registered_key SET active = false WHERE key_id = subject AND active;
        WHEN 'KEY_RESUME' THEN
            UPDATE registered_key SET active = true WHERE key_id = subject AND NOT active AND revoked_at IS NULL;
        WHEN 'KEY_REVOKE' THEN
            UPDATE registered_key SET active = false, revoked_at = clock_timestamp()
            WHERE key_id = subject AND revoked_at IS NULL;
    END CASE;
    GET DIAGNOSTICS done = ROW_COUNT;
    IF done <> 1 THEN
        RAISE EXCEPTION 'NO_EFFECT' USING ERRCODE = 'XT409';
    END IF;
    after_ := administrators_left();
    IF before[1] > after_[1] OR before[2] > after_[2] OR before[3] > after_[3] THEN
        RAISE EXCEPTION 'LAST_ADMINISTRATOR' USING ERRCODE = 'XT409';
    END IF;
END
$$;

-- One change of the directory at a time; the file's import waits for the same row. Locks for an officer who may do this.
CREATE FUNCTION admin_lock(wanted varchar, by_officer varchar, by_key varchar) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
BEGIN
    PERFORM version FROM directory_state WHERE id = 1 FOR UPDATE;
    PERFORM require_administrator(by_officer, by_key, started_by || approved_by) FROM admin_act WHERE act = wanted;
END
$$;

-- Starts a change: one that widens waits for a second person, any other is done at once.
CREATE FUNCTION admin_start(change uuid, wanted varchar, for_subject varchar, of_unit varchar, with_content text,
    by_officer varchar, by_key varchar, expires timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
DECLARE
    rule admin_act;
    at   timestamptz := clock_timestamp();
BEGIN
    PERFORM version FROM directory_state WHERE id = 1 FOR UPDATE;
    SELECT * INTO STRICT rule FROM admin_act WHERE act = wanted;
    PERFORM require_administrator(by_officer, by_key, rule.started_by);
    IF with_content::jsonb ->> 'act' <> wanted OR with_content::jsonb ->> 'subject' <> for_subject THEN
        RAISE EXCEPTION 'CONTENT' USING ERRCODE = 'XT409';
    END IF;
    IF rule.widens THEN
        INSERT INTO directory_change (id, act, subject, unit, content, digest, proposed_by, proposed_key, proposed_at, expires_at)
        VALUES (change, wanted, for_subject, of_unit, with_content, encode(sha256(convert_to(with_content, 'UTF8')), 'hex'),
            by_officer, by_key, at, expires);
    ELSE
        PERFORM apply_directory_change(wanted, for_subject, with_content::jsonb -> 'row');
        INSERT INTO directory_change (id, act, subject, unit, content, digest, proposed_by, proposed_key, proposed_at,
            decision, decided_by, decided_key, decided_in, decided_at)
        VALUES (change, wanted, for_subject, of_unit, with_content, encode(sha256(convert_to(with_content, 'UTF8')), 'hex'),
            by_officer, by_key, at, 'APPLIED', by_officer, by_key, change, at);
    END IF;
END
$$;

-- Decides a proposal: approved by a second officer of the fitting role and applied as it stands, refused by one, or
-- withdrawn by who made it. The digest is the one that the deciding officer signed.
CREATE FUNCTION admin_decide(change uuid, signed_digest varchar, verdict varchar, by_officer varchar, by_key varchar,
    by_exchange uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
DECLARE
    proposal directory_change;
    rule     admin_act;
BEGIN
    PERFORM version FROM directory_state WHERE id = 1 FOR UPDATE;
    SELECT * INTO proposal FROM directory_change WHERE id = change FOR UPDATE;
    SELECT * INTO rule FROM admin_act WHERE act = proposal.act;
    IF verdict = 'WITHDRAWN' THEN
        PERFORM require_administrator(by_officer, by_key, rule.started_by);
        IF proposal.proposed_by IS DISTINCT FROM by_officer THEN
            RAISE EXCEPTION 'SECOND_PERSON' USING ERRCODE = 'XT403';
        END IF;
    ELSE
        PERFORM require_administrator(by_officer, by_key, rule.approved_by);
        IF proposal.proposed_by IS NOT DISTINCT FROM by_officer OR proposal.proposed_key IS NOT DISTINCT FROM by_key THEN
            RAISE EXCEPTION 'SECOND_PERSON' USING ERRCODE = 'XT403';
        END IF;
    END IF;
    IF proposal.decision IS NOT NULL THEN
        RAISE EXCEPTION 'DECIDED' USING ERRCODE = 'XT409';
    ELSIF proposal.digest IS DISTINCT FROM signed_digest THEN
        RAISE EXCEPTION 'DIGEST' USING ERRCODE = 'XT409';
    ELSIF verdict = 'APPROVED' AND proposal.expires_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'EXPIRED' USING ERRCODE = 'XT409';
    ELSIF verdict = 'APPROVED' THEN
        -- Who proposed must still be one who may: his stolen key may have been suspended since.
        BEGIN
            PERFORM require_administrator(proposal.proposed_by, proposal.proposed_key, rule.started_by);
        EXCEPTION WHEN SQLSTATE 'XT403' THEN
            RAISE EXCEPTION 'PROPOSER' USING ERRCODE = 'XT409';
        END;
        PERFORM apply_directory_change(proposal.act, proposal.subject, proposal.content::jsonb -> 'row');
    END IF;
    UPDATE directory_change SET decision = verdict, decided_by = by_officer, decided_key = by_key,
        decided_in = by_exchange, decided_at = clock_timestamp()
    WHERE id = change;
END
$$;

REVOKE ALL ON FUNCTION keep_former_name(), decide_once(), unit_is_usable(varchar), administrators_left(),
    standing_digest(anyelement), require_administrator(varchar, varchar, varchar[]), apply_directory_change(varchar, varchar, jsonb), admin_lock(varchar, varchar, varchar),
    admin_start(uuid, varchar, varchar, varchar, text, varchar, varchar, timestamptz),
    admin_decide(uuid, varchar, varchar, varchar, varchar, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION standing_digest(anyelement), admin_lock(varchar, varchar, varchar),
    admin_start(uuid, varchar, varchar, varchar, text, varchar, varchar, timestamptz),
    admin_decide(uuid, varchar, varchar, varchar, varchar, uuid) TO xietong_app;
GRANT SELECT ON unit_former_name, admin_act, directory_change TO xietong_app;
