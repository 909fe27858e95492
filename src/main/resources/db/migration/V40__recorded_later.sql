-- The day that an act states, and when it was written down: who states a day that kept the time, long after it had run out, is seen.
ALTER TABLE deadline ADD COLUMN started_recorded_at timestamptz;
ALTER TABLE deadline ADD COLUMN ended_recorded_at timestamptz;
CREATE INDEX deadline_recorded_later ON deadline (sorted, id)
    WHERE duty AND state IN ('MET', 'ENDED') AND ended_recorded_at >= due_at
        AND CASE WHEN ended_at IS NULL THEN ended_day <= due_on ELSE ended_at < due_at END;

-- Whoever takes time for himself stays on a list.
CREATE INDEX deadline_order_moved ON deadline_order (at, id) WHERE ordered IN ('EXTEND', 'VARY', 'SUSPEND', 'RESTART', 'END');

-- What becomes of a supervision that led to a filing is told where that filing stands: there it is concluded or withdrawn.
INSERT INTO case_event (matter_id, record_id, version, filing_id, kind, attributes, act, state, day, at, owner_unit, addressees, participants,
        sets, revokes, recorded_at)
    SELECT f.matter_id, e.record_id, e.version, f.id, 'ordered-filing', '{}', e.act, e.state, e.day, e.at, e.owner_unit, e.addressees, '{}',
        '{}', '{}', e.recorded_at
    FROM case_event e JOIN record s ON s.id = e.record_id JOIN record f ON f.id::text = s.content ->> 'ledTo' AND f.kind = 'filing'
    WHERE e.kind = 'supervision' AND e.act IN ('comply', 'remind', 'close') AND 'type=FILING' = ANY (e.attributes)
    ORDER BY e.position;
