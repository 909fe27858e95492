-- Arrests have stages: who decides on a refusal once it is under review 复核 is another procuratorate than before.

UPDATE record SET attributes = attributes
    || jsonb_build_object('stage', CASE state WHEN 'REVIEWING' THEN 'REVIEW' ELSE 'FIRST' END)
    WHERE kind = 'arrest';
