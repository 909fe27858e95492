-- What V9 and V10 left of matters that are older than they are, so that everybody sees as much of them as of new ones.

-- Who was addressed was a unit of the matter for everybody's records; who was invited into his own business for the inviting unit's
-- alone; and who handed something over opened others' records to himself (ADR 0017).
UPDATE matter_member m SET brought_by = CASE
    WHEN EXISTS (SELECT 1 FROM matter o WHERE o.id = m.matter_id AND o.opened_by = m.unit)
        OR EXISTS (SELECT 1 FROM handover h WHERE h.matter_id = m.matter_id AND h.to_unit = m.unit)
        OR EXISTS (SELECT 1 FROM record r
            WHERE r.matter_id = m.matter_id AND r.owner_unit = m.unit AND r.filing_id IS NOT NULL)
    THEN NULL
    ELSE ARRAY(SELECT i.by_unit FROM matter_invitation i
        WHERE i.matter_id = m.matter_id AND i.unit = m.unit AND i.withdrawn_at IS NULL
        UNION SELECT r.owner_unit FROM record r WHERE r.matter_id = m.matter_id AND m.unit = ANY (r.addressees))
    END;

-- A notice given before it was a milestone could not be given again, and the filing would stay a secret for ever (刑事诉讼法 art. 75,
-- 85). Not where the case is over, the arrest was revoked, or the milestone was set and taken back.
INSERT INTO milestone (id, matter_id, filing_id, record_id, participant, milestone, set_by, set_at)
    SELECT DISTINCT ON (r.filing_id, who) gen_random_uuid(), r.matter_id, r.filing_id, r.id, who, 'COERCION_NOTIFIED',
        r.owner_unit, r.changed_at
    FROM record r, unnest(r.participants) AS who
    WHERE r.kind = 'investigation' AND r.filing_id IS NOT NULL
        AND r.content ->> 'measure' IN ('DETENTION', 'BAIL', 'RESIDENTIAL_SURVEILLANCE')
        AND (r.state = 'NOTIFIED' OR r.content ->> 'notifiedOn' IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM milestone s
            WHERE s.filing_id = r.filing_id AND s.participant = who AND s.milestone = 'COERCION_NOTIFIED')
        AND NOT EXISTS (SELECT 1 FROM milestone w
            WHERE w.filing_id = r.filing_id AND w.milestone = 'WITHDRAWN' AND w.revoked_at IS NULL
                AND (w.participant = who OR NOT EXISTS (SELECT 1 FROM milestone f
                    WHERE f.filing_id = r.filing_id AND f.milestone = 'FILED' AND f.revoked_at IS NULL)))
        AND NOT EXISTS (SELECT 1 FROM record a, jsonb_array_elements(a.content -> 'suspects') AS suspect
            WHERE a.kind = 'arrest' AND a.filing_id = r.filing_id
                AND suspect ->> 'participant' = who::text AND suspect ->> 'decision' = 'REVOKED')
    ORDER BY r.filing_id, who, r.changed_at;

-- Sight is made anew at the next start, whatever policy it was made with: what it is computed from has changed.
UPDATE sight_state SET policy_version = '';
