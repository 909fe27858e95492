-- Criminal filings have stages: who decides on a refusal once it is under review 复核 is the police above.
UPDATE record SET attributes = attributes || '{"stage": "FIRST"}'
    WHERE kind = 'filing' AND attributes ->> 'filingType' = 'CRIMINAL' AND attributes ->> 'stage' IS NULL;

-- The day that a supervision's paper names is what its clock runs by.
UPDATE case_event e SET attributes = e.attributes || ('dueOn=' || (r.content ->> 'dueOn'))
    FROM record r WHERE r.id = e.record_id AND e.kind = 'supervision' AND e.act = 'serve' AND r.content ->> 'dueOn' IS NOT NULL;
