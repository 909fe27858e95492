-- Supervision by its type: states that are called otherwise now, and what the procuratorate tells who asked for it.

UPDATE record SET state = CASE state WHEN 'SERVED' THEN 'REASON_REQUESTED' ELSE 'FILING_ORDERED' END
    WHERE kind = 'supervision' AND attributes ->> 'type' = 'FILING' AND state IN ('SERVED', 'ORDERED');
UPDATE record SET state = CASE state WHEN 'OPENED' THEN 'SELF_INITIATED' ELSE 'ASSIGNED' END
    WHERE kind = 'supervision' AND attributes ->> 'type' = 'EARLY_PARTICIPATION' AND state IN ('OPENED', 'PARTICIPATING');
-- A state that a viewer may not know of stays hidden from his filters.
UPDATE record_sight s SET state = r.state FROM record r
    WHERE r.id = s.id AND r.kind = 'supervision' AND s.state IN ('SERVED', 'ORDERED', 'OPENED', 'PARTICIPATING');

CREATE OR REPLACE FUNCTION free_text_fields() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['facts', 'title', 'text', 'note', 'reply', 'publicText', 'publicUrl', 'legalBasis', 'target', 'goods', 'items',
        'penaltyBasis', 'storedAt', 'payer', 'reasons', 'asked', 'whereabouts', 'notice']
$$;
