-- Prompts to consider a transfer, and the lists of what may have been lost on the way. Ids, codes, units and days, no content.

-- Each prompt of a record has a number; at most one of them is open. What it ended by stays.
CREATE TABLE transfer_prompt (
    id              uuid        PRIMARY KEY,
    matter_id       uuid        NOT NULL REFERENCES matter,
    record_id       uuid        NOT NULL REFERENCES record,
    number          integer     NOT NULL CHECK (number > 0),
    kind            text        NOT NULL,
    owner_unit      text        NOT NULL,
    -- of the record, by which it was raised
    version         integer     NOT NULL,
    raised_at       timestamptz NOT NULL,
    -- whose law was asked
    measured_on     date        NOT NULL,
    reached         text[]      NOT NULL,
    unknown         text[]      NOT NULL,
    suspicion       boolean     NOT NULL,
    state           text        NOT NULL CHECK (state IN ('OPEN', 'TRANSFERRED', 'DECLINED', 'CONSIDERED', 'LAPSED')),
    deadline_id     uuid        NOT NULL,
    ended_at        timestamptz,
    transfer_id     uuid,
    -- of the record, whose act says why it was not transferred
    decided_version integer,
    decided_by      text,
    UNIQUE (record_id, number),
    CHECK ((state = 'OPEN') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX transfer_prompt_one ON transfer_prompt (record_id) WHERE state = 'OPEN';
CREATE INDEX transfer_prompt_matter ON transfer_prompt (matter_id, owner_unit);
CREATE INDEX transfer_prompt_open ON transfer_prompt (owner_unit, raised_at, id) WHERE state = 'OPEN';
CREATE INDEX transfer_prompt_decided ON transfer_prompt (ended_at, id) WHERE state IN ('DECLINED', 'CONSIDERED');
CREATE INDEX transfer_prompt_deadline ON transfer_prompt (deadline_id);
GRANT SELECT, INSERT, UPDATE ON transfer_prompt TO xietong_app;

-- One list is a stretch of one of these for each of its rules.
CREATE INDEX deadline_running ON deadline (rule, sorted, id) WHERE duty AND state = 'RUNNING';
CREATE INDEX deadline_missed ON deadline (rule, sorted, id) WHERE duty AND state = 'MISSED';

-- Transfers of whom, or of which, the police decided not to file, as it stands.
CREATE INDEX transfer_refused ON record (recorded_at, id)
    WHERE kind = 'transfer' AND jsonb_path_exists(content, '$ ? (@.outcome == "NOT_FILED" || @.outcome == "UPHELD"
        || exists(@.suspects[*] ? (@.outcome == "NOT_FILED" || @.outcome == "UPHELD")))');

-- What amounts a record stated goes with it: also where an erasure is carried out again in a database that was restored.
CREATE FUNCTION forget_prompts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xietong, pg_temp AS $$
BEGIN
    UPDATE transfer_prompt SET reached = '{}', unknown = '{}', suspicion = false,
            state = CASE state WHEN 'OPEN' THEN 'LAPSED' ELSE state END, ended_at = coalesce(ended_at, NEW.erased_at)
        WHERE record_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_prompts() FROM PUBLIC;
CREATE TRIGGER forgets_prompts AFTER UPDATE OF erased_at ON record FOR EACH ROW
    WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION forget_prompts();
