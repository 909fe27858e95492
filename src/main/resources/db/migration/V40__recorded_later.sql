-- The day that an act states, and when it was written down: who states a day that kept the time, long after it had run out, is seen.
ALTER TABLE deadline ADD COLUMN started_recorded_at timestamptz;
ALTER TABLE deadline ADD COLUMN ended_recorded_at timestamptz;
CREATE INDEX deadline_recorded_later ON deadline (sorted, id)
    WHERE duty AND state IN ('MET', 'ENDED') AND ended_recorded_at >= due_at
        AND CASE WHEN ended_at IS NULL THEN ended_day <= due_on ELSE ended_at < due_at END;

-- Whoever takes time for himself stays on a list.
CREATE INDEX deadline_order_moved ON deadline_order (at, id) WHERE ordered IN ('EXTEND', 'VARY', 'SUSPEND', 'RESTART', 'END');

-- What becomes of a supervision that led to a filing is told where that filing stands: there it is concluded or withdrawn. From when it last
-- named one, with the orders upon the reminder. Of a supervision that named none, nobody knows which filing to remind of.
INSERT INTO case_event (matter_id, record_id, version, filing_id, kind, attributes, act, state, day, at, owner_unit, addressees, participants,
        sets, revokes, recorded_at)
    SELECT f.matter_id, e.record_id, e.version, f.id, CASE e.kind WHEN 'supervision' THEN 'ordered-filing' ELSE e.kind END,
        CASE e.kind WHEN 'supervision' THEN '{}' ELSE e.attributes END, e.act, e.state, e.day, e.at, e.owner_unit, e.addressees, '{}', '{}',
        '{}', e.recorded_at
    FROM record s JOIN record f ON f.id::text = s.content ->> 'ledTo' AND f.kind = 'filing'
        CROSS JOIN LATERAL (
            SELECT max(c.position) AS position FROM case_event c
            WHERE c.matter_id = s.matter_id AND c.record_id = s.id AND c.kind = 'supervision' AND c.act = 'comply') last
        JOIN case_event e ON e.matter_id = s.matter_id AND e.record_id = s.id AND e.position >= last.position
    WHERE s.kind = 'supervision' AND s.content ->> 'type' = 'FILING'
        AND (e.kind = 'supervision' AND e.act IN ('comply', 'remind', 'close')
            OR e.kind = 'deadline' AND f.matter_id <> s.matter_id AND EXISTS (
                SELECT FROM deadline d WHERE d.rule = 'T10_REMIND' AND 'deadline=' || d.id = ANY (e.attributes)))
    ORDER BY e.position;
