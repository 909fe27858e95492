-- Administration (ADR 0012): three ways by which one person alone, or a certificate's renewal, could widen something.
-- The end of a role gives no case officer back: he is suspended with it, and two persons resume him. A private key stops
-- under all its certificates, and is not registered anew, nor to a second holder, while it is stopped.

-- Does what a change's content says, to exactly one subject. Internal: the application may not call it.
CREATE OR REPLACE FUNCTION apply_directory_change(act varchar, subject varchar, new_values jsonb) RETURNS void
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
        WHEN 'ROLE_END' THEN
            UPDATE officer SET role = NULL, active = false WHERE id = subject AND role IS NOT NULL;
        WHEN 'KEY_REGISTER' THEN
            INSERT INTO registered_key
                (key_id, certificate, public_key, case_system, officer, valid_from, valid_to, active)
            SELECT encode(sha256(der), 'hex'), der, new_values ->> 'publicKey', new_values ->> 'system',
                new_values ->> 'officer', (new_values ->> 'validFrom')::timestamptz,
                (new_values ->> 'validTo')::timestamptz, true
            FROM decode(new_values ->> 'der', 'base64') AS der
            WHERE encode(sha256(der), 'hex') = subject AND NOT EXISTS (
                SELECT FROM registered_key k WHERE k.public_key = new_values ->> 'publicKey' AND (NOT k.active
                    OR coalesce(k.case_system, k.officer) <> coalesce(new_values ->> 'system', new_values ->> 'officer')));
            GET DIAGNOSTICS done = ROW_COUNT;
            IF done = 1 AND new_values ->> 'replaces' IS NOT NULL THEN
                UPDATE registered_key SET valid_to = least(valid_to, (new_values ->> 'overlapUntil')::timestamptz)
                WHERE key_id = new_values ->> 'replaces'
                    AND coalesce(case_system, officer) = coalesce(new_values ->> 'system', new_values ->> 'officer');
            END IF;
        WHEN 'KEY_SUSPEND' THEN
            UPDATE registered_key SET active = false WHERE key_id = subject AND active;
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
    -- Whoever has a private key signs under whichever of its certificates still stands.
    IF act IN ('KEY_SUSPEND', 'KEY_REVOKE') THEN
        UPDATE registered_key k SET active = false, revoked_at = coalesce(k.revoked_at, named.revoked_at)
        FROM registered_key named
        WHERE named.key_id = subject AND k.public_key = named.public_key AND k.key_id <> subject;
    END IF;
    after_ := administrators_left();
    IF before[1] > after_[1] OR before[2] > after_[2] OR before[3] > after_[3] THEN
        RAISE EXCEPTION 'LAST_ADMINISTRATOR' USING ERRCODE = 'XT409';
    END IF;
END
$$;

-- Which agencies take part is told by the units that may act now.
GRANT EXECUTE ON FUNCTION unit_is_usable(varchar) TO xietong_app;

-- What was revoked before this rule is revoked under its other certificates too.
UPDATE registered_key k SET active = false, revoked_at = named.revoked_at
FROM registered_key named
WHERE named.revoked_at IS NOT NULL AND k.public_key = named.public_key AND k.revoked_at IS NULL;
