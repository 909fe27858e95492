-- The day that an act states, and when it was written down: who states a day that kept the time, long after it had run out, is seen.
ALTER TABLE deadline ADD COLUMN started_recorded_at timestamptz;
ALTER TABLE deadline ADD COLUMN ended_recorded_at timestamptz;
CREATE INDEX deadline_recorded_later ON deadline (sorted, id)
    WHERE duty AND state IN ('MET', 'ENDED') AND ended_recorded_at >= due_at
        AND CASE WHEN ended_at IS NULL THEN ended_day <= due_on ELSE ended_at < due_at END;

-- Whoever takes time for himself stays on a list. Unknown where the deadline of an old order is worked out no more.
ALTER TABLE deadline_order ADD COLUMN record_id uuid;
UPDATE deadline_order o SET record_id = d.record_id FROM deadline d WHERE d.id = o.deadline_id;
CREATE INDEX deadline_order_moved ON deadline_order (at, id) WHERE ordered IN ('EXTEND', 'VARY', 'SUSPEND', 'RESTART', 'END');
