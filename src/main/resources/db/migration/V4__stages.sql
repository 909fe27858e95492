-- Stages of a criminal case hang on its filing; sight is decided from the record's row alone, without its content.

ALTER TABLE record
    ADD COLUMN filing_id    uuid REFERENCES record,
    ADD COLUMN attributes   jsonb  NOT NULL DEFAULT '{}',
    ADD COLUMN participants uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX record_filing ON record (filing_id) WHERE filing_id IS NOT NULL;

UPDATE record SET
    attributes = CASE kind WHEN 'filing' THEN jsonb_build_object('filingType', content ->> 'filingType') ELSE '{}' END,
    participants = ARRAY(SELECT (stated ->> 'id')::uuid
        FROM jsonb_array_elements(coalesce(content -> 'participants', '[]')) AS stated WHERE stated ->> 'id' IS NOT NULL);

-- record_id set it; what it opens hangs on the filing, which for a clue or penalty is the record itself.
ALTER TABLE milestone ADD COLUMN filing_id uuid;
UPDATE milestone SET filing_id = record_id;
ALTER TABLE milestone ALTER COLUMN filing_id SET NOT NULL;
DROP INDEX milestone_once;
CREATE UNIQUE INDEX milestone_once ON milestone (filing_id, participant, milestone) WHERE revoked_at IS NULL;

GRANT UPDATE (attributes, participants) ON record TO xietong_app;
